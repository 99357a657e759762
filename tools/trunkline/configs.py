"""Renders the templates of deploy/ into the data folder: service configurations, Prometheus, the supervisor."""
import json
import os
import shutil
import string

from . import certificates
from .output import Failure
from .secrets_files import ensure_secret, write_private
from .services import BUS, GRPC, HTTP, HTTPS, METRICS, RTP_HIGH, RTP_LOW, SERVICES
from .settings import ROOT

TEMPLATES = ROOT / "deploy" / "config"
CLIENT = "tlctl"
TRAINING = "training"
LOOPBACK = "127.0.0.1"
# What a service keeps its data sealed with.
KEYS = {"recording": "store.key", "customer": "numbers.key"}


def render(template, values):
    """The template's text with every ${name} replaced; an unknown name is an error, not a hole."""
    try:
        return string.Template(template.read_text()).substitute(values)
    except KeyError as error:
        raise Failure(f"{template.relative_to(ROOT)} asks for ${{{error.args[0]}}}, which nothing provides") from None


def addresses(settings):
    """What the templates may ask for: where everything listens, all on one machine's loopback."""
    values = {"listen": LOOPBACK}
    for name in SERVICES:
        for kind, word in ((GRPC, "grpc"), (METRICS, "metrics"), (BUS, "bus")):
            values[f"{name}_{word}_port"] = settings.port(name, kind)
        values[f"{name}_grpc"] = f"{LOOPBACK}:{settings.port(name, GRPC)}"
        values[f"{name}_bus"] = f"tcp://{LOOPBACK}:{settings.port(name, BUS)}"
    peers = {name: {"grpc": values[f"{name}_grpc"], "bus": values[f"{name}_bus"]}
             for name in settings.services if name != "web"}
    if settings.training:
        peers[TRAINING] = {"grpc": f"{LOOPBACK}:{settings.training_port}"}
    return values | {
        "peers": json.dumps(peers),
        "http_port": settings.port_base + HTTP,
        "https_port": settings.port_base + HTTPS,
        "https_listen": os.environ.get("TRUNKLINE_HTTPS_ADDRESS", LOOPBACK),
        "ui": ROOT / "services" / "web" / "ui" / "dist",
        "sip_port": settings.sip_port,
        "sip_tls_port": settings.sip_port + 1,
        "rtp_port_low": settings.port_base + RTP_LOW,
        "rtp_port_high": settings.port_base + RTP_HIGH,
        "rtp_address": os.environ.get("TRUNKLINE_RTP_ADDRESS", LOOPBACK),
        "database": f"{LOOPBACK}:{settings.postgres_port}/trunkline",
    }


def write_all(settings):
    """Everything that `up` needs as files, for one machine on loopback."""
    for folder in (settings.data, settings.logs, settings.run, settings.data / "secrets"):
        folder.mkdir(parents=True, exist_ok=True)
    (settings.data / "secrets").chmod(0o700)
    names = [*settings.services, CLIENT]
    folders = {name: settings.service_folder(name) for name in names}
    if settings.training:
        folders[TRAINING] = settings.service_folder(TRAINING)
        (settings.data / "state" / TRAINING).mkdir(parents=True, exist_ok=True)
    certificates.ensure_all(settings.data, folders)
    values = addresses(settings)
    for name in names:
        state = settings.data / "state" / name
        state.mkdir(parents=True, exist_ok=True)
        write_service(settings, name, values | {"folder": folders[name], "state": state})
    write_prometheus(settings, settings.data / "prometheus")
    settings.save()


def write_service(settings, name, values):
    """The configuration and the secrets of one process."""
    folder = settings.service_folder(name)
    folder.chmod(0o700)
    if name != CLIENT:
        password = ensure_secret(settings.data / "secrets" / f"{name}.password")
        write_private(folder / "database.password", password + "\n")
    if name in KEYS:
        ensure_secret(folder / KEYS[name])
    (folder / "config.yaml").write_text(render(TEMPLATES / f"{name}.yaml", values))


def write_prometheus(settings, folder):
    """Prometheus' own files, with the list of what it scrapes."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for name in ("prometheus.yml", "rules.yml"):
        shutil.copyfile(ROOT / "deploy" / "prometheus" / name, folder / name)
    targets = [{"targets": [f"{LOOPBACK}:{settings.port(name, METRICS)}"], "labels": {"job": name}}
               for name in settings.services]
    listen = f"{LOOPBACK}:{settings.prometheus_port}"
    targets.append({"targets": [listen], "labels": {"job": "prometheus"}})
    (folder / "listen").write_text(listen + "\n")
    staged = folder / "targets.json.new"
    staged.write_text(json.dumps(targets, indent=2) + "\n")
    os.replace(staged, folder / "targets.json")
