"""The private PostgreSQL cluster of this copy of the suite: made once, never a cluster of the machine's."""
import hashlib
import os
import pathlib
import pwd
import shutil
import subprocess
import time

from .output import Failure
from .secrets_files import ensure_secret
from .settings import ROOT

BINARIES = pathlib.Path("/usr/lib/postgresql/15/bin")
ACCOUNT = "postgres"
WAIT_SECONDS = 60


def account():
    """PostgreSQL refuses to run as root; root lends it the account of Debian's package."""
    return ACCOUNT if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def as_account(command):
    return ["runuser", "-u", ACCOUNT, "--", *map(str, command)] if os.geteuid() == 0 else [*map(str, command)]


def cluster(settings):
    return (settings.data / "postgres").resolve()


def ensure_cluster(settings):
    """Creates the cluster when there is none; returns whether it did."""
    if not (BINARIES / "initdb").exists():
        raise Failure("PostgreSQL 15 is not installed; run: apt-get install postgresql-15")
    folder = _ensure_folder(settings)
    if (folder / "PG_VERSION").exists():
        return False
    password = ensure_secret(settings.data / "secrets" / "postgres.password")
    # The password travels by a pipe: the account cannot read the file, and arguments are public.
    initdb = [BINARIES / "initdb", "-D", folder, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8",
              "--auth=scram-sha-256"]
    done = subprocess.run(as_account(["bash", "-c", '"$0" "$@" --pwfile=<(cat)', *initdb]),
                          input=password + "\n", capture_output=True, text=True, check=False, cwd="/")
    if done.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        raise Failure(f"initdb could not make a cluster in {folder}:\n{done.stderr.strip()}")
    return True


def command(settings):
    """How the supervisor starts the server. TCP with passwords only: no socket, so no path for others to find. Its
    statements are short, so compiling them costs more than it saves; checkpoints come by time, not by size."""
    return [BINARIES / "postgres", "-D", cluster(settings), "-p", settings.postgres_port,
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "max_connections=200", "-c", "shared_buffers=128MB", "-c", "log_line_prefix=%m %u ",
            "-c", "jit=off", "-c", "max_wal_size=2GB"]


def wait_until_ready(settings):
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_ready(settings):
        if time.monotonic() > deadline:
            raise Failure(f"PostgreSQL did not answer on port {settings.postgres_port} within {WAIT_SECONDS} s; "
                          f"see {settings.logs}/postgres.log")
        time.sleep(0.1)


def is_ready(settings):
    probe = [BINARIES / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(settings.postgres_port)]
    return subprocess.run(probe, check=False).returncode == 0


def bootstrap(settings, names):
    """One role and schema for each service; safe to run again."""
    secrets = settings.data / "secrets"
    environment = os.environ | {"PGHOST": "127.0.0.1", "PGPORT": str(settings.postgres_port), "PGUSER": "postgres",
                                "PGPASSWORD": ensure_secret(secrets / "postgres.password")}
    lines = "".join(f"{name} {ensure_secret(secrets / f'{name}.password')}\n" for name in names)
    done = subprocess.run([ROOT / "deploy/postgres/bootstrap.sh"], env=environment, input=lines,
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"deploy/postgres/bootstrap.sh failed:\n{done.stderr.strip()}")


def stop_orphan(settings):
    """Stops a server whose supervisor died; returns whether there was one."""
    if not (cluster(settings) / "postmaster.pid").exists():
        return False
    subprocess.run(as_account([BINARIES / "pg_ctl", "-D", cluster(settings), "-m", "fast", "-w", "stop"]),
                   capture_output=True, check=False, cwd="/")
    return True


def _ensure_folder(settings):
    """The cluster's folder, owned by the account. A checkout under /root is closed to that account, so there the
    folder is a link to /var/lib/trunkline."""
    link = settings.data / "postgres"
    if os.geteuid() != 0:
        link.mkdir(parents=True, exist_ok=True, mode=0o700)
        return link.resolve()
    if not (link / "PG_VERSION").exists():
        reachable = subprocess.run(as_account(["test", "-x", settings.data]), check=False, cwd="/").returncode == 0
        if reachable:
            link.mkdir(mode=0o700, exist_ok=True)
        else:
            digest = hashlib.sha256(str(settings.data).encode()).hexdigest()[:12]
            elsewhere = pathlib.Path("/var/lib/trunkline") / digest / "postgres"
            elsewhere.mkdir(parents=True, exist_ok=True, mode=0o755)
            link.unlink(missing_ok=True)
            link.symlink_to(elsewhere)
        shutil.chown(link, ACCOUNT, ACCOUNT)
        os.chmod(link, 0o700)
    return link.resolve()
