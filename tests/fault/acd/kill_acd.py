"""kill -9 of acd at random moments while callers of sipp queue for agents of sipp; then what was told is judged.

    python3 tests/fault/acd/kill_acd.py [--kills 10] [--rate 6] [--agents 16] [--talk 2.5] [--seed 1]

It starts a suite of its own in <data>/bench. Callers hear ringing until an agent has answered, talk for `talk` seconds and
hang up; at times there are more of them than agents. Promised is: no caller and no talk is lost, nobody is overtaken
by more than one place, an agent and a contact have one offer at a time, every stay in a queue has one outcome, and every
talk is told once, with its true length. `judge_test.py` shows that the judge sees each fault."""
import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

from judge import Judge

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools"))
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
from kit.processes import pid_of, wait_until_replaced  # noqa: E402  (the kit is not an installed package)
from kit.suite import Suite  # noqa: E402
from kit.waiting import wait_until  # noqa: E402
from trunkline import postgres, settings  # noqa: E402
from trunkline.bench.sipp import AGENTS, CALLERS, Sipp  # noqa: E402
from trunkline.bench.suite import BenchSuite  # noqa: E402

LATE_ANSWER = "8001"
WAIT_AT_MOST = 120
SECONDS_A_KILL = 2.3  # until acd is ready again, with the pause before


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--rate", type=float, default=6)
    parser.add_argument("--agents", type=int, default=16)
    parser.add_argument("--talk", type=float, default=2.5)
    parser.add_argument("--seed", type=int, default=1)
    settings.add_flags(parser)
    return parser.parse_args()


def kill_now_and_then(suite, kills, chance):
    """Returns for how long acd was away each time, until it was ready again."""
    away = []
    for _ in range(kills):
        time.sleep(chance.uniform(0.2, 2))
        pid = wait_until(lambda: pid_of(suite, "acd"), "acd runs")
        os.kill(pid, signal.SIGKILL)
        killed = time.monotonic()
        wait_until_replaced(suite, "acd", pid)
        away.append(time.monotonic() - killed)
    return away


def queued_contacts(suite):
    """The ids of all, from the table that the reports are made of."""
    facts = suite.facts["postgres"]
    secret = pathlib.Path(facts["password_file"]).read_text().strip()
    done = subprocess.run([postgres.BINARIES / "psql", "-h", facts["host"], "-p", str(facts["port"]), "-U", "postgres", "-d",
                           facts["database"], "-Atc", "SELECT DISTINCT contact_id FROM reporting.queue_segment"],
                          env=os.environ | {"PGPASSWORD": secret}, capture_output=True, text=True, check=True)
    return done.stdout.split()


def events_of(suite, contact):
    return [(entry["type"].rsplit(".", 1)[1], json.loads(entry["json"]), entry["time"])
            for entry in suite.timeline(contact)]


def run(arguments):
    """The load, the kills, and what is wrong after them."""
    chosen = settings.load(arguments)
    calls = round(arguments.rate * (arguments.kills * SECONDS_A_KILL + 3))
    with BenchSuite(chosen, arguments.agents, None) as bench:
        suite = Suite(bench.settings.summary)
        folder = bench.settings.data / "load"
        with Sipp(folder / "agents", "agent", AGENTS, None, []) as agents:
            load = ["-s", LATE_ANSWER, "-r", arguments.rate, "-m", calls, "-d", round(arguments.talk * 1000),
                    "-l", calls + 10, f"127.0.0.1:{bench.settings.sip_port}"]
            with Sipp(folder / "callers", "caller", CALLERS, None, load) as callers:
                away = kill_now_and_then(suite, arguments.kills, random.Random(arguments.seed))
                callers.wait(WAIT_AT_MOST + calls / arguments.rate)
                agents.wait_for(callers.counts().good, 5)
                ends = callers.counts(), agents.counts()
                errors = callers.first_errors() + agents.first_errors()
        wait_until(lambda: int(suite.figures("bench")["offered"]) >= ends[0].good and
                   int(suite.figures("bench")["open_segments"]) == 0, "every stay and every talk is told", 60)
        judge = Judge(arguments.talk)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for contact, events in zip(contacts := queued_contacts(suite),
                                       pool.map(lambda each: events_of(suite, each), contacts)):
                judge.look(contact, events)
    faults = judge.faults()
    if ends[0].failed or ends[0].good != calls:
        faults.append(f"callers: {ends[0].good} of {calls} calls were good; {errors[:4]}")
    print(f"{arguments.kills} kills, {calls} calls, {len(contacts)} contacts, {judge.offers} offers; away {min(away):.2f} to "
          f"{max(away):.2f} s, {sum(away) / len(away):.2f} s on average; seed {arguments.seed}")
    return faults


if __name__ == "__main__":
    found = run(options())
    for fault in found[:40]:
        print(f"  {fault}")
    print(f"{0 if found else 1} passed, {len(found)} failed")
    sys.exit(1 if found else 0)
