#!/usr/bin/env python3
"""Kills producers, relay, consumers and PostgreSQL while events flow, then counts: none lost, none twice, in order.

bus_fault.py --bin build/bin [--seed N] [--events N] [--kills N] [--json FILE]   one run
bus_fault.py --bin build/bin --controls        runs with a protection taken away, each of which must be found out
"""
import argparse
import collections
import json
import os
import random
import signal
import subprocess
import sys
import time

from cluster import Cluster, free_port

# Each protection that can be taken away, the figures that must show it, and whose end brings it to light: every second
# kill of a control hits that one, because chance alone may spare it for a whole run.
CONTROLS = {"dedupe-off": (("ledger_double",), "c1"), "ack-before-commit": (("ledger_lost",), "postmaster"),
            "order-trap": (("ledger_lost", "ledger_disorder"), "relay")}
LARGEST_MEMORY_MIB = 128
DRAIN_LIMIT_SECONDS = 60

# Numbers from a sequence, given before COMMIT, with no lock: their order is not the order of commits. Now and then a
# transaction takes its time after it has its numbers.
NAIVE_NUMBERS = """
SET search_path TO source;
CREATE SEQUENCE naive;
ALTER TABLE outbox_head RENAME TO real_head;
CREATE VIEW outbox_head AS SELECT epoch, (SELECT last_value FROM naive) AS sequence FROM real_head;
CREATE OR REPLACE FUNCTION outbox_store(ids uuid[], keys text[], types text[], micros bigint[], payloads bytea[],
                                        OUT stored_epoch uuid, OUT base bigint, OUT positions bigint[])
LANGUAGE plpgsql AS $$
BEGIN
    SELECT epoch, sequence INTO stored_epoch, base FROM outbox_head;
    INSERT INTO outbox (sequence, event_id, key, type, occurred_time, payload)
    SELECT nextval('naive'), event_id, key, type, now(), payload
    FROM unnest(ids, keys, types, payloads) AS given (event_id, key, type, payload) ON CONFLICT DO NOTHING;
    positions := '{}';
    PERFORM pg_sleep(CASE WHEN random() < 0.01 THEN 0.5 ELSE 0 END);
END $$;
"""


class Run:
    """One run: its processes, and what was seen at the end."""

    def __init__(self, options, control=""):
        self.options = options
        self.control = control
        self.random = random.Random(options.seed)
        self.cluster = Cluster()
        self.addresses = {"bus": f"tcp://127.0.0.1:{free_port()}", "grpc": f"127.0.0.1:{free_port()}"}
        self.processes = {}
        self.kills = collections.Counter()
        self.checks = []
        self.figures = {}

    # Processes.

    def start(self, name):
        kind = {"p": "producer", "o": "producer", "r": "relay", "c": "consumer"}[name[0]]
        flags = {"url": self.cluster.url, "control": self.control, **self.addresses}
        if kind == "producer":
            flags |= {"name": name, "folder": self.cluster.folder, "count": self.options.events // 2,
                      "rate": self.options.rate // 2}
        if kind == "consumer":
            flags["schema"] = "late" if name == "c-late" else "ledger"
        command = [os.path.join(self.options.bin, "bus_" + kind)]
        for key, value in flags.items():
            command += ["--" + key, str(value)]
        with open(f"{self.cluster.folder}/{name}.log", "a", encoding="utf-8") as log:
            self.processes[name] = subprocess.Popen(command, stdout=log, stderr=log)

    def stop(self, name, how=signal.SIGKILL):
        process = self.processes.pop(name)
        process.send_signal(how)
        process.wait()

    def prepare(self):
        for schema in ("source", "ledger", "late"):
            self.cluster.sql(f"CREATE SCHEMA {schema}")
        self.start("relay")
        self.wait_for("SELECT 1 FROM information_schema.tables WHERE table_name = 'outbox'")
        if self.control == "order-trap":
            self.cluster.sql(NAIVE_NUMBERS)
        for name in ("c1", "c2", "p1", "p2"):
            self.start(name)

    def wait_for(self, query):
        end = time.monotonic() + DRAIN_LIMIT_SECONDS
        while not self.cluster.sql(query):
            if time.monotonic() > end:
                return False
            self.look_for_deaths()
            time.sleep(0.1)
        return True

    def look_for_deaths(self):
        """Nobody may end but by our hand."""
        for name, process in self.processes.items():
            if process.poll() not in (None, 0):
                with open(f"{self.cluster.folder}/{name}.log", encoding="utf-8") as log:
                    raise RuntimeError(f"{name} ended by itself: {log.readlines()[-1:]}")

    # Faults.

    def inject(self):
        for count in range(self.options.kills):
            time.sleep(self.random.uniform(0.1, 0.9))
            if count == self.options.kills // 4:
                self.start("odd")
            if count == self.options.kills // 3:
                # Open for a while before COMMIT; nobody may wait for it.
                subprocess.Popen(["psql", "-Xq", "-c", "BEGIN; INSERT INTO source.work VALUES ('held', 1);"
                                  " SELECT pg_sleep(8); COMMIT", self.cluster.url], stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
            if count == self.options.kills // 2:
                self.start("c-late")
                self.pause_relay()
            self.look_for_deaths()
            self.kill(self.choose_victim(count))

    def pause_relay(self):
        relay = self.processes["relay"]
        relay.send_signal(signal.SIGSTOP)
        time.sleep(self.random.uniform(1, 3))
        relay.send_signal(signal.SIGCONT)

    def choose_victim(self, count):
        if self.control and count % 2 == 0:
            return CONTROLS[self.control][1]
        running = [name for name, process in self.processes.items() if process.poll() is None and name != "odd"]
        return self.random.choice([*sorted(running), "backend", "postmaster"])

    def kill(self, victim):
        self.kills[victim] += 1
        if victim == "backend":
            self.cluster.kill_backend(self.random)
        elif victim == "postmaster":
            self.cluster.kill()
            time.sleep(self.random.uniform(0, 0.5))
            self.cluster.start()
        else:
            self.stop(victim)
            time.sleep(self.random.uniform(0, 0.5))
            self.start(victim)

    # The end.

    def finish(self):
        for name in ("p1", "p2", "odd"):
            if self.processes[name].wait(timeout=300) != 0:
                raise RuntimeError(f"{name} failed; see its log")
        begin = time.monotonic()
        drained = self.wait_for(
            "SELECT 1 WHERE (SELECT count(*) FROM (SELECT sequence FROM ledger.bus_cursor UNION ALL SELECT sequence FROM"
            " late.bus_cursor) AS cursors WHERE sequence = (SELECT sequence FROM source.outbox_head)) = 2 AND NOT EXISTS"
            " (SELECT FROM ledger.bus_parked WHERE NOT dead) AND NOT EXISTS (SELECT FROM late.bus_parked WHERE NOT dead)")
        self.figures["drain_seconds"] = round(time.monotonic() - begin, 1)
        self.check(f"all is drained within {DRAIN_LIMIT_SECONDS} s", drained)
        self.check(f"no process needs more than {LARGEST_MEMORY_MIB} MiB", self.memory() <= LARGEST_MEMORY_MIB)
        for name in [name for name in self.processes if name[0] in "rc"]:
            self.stop(name, signal.SIGTERM)

    def memory(self):
        largest = 0
        for process in self.processes.values():
            try:
                with open(f"/proc/{process.pid}/status", encoding="ascii", errors="replace") as status:
                    largest = max([largest, *(int(line.split()[1]) for line in status if line.startswith("VmHWM"))])
            except OSError:
                pass
        self.figures["largest_memory_mib"] = round(largest / 1024)
        return largest / 1024

    def count(self):
        acknowledged = self.read_ledger("acknowledged")
        attempted = self.read_ledger("attempted")
        self.figures["acknowledged"] = sum(acknowledged.values())
        self.figures["events"] = int(self.cluster.sql("SELECT count(*) FROM source.outbox")[0][0])
        holes = self.cluster.sql("SELECT max(sequence) - count(*) FROM source.outbox")[0][0]
        self.check("the outbox has no holes", holes == "0")
        for schema in ("ledger", "late"):
            self.count_consumer(schema, acknowledged, attempted)
        hashes = [self.cluster.sql(f"SELECT md5(string_agg(account::text, ',' ORDER BY key)) FROM {schema}.account AS account")
                  for schema in ("ledger", "late")]
        self.check("the late joiner has the same accounts", hashes[0] == hashes[1])

    def count_consumer(self, schema, acknowledged, attempted):
        accounts = {key: (int(effects), int(last), int(disorder)) for key, effects, last, disorder in
                    self.cluster.sql(f"SELECT * FROM {schema}.account WHERE key LIKE '%/%'")}
        effects = {key: row[0] for key, row in accounts.items()}
        lost = sum(max(0, count - effects.get(key, 0)) for key, count in acknowledged.items())
        surplus = sum(max(0, count - attempted.get(key, 0)) for key, count in effects.items())
        double = sum(max(0, count - last) for count, last, _ in accounts.values())
        disorder = sum(row[2] for row in accounts.values())
        self.figures |= {f"{schema}_lost": lost, f"{schema}_double": double, f"{schema}_disorder": disorder}
        self.check(f"{schema}: every acknowledged event took effect", lost == 0 and len(acknowledged) == 200)
        self.check(f"{schema}: nothing took effect that was not attempted", surplus == 0)
        self.check(f"{schema}: no effect happened twice", double == 0)
        self.check(f"{schema}: each key counts on by one", disorder == 0)
        dead = self.cluster.sql(f"SELECT type, count(*) FROM {schema}.bus_parked WHERE dead GROUP BY type")
        self.check(f"{schema}: the dead letters are the two planted", dead == [["fault.Poison", "2"]])
        behind = self.cluster.sql(f"SELECT effects FROM {schema}.account WHERE key = 'sick'")
        self.check(f"{schema}: the event behind the dead letters took effect", behind == [["1"]])

    def read_ledger(self, name):
        """The number of distinct events of each key in a producers' file."""
        keys = collections.defaultdict(set)
        with open(f"{self.cluster.folder}/{name}", encoding="ascii") as file:
            for line in file:
                key, number = line.split()
                keys[key].add(number)
        return {key: len(numbers) for key, numbers in keys.items()}

    def check(self, sentence, passed):
        self.checks.append((sentence, bool(passed)))

    def close(self):
        for process in self.processes.values():
            if process.poll() is None:
                process.kill()
                process.wait()
        self.cluster.close()


def run(options, control=""):
    """The finished run."""
    begin = time.monotonic()
    this = Run(options, control)
    try:
        this.prepare()
        this.inject()
        this.finish()
        this.count()
    finally:
        this.close()
    this.figures["seconds"] = round(time.monotonic() - begin, 1)
    this.figures["kills"] = dict(sorted(this.kills.items()))
    return this


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rate", type=int, default=3000, help="events a second of both producers together")
    parser.add_argument("--json", help="file for the figures")
    parser.add_argument("--control", choices=CONTROLS)
    parser.add_argument("--controls", action="store_true")
    options = parser.parse_args()
    print("seed", options.seed, flush=True)
    if options.controls:
        options.events, options.kills = 20_000, 15
        checks = []
        for control, (names, _) in CONTROLS.items():
            figures = run(options, control).figures
            checks.append((f"{control} is found out: " + json.dumps({name: figures[name] for name in names}),
                           any(figures[name] > 0 for name in names)))
    else:
        done = run(options, options.control or "")
        checks = done.checks
        print(json.dumps(done.figures))
        if options.json:
            with open(options.json, "w", encoding="utf-8") as file:
                json.dump({"seed": options.seed, "checks": dict(checks), **done.figures}, file, indent=2)
    for sentence, passed in checks:
        print("pass" if passed else "FAIL", sentence)
    failed = sum(not passed for _, passed in checks)
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
