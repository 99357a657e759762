"""What runs inside the database image of docker-compose.yml: the files of every container, PostgreSQL, roles and schemas."""
import os
import pwd
import shutil

from . import certificates, configs, postgres
from .output import Failure, say
from .secrets_files import ensure_secret

ERRANDS = ("files", "postgres", "postgres-health", "roles")
# Where the process inside a service's container finds its files and keeps its state, and who it is there.
FOLDER = "/etc/trunkline"
STATE = "/var/lib/trunkline"
PAGES = "/usr/local/share/trunkline/ui"
SERVICE_USER = 10001


def run(settings, errand):
    """Runs one errand; every one is safe to run again."""
    {"files": _files, "postgres": _postgres, "postgres-health": _postgres_health, "roles": _roles}[errand](settings)


def _files(settings):
    """Secrets, certificates and configurations, each service's into a volume of its own."""
    secrets = settings.data / "secrets"
    secrets.mkdir(parents=True, exist_ok=True)
    ensure_secret(secrets / "postgres.password")
    names = [*settings.services, configs.CLIENT]
    certificates.ensure_all(settings.data, {name: settings.service_folder(name) for name in names})
    values = configs.addresses(settings) | {"folder": FOLDER, "state": STATE, "ui": PAGES}
    for name in names:
        configs.write_service(settings, name, values)
    for name in settings.services:
        for path in (settings.service_folder(name), *settings.service_folder(name).iterdir()):
            shutil.chown(path, SERVICE_USER, SERVICE_USER)
    configs.write_prometheus(settings, settings.data / "prometheus")
    say("configurations and certificates are ready")


def _postgres(settings):
    """Becomes PostgreSQL, so that the engine's signals reach it."""
    postgres.ensure_cluster(settings)
    account = pwd.getpwnam(postgres.ACCOUNT)
    os.initgroups(account.pw_name, account.pw_gid)
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    command = [str(word) for word in postgres.command(settings)]
    os.execv(command[0], command)


def _postgres_health(settings):
    if not postgres.is_ready(settings):
        raise Failure(f"PostgreSQL does not answer on port {settings.postgres_port}")


def _roles(settings):
    postgres.wait_until_ready(settings)
    postgres.bootstrap(settings, settings.services)
    say("roles and schemas are ready")
