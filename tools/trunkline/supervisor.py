"""Talks to the supervisord of this copy of the suite, over its own socket."""
import http.client
import os
import pathlib
import signal
import socket
import subprocess
import time
import xmlrpc.client

from . import postgres
from .configs import TRAINING
from .output import Failure
from .settings import ROOT

STOP_SECONDS = 90
OWNER = "TRUNKLINE_OWNER"
GROUP = "suite"


class _SocketConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=STOP_SECONDS)
        self._path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class _SocketTransport(xmlrpc.client.Transport):
    def __init__(self, path):
        super().__init__()
        self._path = path

    def make_connection(self, host):
        return _SocketConnection(self._path)


def _socket(settings):
    return settings.run / "supervisor.sock"


def _rpc(settings):
    return xmlrpc.client.ServerProxy("http://supervisor", _SocketTransport(str(_socket(settings)))).supervisor


def is_running(settings):
    try:
        _rpc(settings).getState()
        return True
    except (OSError, http.client.HTTPException):
        return False


def start(settings, environment):
    """Writes the configuration and starts the daemon; PostgreSQL starts with it, the services when asked."""
    configuration = settings.run / "supervisord.conf"
    configuration.write_text(_configuration(settings))
    environment = os.environ | environment | {OWNER: str(settings.data)}
    done = subprocess.run(["supervisord", "-c", configuration], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"supervisord did not start: {(done.stderr or done.stdout).strip()}")
    deadline = time.monotonic() + 10
    while not is_running(settings):
        if time.monotonic() > deadline:
            raise Failure(f"supervisord does not answer; see {settings.logs}/supervisord.log")
        time.sleep(0.05)


def start_program(settings, name):
    try:
        _rpc(settings).startProcess(f"{GROUP}:{name}", False)
    except xmlrpc.client.Fault as fault:
        if "ALREADY_STARTED" not in fault.faultString:
            raise Failure(f"{name} cannot be started ({fault.faultString}); see ./trunkline logs {name}") from None


def programs(settings):
    """What the supervisor knows of each program, by name; nothing when it is not running."""
    try:
        return {info["name"]: info for info in _rpc(settings).getAllProcessInfo()}
    except (OSError, http.client.HTTPException):
        return {}


def stop(settings):
    """Stops every program in reverse order, then the daemon; waits until its process is gone."""
    pid = int(_rpc(settings).getPID())
    _rpc(settings).shutdown()
    deadline = time.monotonic() + STOP_SECONDS
    while _is_alive(pid):
        if time.monotonic() > deadline:
            raise Failure(f"supervisord (pid {pid}) is still stopping its programs after {STOP_SECONDS} s; "
                          f"see {settings.logs}/supervisord.log")
        time.sleep(0.1)


def _is_alive(pid):
    """Whether the process runs; one that ended and that nobody has asked about yet does not."""
    try:
        return "\nState:\tZ" not in pathlib.Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def owned_processes(settings):
    """Processes that this copy started, told by the variable they inherited: what a dead supervisor leaves behind."""
    mark = f"{OWNER}={settings.data}".encode()
    found = {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # it ended, or belongs to somebody else
    return found


def end_processes(settings, seconds=10):
    """Ends what owned_processes finds, gently first; returns what would not go."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in owned_processes(settings):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass
        deadline = time.monotonic() + seconds
        while owned_processes(settings) and time.monotonic() < deadline:
            time.sleep(0.1)
    return owned_processes(settings)


def _configuration(settings):
    head = f"""; Written by ./trunkline up.
[supervisord]
logfile={settings.logs}/supervisord.log
pidfile={settings.run}/supervisord.pid
childlogdir={settings.logs}
directory={settings.data}
{"user=root" if os.geteuid() == 0 else ""}

[unix_http_server]
file={_socket(settings)}
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""
    # INT asks PostgreSQL for a fast shutdown: it ends connections instead of waiting for them.
    programs_text = _program(settings, "postgres", postgres.command(settings), priority=1, autostart="true",
                             stopsignal="INT", stopwaitsecs=30, user=postgres.account())
    for name in settings.services:
        command = [settings.binaries / name, "--config", settings.service_folder(name) / "config.yaml"]
        programs_text += _program(settings, name, command, priority=10, autostart="false",
                                  stopsignal="TERM", stopwaitsecs=20)
    members = [*settings.services, "prometheus"]
    if settings.training:
        members.append(TRAINING)
        # Debian's own: its package of grpc is for no other.
        command = ["/usr/bin/python3", ROOT / "tests" / "e2e" / "training.py", "--listen", f"127.0.0.1:{settings.training_port}",
                   "--folder", settings.data / "state" / TRAINING, "--tls", settings.service_folder(TRAINING),
                   "--sip-port", settings.sip_port]
        programs_text += _program(settings, TRAINING, command, priority=20, autostart="false",
                                  stopsignal="TERM", stopwaitsecs=10, stopasgroup="true", killasgroup="true")
    folder = settings.data / "prometheus"
    command = ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
               f"--web.listen-address=127.0.0.1:{settings.prometheus_port}", "--log.level=warn"]
    programs_text += _program(settings, "prometheus", command, priority=20, autostart="false",
                              stopsignal="TERM", stopwaitsecs=20)
    # Programs of one group are stopped at the same time, and before PostgreSQL because of the group's priority.
    return f"{head}{programs_text}\n[group:{GROUP}]\nprograms={','.join(members)}\npriority=10\n"


def _program(settings, name, command, **options):
    # A database that is away for minutes must not make the supervisor give up, so it tries for as long as it takes.
    options |= {"autorestart": "true", "startsecs": 1, "startretries": 1000, "redirect_stderr": "true",
                "stdout_logfile": settings.logs / f"{name}.log", "stdout_logfile_maxbytes": "20MB",
                "stdout_logfile_backups": 3, "directory": "/", "umask": "027"}
    quoted = " ".join(f'"{word}"' if " " in str(word) else str(word) for word in command)
    lines = [f"command={quoted}", *(f"{key}={value}" for key, value in options.items())]
    return f"\n[program:{name}]\n" + "\n".join(line.replace("%m", "%%m").replace("%u", "%%u") for line in lines) + "\n"
