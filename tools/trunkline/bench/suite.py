"""A suite for measuring, from a clean start: its own data folder, static phones, agents that are always ready."""
import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import time
import types
import urllib.request

from .. import configs, lifecycle, supervisor
from ..output import Failure, step
from . import processes
from .sipp import AGENTS, CALLERS

# What sipp is told to dial: number, who serves it, and with what.
NUMBERS = {
    "8000": ("acd", {"queue": "bench"}),
    "8001": ("acd", {"queue": "bench", "answer": "late"}),
    "8002": ("acd", {"queue": "bench-recorded"}),
    "8003": ("ivr", {"flow": "bench_key"}),
    "8004": ("ivr", {"flow": "bench_bridge"}),
    "8005": ("ivr", {"flow": "bench_bridge_recorded"}),
}
# Two ports for each leg, which rest a little after the call; the default ranges suit a centre, not a bench.
RANGE = {"TRUNKLINE_TRUNK_RTP_PORT_LOW": "22000", "TRUNKLINE_TRUNK_RTP_PORT_HIGH": "59998",
         "TRUNKLINE_TRUNK_RTP_PORT_REST": "10s", "TRUNKLINE_TRUNK_LIMITS_CALLS": "10000"}


def _agent(number):
    return f"agent{number:04}"


def _queue(name, recording):
    return {"queue_id": name, "title": name, "required_skills": {"bench": 1}, "strategy": "longest_idle",
            "ring_limit": "15s", "wrap_up_limit": "0s", "service_level_threshold": "20s", "language": "en",
            "recording": recording}


def _bridge(name, record):
    return {"name": name, "title": name, "language": "en", "entry": "answer", "nodes": [
        {"id": "answer", "answer": {"next": "bridge"}},
        {"id": "bridge", "transfer": {"phone": _agent(1), "ring_limit": "30s", "failed": "end", "record": record}},
        {"id": "end", "hang_up": {}}]}


def set_up(agents):
    """The content of the set-up file for tlctl apply."""
    names = [_agent(number) for number in range(1, agents + 1)]
    key = {"name": "bench_key", "title": "one key", "language": "en", "entry": "answer", "nodes": [
        {"id": "answer", "answer": {"next": "menu"}},
        # About two seconds of speech.
        {"id": "menu", "menu": {"text": "Welcome to the bench, please press 1.", "keys": {"1": "end"}, "timeout": "10s",
                                "tries": 1, "failed": "end"}},
        {"id": "end", "hang_up": {}}]}
    return {
        "phones": [{"name": name, "static_contact": f"sip:{name}@{AGENTS[0]}:{AGENTS[1]}"} for name in names],
        "trunks": [{"name": "bench", "host": CALLERS[0], "port": CALLERS[1], "transport": "udp"}],
        "queues": [_queue("bench", "never"), _queue("bench-recorded", "must")],
        "agents": [{"agent_id": name, "name": name, "phone": name, "skills": {"bench": 100}} for name in names],
        "logins": [{"agent_id": name} for name in names],
        "states": [{"agent_id": name, "state": "READY"} for name in names],
        "flows": [key, _bridge("bench_bridge", False), _bridge("bench_bridge_recorded", True)],
        "numbers": [{"number": number, "application": application, "data": data}
                    for number, (application, data) in NUMBERS.items()],
    }


@dataclasses.dataclass(frozen=True)
class Cost:
    """What a stretch of time cost: seconds of processor time by process, and how long it was."""
    seconds: dict
    length: float

    @property
    def total(self):
        return sum(self.seconds.values())


class BenchSuite:
    """Use with `with`: starts everything anew in <data>/bench, and stops it."""

    def __init__(self, settings, agents, cores):
        self.settings = dataclasses.replace(settings, data=pathlib.Path(settings.data) / "bench")
        self._agents, self._cores = agents, cores

    def __enter__(self):
        if supervisor.is_running(self.settings):
            raise Failure(f"a bench runs already in {self.settings.data}; stop it, or ./trunkline down --data {self.settings.data}")
        shutil.rmtree((self.settings.data / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(self.settings.data, ignore_errors=True)
        before = os.sched_getaffinity(0)
        if self._cores:
            os.sched_setaffinity(0, self._cores)  # what is started inherits it
        try:
            lifecycle.up(self.settings, RANGE, with_prometheus=False)
        except BaseException:
            lifecycle.down(self.settings)
            raise
        finally:
            os.sched_setaffinity(0, before)
        try:
            self._fill()
        except BaseException:
            lifecycle.down(self.settings)
            raise
        return self

    def __exit__(self, *_):
        lifecycle.down(self.settings)

    def _fill(self):
        with step(f"numbers 8000 to 8005, {self._agents} agents with static phones, all ready"):
            file = self.settings.data / "bench.json"
            file.write_text(json.dumps(set_up(self._agents)))
            client = self.settings.service_folder(configs.CLIENT) / "config.yaml"
            done = subprocess.run([self.settings.binaries / "tlctl", "--config", client, "apply", file],
                                  capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise Failure(f"the bench could not be set up: {done.stderr.strip()}")
            time.sleep(2)  # connections that a start needs are made, prompts are spoken

    def roots(self):
        """The first process of each service, and PostgreSQL's, by name."""
        return {name: info["pid"] for name, info in supervisor.programs(self.settings).items() if info.get("pid")}

    def meter(self):
        """Takes a first look; call .read() for what was spent since."""
        roots = self.roots()
        before, began = processes.spent(processes.all_processes(), roots), time.monotonic()

        def read():
            after = processes.spent(processes.all_processes(), roots)
            return Cost(processes.difference(before, after), time.monotonic() - began)

        return types.SimpleNamespace(read=read)

    def memory(self):
        return processes.memory(processes.all_processes(), self.roots())

    def stored_recordings(self):
        """How many recordings the service `recording` has stored, from its metrics."""
        url = self.settings.describe()["services"]["recording"]["metrics"]
        with urllib.request.urlopen(url, timeout=5) as answer:
            text = answer.read().decode()
        found = re.search(r'^trunkline_recording_tries_total\{[^}]*result="success"[^}]*\} (\S+)', text, re.MULTILINE)
        return round(float(found[1])) if found else 0
