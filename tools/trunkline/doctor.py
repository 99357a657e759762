"""Looks at the machine and this copy of the suite, and says how to mend what is wrong."""
import os
import shutil
import subprocess

from . import certificates, health, lifecycle, postgres, supervisor
from .output import Failure, say
from .settings import ROOT

NEEDED_DISK_GB = 6
NEEDED_MEMORY_GB = 4


def examine(settings):
    """Prints a line for each check; returns whether nothing is wrong."""
    good = True
    for title, check in (("system", _system), ("packages", _packages), ("memory", _memory), ("disk", _disk),
                         ("build", _build), ("ports", _ports), ("database", _database), ("certificates", _certificates),
                         ("processes", _processes)):
        try:
            found = check(settings)
            say(f"  ok     {title:<13} {found}")
        except Failure as failure:
            good = False
            say(f"  WRONG  {title:<13} {failure}")
    say("nothing is wrong" if good else "mend what is marked WRONG, then run ./trunkline doctor again")
    return good


def packages():
    """(group, package, reason) of tools/packages.txt."""
    lines = (ROOT / "tools" / "packages.txt").read_text().splitlines()
    rows = [line.split(maxsplit=2) for line in lines if line and not line.startswith("#")]
    # "nodejs|node": not wanted where the command is there already.
    return [(group, package.split("|")[0], reason) for group, package, reason in rows
            if "|" not in package or not shutil.which(package.split("|")[1])]


def _system(_settings):
    release = dict(line.split("=", 1) for line in open("/etc/os-release") if "=" in line)
    name, version = release.get("ID", "").strip(), release.get("VERSION_ID", "").strip().strip('"')
    if (name, version) != ("debian", "12"):
        raise Failure(f"this is {name} {version}; the suite is built and tested on Debian 12")
    return f"Debian 12, {os.cpu_count()} processors"


def _packages(_settings):
    wanted = [package for _, package, _ in packages()]
    listed = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n", *wanted],
                            capture_output=True, text=True, check=False).stdout
    installed = {line.split()[0] for line in listed.splitlines() if line.split()[1:2] == ["ii"]}
    missing = [package for package in wanted if package not in installed]
    if missing:
        raise Failure(f"missing; run: apt-get install --no-install-recommends {' '.join(missing)}")
    return f"all {len(wanted)} of tools/packages.txt are installed"


def _memory(_settings):
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    if total < NEEDED_MEMORY_GB * 0.9:
        raise Failure(f"{total:.1f} GB; a build needs {NEEDED_MEMORY_GB} GB: add memory or swap")
    return f"{total:.1f} GB"


def _disk(settings):
    folder = next(path for path in (settings.data, *settings.data.parents) if path.exists())
    free = shutil.disk_usage(folder).free / 2**30
    if free < NEEDED_DISK_GB:
        raise Failure(f"{free:.1f} GB free at {folder}; {NEEDED_DISK_GB} GB are needed: free some, or move with --data DIR")
    return f"{free:.0f} GB free at {folder}"


def _build(settings):
    missing = [name for name in settings.services if not (settings.binaries / name).exists()]
    if missing:
        raise Failure(f"{', '.join(missing)} not built in {settings.binaries}; run ./trunkline build")
    return f"all services are in {settings.binaries}"


def _ports(settings):
    if supervisor.is_running(settings):
        return "in use by this copy, which is running"
    lifecycle.check_ports(settings)
    return f"{len(settings.tcp_ports())} ports are free (base {settings.port_base}, SIP {settings.sip_port})"


def _database(settings):
    if not (postgres.BINARIES / "initdb").exists():
        raise Failure("PostgreSQL 15 is not installed; run: apt-get install postgresql-15")
    if not (settings.data / "postgres").exists():
        return "no cluster yet; ./trunkline up makes one"
    if supervisor.is_running(settings) and not postgres.is_ready(settings):
        raise Failure(f"does not answer on port {settings.postgres_port}; see ./trunkline logs postgres")
    return f"cluster in {postgres.cluster(settings)}"


def _certificates(settings):
    files = sorted((settings.data / "services").glob("*/certificate.pem"))
    if not files:
        return "none yet; ./trunkline up makes them"
    days, file = min((certificates.days_left(file), file) for file in files)
    if days < 14:
        raise Failure(f"{file} ends in {days} days; renew with ./trunkline down and ./trunkline up")
    return f"{len(files)} certificates, the first ends in {days} days"


def _processes(settings):
    if not supervisor.is_running(settings):
        left = supervisor.owned_processes(settings)
        if left:
            raise Failure(f"{len(left)} processes are left without a supervisor; run ./trunkline down")
        return "not running; start with ./trunkline up"
    answers = {name: health.probe(settings, name) for name in ("postgres", *settings.services, "prometheus")}
    ill = [f"{name}: {answer}" for name, answer in answers.items() if answer != "ready"]
    if ill:
        raise Failure(f"{'; '.join(ill)}; see ./trunkline logs SERVICE")
    return f"all {len(answers)} are ready"
