"""The suite's processes, found through its supervisor, never by name."""
import sys
import types

from .suite import ROOT, Refused
from .waiting import wait_until

sys.path.insert(0, str(ROOT / "tools"))
from trunkline import supervisor  # noqa: E402  (the tools are not an installed package)


def pid_of(suite, name):
    """The process id of a service, or 0 while it is not running."""
    programs = supervisor.programs(types.SimpleNamespace(run=suite.data / "run"))
    return programs.get(name, {}).get("pid", 0)


def wait_until_replaced(suite, name, old_pid, seconds=20):
    """Another process has taken the place of the old one and answers that it is ready."""
    wait_until(lambda: pid_of(suite, name) not in (0, old_pid), f"{name} is started again", seconds)

    def ready():
        try:
            return suite.text("health", name)
        except Refused:
            return False

    wait_until(ready, f"{name} is ready again", seconds)
