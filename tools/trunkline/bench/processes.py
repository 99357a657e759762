"""What the processes of the suite cost: processor time and memory from /proc, by process id, with all they started."""
import dataclasses
import os
import pathlib

PROC = pathlib.Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass(frozen=True)
class Process:
    pid: int
    parent: int
    seconds: float  # of itself and of children that ended and were waited for


def parse(text):
    """A Process from the content of /proc/PID/stat. The name, in brackets, may hold anything, so it is cut off."""
    pid = int(text.split(" ", 1)[0])
    fields = text[text.rindex(")") + 2:].split()
    return Process(pid, int(fields[1]), sum(int(fields[place]) for place in (11, 12, 13, 14)) / TICKS)


def all_processes():
    """Every process of the machine by id."""
    found = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            process = parse((folder / "stat").read_text())
        except (OSError, ValueError):
            continue  # it ended
        found[process.pid] = process
    return found


def tree(processes, root):
    """The ids of a process and of everything below it."""
    members, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        if pid in processes:
            members.append(pid)
            waiting += [process.pid for process in processes.values() if process.parent == pid]
    return members


def spent(processes, roots):
    """Seconds of processor time so far, by name. `roots` gives the id of each name's first process. Children that end
    are counted by their parent from then on, so nothing is lost between two looks."""
    return {name: sum(processes[pid].seconds for pid in tree(processes, root)) for name, root in roots.items()}


def difference(before, after):
    """What was spent between two looks, by name; a process that is new in the second starts from zero."""
    return {name: max(0.0, seconds - before.get(name, 0.0)) for name, seconds in after.items()}


def memory(processes, roots):
    """Megabytes by name; what processes share (PostgreSQL's buffers) is divided among them."""
    def megabytes(pid):
        try:
            for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    return int(line.split()[1]) / 1024
        except OSError:
            pass
        return 0.0

    return {name: sum(map(megabytes, tree(processes, root))) for name, root in roots.items()}
