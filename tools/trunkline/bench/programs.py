"""The measurements that are programs of the build: the router's core, and the bus."""
import json
import os
import subprocess

from ..output import Failure, say, table
from ..settings import ROOT
from . import figures


def _lines(settings, cores, name, *arguments):
    """The lines of JSON that the program prints."""
    program = settings.binaries / name
    if not program.exists():
        raise Failure(f"{program} is not built; run ./trunkline build")
    done = subprocess.run([program, *map(str, arguments)], stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT,
                          timeout=600, preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if cores else None)
    if done.returncode != 0:
        raise Failure(f"{name} failed with exit code {done.returncode}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def acd(settings, options):
    """Decisions a second at a tenth, a third and all of the full size."""
    rows = []
    for share in (0.1, 0.32, 1):
        agents, queues, skills, waiting = (max(1, round(full * share)) for full in
                                           (options.agents, options.queues, options.skills, options.waiting))
        say(f"  {agents} agents, {queues} queues, {skills} skills, {waiting} waiting ...")
        rows += _lines(settings, options.suite_cores, "acd_bench", agents, queues, skills, waiting, options.decisions)
    result = {"bench": "acd", "rows": rows,
              "growth": figures.growth([(row["contacts"], 1 / row["decisions_per_second"]) for row in rows])}
    table(("agents", "queues", "waiting", "decisions/s", "p50 us", "p99 us", "worst us"),
          [(row["agents"], row["queues"], row["contacts"], row["decisions_per_second"], row["p50_us"], row["p99_us"],
            row["worst_us"]) for row in rows])
    say(f"  the cost of a decision grows with the size to the power of {figures.show(result['growth'])}")
    return result


def bus(settings, options):
    """Events a second from outbox to effect."""
    found = _lines(settings, None, "bus_bench")[-1]
    result = {"bench": "bus", **found,
              "growth": figures.growth([(row["rate"], row["p99_ms"]) for row in found["delays"]])}
    table(("events/s", "p50 ms", "p99 ms"),
          [(row["rate"], figures.show(row["p50_ms"]), figures.show(row["p99_ms"])) for row in found["delays"]])
    say(f"  as fast as possible: {found['events_per_second']} events/s")
    say(f"  the delay (p99) grows with the rate to the power of {figures.show(result['growth'])}")
    return result
