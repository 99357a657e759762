"""Where a copy of the suite lives: flags, then the environment, then what the last `up` used, then defaults."""
import dataclasses
import json
import os
import pathlib

from .output import Failure
from .services import BUS, GRPC, HTTP, HTTPS, METRICS, POSTGRES, PROMETHEUS, RTP_HIGH, RTP_LOW, SERVICES, TRAINING, port

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEFAULT_PORT_BASE = 17000
DEFAULT_SIP_PORT = 5060


@dataclasses.dataclass(frozen=True)
class Settings:
    data: pathlib.Path
    build: pathlib.Path
    port_base: int
    sip_port: int
    services: tuple
    # Simulated customers on request; for demonstrations and training.
    training: bool = False

    @property
    def binaries(self):
        return self.build / "bin"

    @property
    def logs(self):
        return self.data / "logs"

    @property
    def run(self):
        return self.data / "run"

    @property
    def summary(self):
        """The file that tells other programs, the demo for one, where everything listens."""
        return self.data / "suite.json"

    def service_folder(self, name):
        return self.data / "services" / name

    def port(self, name, kind):
        return port(name, kind, self.port_base)

    @property
    def postgres_port(self):
        return self.port_base + POSTGRES

    @property
    def prometheus_port(self):
        return self.port_base + PROMETHEUS

    @property
    def training_port(self):
        return self.port_base + TRAINING

    def tcp_ports(self):
        """Every TCP port that `up` needs, with the name of what listens there."""
        ports = {self.postgres_port: "postgres", self.prometheus_port: "prometheus"}
        for name in self.services:
            for kind, word in ((GRPC, "gRPC"), (METRICS, "metrics"), (BUS, "bus")):
                ports[self.port(name, kind)] = f"{name} {word}"
        if "trunk" in self.services:
            ports |= {self.sip_port: "trunk SIP over TCP", self.sip_port + 1: "trunk SIP over TLS"}
        if self.training:
            ports[self.training_port] = "training"
        if "web" in self.services:
            ports |= {self.port_base + HTTP: "web HTTP", self.port_base + HTTPS: "web HTTPS"}
        return ports

    @property
    def page(self):
        """The address of the page on this machine."""
        return f"http://127.0.0.1:{self.port_base + HTTP}"

    def describe(self):
        """The content of suite.json."""
        client = self.service_folder("tlctl")
        return {
            "data": str(self.data),
            "binaries": str(self.binaries),
            "port_base": self.port_base,
            "sip_port": self.sip_port,
            "training": self.training,
            "sip": {"address": "127.0.0.1", "udp": self.sip_port, "tcp": self.sip_port, "tls": self.sip_port + 1},
            "rtp": {"low": self.port_base + RTP_LOW, "high": self.port_base + RTP_HIGH},
            "postgres": {"host": "127.0.0.1", "port": self.postgres_port, "database": "trunkline",
                         "password_file": str(self.data / "secrets" / "postgres.password")},
            "web": {"http": self.page, "https": f"https://127.0.0.1:{self.port_base + HTTPS}",
                    "first_password_file": str(self.data / "state" / "identity" / "administrator.password")},
            "prometheus": f"http://127.0.0.1:{self.prometheus_port}",
            "tlctl": {"binary": str(self.binaries / "tlctl"), "config": str(client / "config.yaml")},
            "services": {
                name: {
                    "grpc": f"127.0.0.1:{self.port(name, GRPC)}",
                    "metrics": f"http://127.0.0.1:{self.port(name, METRICS)}/metrics",
                    "bus": f"tcp://127.0.0.1:{self.port(name, BUS)}",
                    "log": str(self.logs / f"{name}.log"),
                }
                for name in self.services
            },
        }

    def save(self):
        self.summary.write_text(json.dumps(self.describe(), indent=2) + "\n")

    def forget_selection(self):
        """What ran was chosen for that run only; the next `up` starts everything again unless told otherwise."""
        if self.summary.exists():
            dataclasses.replace(self, services=SERVICES, training=False).save()


def add_flags(parser):
    parser.add_argument("--data", metavar="DIR", help="data folder (TRUNKLINE_DATA; default var/)")
    parser.add_argument("--port-base", metavar="N", type=int,
                        help=f"first of 3000 ports (TRUNKLINE_PORT_BASE; default {DEFAULT_PORT_BASE})")
    parser.add_argument("--sip-port", metavar="N", type=int,
                        help=f"SIP over UDP and TCP, TLS on the next (TRUNKLINE_SIP_PORT; default {DEFAULT_SIP_PORT})")
    parser.add_argument("--build", metavar="DIR", help="build folder (TRUNKLINE_BUILD; default build/)")
    parser.add_argument("--services", metavar="A,B", help="only these services (for work on the suite itself)")


def load(arguments):
    """The settings of this command; raises Failure when a value cannot be used."""
    data = pathlib.Path(arguments.data or os.environ.get("TRUNKLINE_DATA") or ROOT / "var").absolute()
    build = pathlib.Path(arguments.build or os.environ.get("TRUNKLINE_BUILD") or ROOT / "build").absolute()
    last = _last_used(data)

    def number(flag, variable, key, default):
        text = flag if flag is not None else os.environ.get(variable, last.get(key, default))
        try:
            return int(text)
        except ValueError:
            raise Failure(f"{variable} is \"{text}\"; it must be a number") from None

    port_base = number(arguments.port_base, "TRUNKLINE_PORT_BASE", "port_base", DEFAULT_PORT_BASE)
    sip_port = number(arguments.sip_port, "TRUNKLINE_SIP_PORT", "sip_port", DEFAULT_SIP_PORT)
    if not 1024 <= port_base <= 65535 - RTP_HIGH:
        raise Failure(f"the port base {port_base} does not fit; choose --port-base from 1024 to {65535 - RTP_HIGH}")
    if not 1 <= sip_port <= 65534:
        raise Failure(f"the SIP port {sip_port} does not fit; choose --sip-port from 1 to 65534")
    offsets = {sip_port - port_base, sip_port + 1 - port_base}
    if offsets & {*range(1, HTTPS + 1), *range(RTP_LOW, RTP_HIGH + 1)}:
        raise Failure(f"the SIP port {sip_port} is one of those that the port base {port_base} gives to others; choose "
                      "another with --sip-port")
    names = arguments.services.split(",") if arguments.services else last.get("services", SERVICES)
    unknown = [name for name in names if name not in SERVICES]
    if unknown:
        raise Failure(f"there is no service {unknown[0]}; the services are {', '.join(SERVICES)}")
    if len(str(data)) > 80:
        raise Failure(f"the path of the data folder is too long for a Unix socket; choose a shorter one with --data "
                      f"(80 characters at most): {data}")
    training = os.environ.get("TRUNKLINE_TRAINING", "1" if last.get("training") else "") == "1"
    return Settings(data, build, port_base, sip_port, tuple(name for name in SERVICES if name in names), training)


def _last_used(data):
    try:
        return json.loads((data / "suite.json").read_text())
    except (OSError, ValueError):
        return {}
