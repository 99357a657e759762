"""Asks each process whether it is ready to work."""
import subprocess
import time
import urllib.error
import urllib.request

from . import postgres, supervisor
from .configs import CLIENT
from .output import Failure, last_lines, say
from .services import GRPC
from .settings import ROOT

READY_SECONDS = 60
STARTS_AT_MOST = 4


def probe(settings, name):
    """"ready", or why not, in a few words."""
    if name == "postgres":
        return "ready" if postgres.is_ready(settings) else "no answer"
    if name == "prometheus":
        return _ask(f"http://127.0.0.1:{settings.prometheus_port}/-/ready")
    script = [ROOT / "deploy" / "health.sh", settings.service_folder(CLIENT), f"127.0.0.1:{settings.port(name, GRPC)}"]
    return subprocess.run(script, capture_output=True, text=True, check=False).stdout.strip()


def wait_until_ready(settings, names):
    """Waits for all, printing each as it becomes ready; raises Failure with the end of the log of one that does not."""
    started = time.monotonic()
    waiting = list(names)
    starts = {name: set() for name in names}
    while waiting:
        for name in list(waiting):
            if probe(settings, name) == "ready":
                say(f"  {name:<46} {time.monotonic() - started:6.1f} s")
                waiting.remove(name)
        programs = supervisor.programs(settings)
        for name in waiting:
            starts[name].add(programs.get(name, {}).get("start"))
        crashing = [name for name in waiting if len(starts[name]) > STARTS_AT_MOST]
        if crashing:
            raise Failure(_why_not(settings, crashing, f"ended {STARTS_AT_MOST} times since it was started"))
        if waiting and time.monotonic() - started > READY_SECONDS:
            raise Failure(_why_not(settings, waiting, f"is not ready after {READY_SECONDS} s"))
        time.sleep(0.1)


def _why_not(settings, waiting, what):
    lines = []
    for name in waiting:
        lines.append(f"{name} {what}: {probe(settings, name)}; the end of its log:")
        lines += [f"    {line}" for line in last_lines(settings.logs / f"{name}.log", 5)]
    lines.append(f"the rest is running; see ./trunkline logs {waiting[0]}, or ./trunkline down")
    return "\n".join(lines)


def _ask(url):
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return "ready" if answer.status == 200 else f"HTTP {answer.status}"
    except urllib.error.HTTPError as error:
        return f"HTTP {error.code}"
    except OSError:
        return "no answer"
