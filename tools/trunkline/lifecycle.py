"""up, down, status and logs."""
import os
import socket
import time

from . import configs, health, postgres, supervisor
from .output import Failure, say, step, table


def up(settings, environment=None, with_prometheus=True):
    """Starts everything and waits until it is ready; does nothing to what already runs. `environment` is for the
    services, as TRUNKLINE_<SERVICE>_<KEY>."""
    started = time.monotonic()
    _check_binaries(settings)
    if not supervisor.is_running(settings):
        check_ports(settings)
        with step("certificates, secrets, configuration"):
            configs.write_all(settings)
        with step("PostgreSQL cluster"):
            postgres.ensure_cluster(settings)
        with step("supervisor and PostgreSQL"):
            supervisor.start(settings, environment or {})
            postgres.wait_until_ready(settings)
        with step("roles and schemas"):
            postgres.bootstrap(settings, settings.services)
    names = (*settings.services, "prometheus") if with_prometheus else settings.services
    for name in names:
        supervisor.start_program(settings, name)
    if settings.training:
        supervisor.start_program(settings, configs.TRAINING)
    health.wait_until_ready(settings, names)
    say(f"up after {time.monotonic() - started:.1f} s")
    status(settings)
    if "web" in settings.services:
        say(f"the page: {settings.page}")
        first = settings.data / "state" / "identity" / "administrator.password"
        if first.exists():
            say(f"first log-in: admin, password in {first}; it must be changed then")


def ready(settings):
    """Waits for a suite that something else keeps running, and writes suite.json for its clients."""
    settings.data.mkdir(parents=True, exist_ok=True)
    settings.save()
    health.wait_until_ready(settings, ("postgres", *settings.services, "prometheus"))


def down(settings):
    """Stops everything that `up` started, also when the supervisor itself was killed; checks that nothing is left."""
    started = time.monotonic()
    found = False
    if supervisor.is_running(settings):
        found = True
        with step("stop services and PostgreSQL"):
            supervisor.stop(settings)
    if supervisor.owned_processes(settings) or (settings.data / "postgres" / "postmaster.pid").exists():
        found = True
        with step("stop what a dead supervisor left"):
            postgres.stop_orphan(settings)
            left = supervisor.end_processes(settings)
            if left:
                raise Failure("these processes would not end: " + "; ".join(f"{pid} {text}" for pid, text in left.items()))
    settings.forget_selection()
    if not found:
        say(f"nothing of {settings.data} is running")
        return
    busy = _busy_ports(settings)
    if busy:
        raise Failure(f"everything of this copy is stopped, yet these ports are in use: {_list_ports(busy)}")
    say(f"down after {time.monotonic() - started:.1f} s; nothing is left running, the data stays in {settings.data}")


def status(settings):
    """Prints a line for each process; returns whether all are ready."""
    programs = supervisor.programs(settings)
    if not programs:
        say(f"not running (data folder {settings.data}); start it with ./trunkline up")
        return False
    rows, all_ready = [], True
    for name in ("postgres", *settings.services, "prometheus"):
        info = programs.get(name, {})
        running = bool(info.get("pid"))
        answer = health.probe(settings, name) if running else "-"
        all_ready = all_ready and answer == "ready"
        uptime = _duration(info["now"] - info["start"]) if running else "-"
        rows.append((name, info.get("statename", "-").lower(), info.get("pid") or "-", uptime, _address(settings, name), answer))
    table(("process", "state", "pid", "uptime", "address", "health"), rows)
    return all_ready


def logs(settings, name, lines, follow):
    """Shows the end of one process's log."""
    file = settings.logs / f"{name}.log"
    known = ("supervisord", "postgres", *settings.services, "prometheus")
    if name not in known:
        raise Failure(f"there is no process {name}; choose one of {', '.join(known)}")
    if not file.exists():
        raise Failure(f"{name} has written no log yet ({file}); was it ever started with ./trunkline up?")
    os.execvp("tail", ["tail", "-n", str(lines), *(["-F"] if follow else []), str(file)])


def _check_binaries(settings):
    missing = [name for name in settings.services if not (settings.binaries / name).exists()]
    if missing:
        raise Failure(f"{', '.join(missing)} not built in {settings.binaries}; run ./trunkline build")


def check_ports(settings):
    """Raises Failure naming every port that another program uses."""
    busy = _busy_ports(settings)
    if busy:
        raise Failure(f"in use by another program: {_list_ports(busy)}; "
                      "choose others with --port-base N or --sip-port N, or stop what listens there (ss -tlnup)")


def _busy_ports(settings):
    busy = {port: name for port, name in settings.tcp_ports().items() if not _can_bind(port, socket.SOCK_STREAM)}
    if "trunk" in settings.services and not _can_bind(settings.sip_port, socket.SOCK_DGRAM):
        busy[settings.sip_port] = "trunk SIP over UDP"
    return busy


def _list_ports(ports):
    shown = [f"port {port} ({name})" for port, name in list(ports.items())[:4]]
    return ", ".join(shown) + (f" and {len(ports) - 4} more" if len(ports) > 4 else "")


def _can_bind(port, kind):
    with socket.socket(socket.AF_INET, kind) as attempt:
        if kind == socket.SOCK_STREAM:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False


def _address(settings, name):
    if name == "postgres":
        return f"127.0.0.1:{settings.postgres_port}"
    if name == "prometheus":
        return f"127.0.0.1:{settings.prometheus_port}"
    return settings.describe()["services"][name]["grpc"]


def _duration(seconds):
    hours, rest = divmod(int(seconds), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"
