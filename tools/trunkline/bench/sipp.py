"""sipp (Debian package sip-tester) as callers and as agents: starting it, and what its statistics say."""
import csv
import dataclasses
import os
import shutil
import subprocess
import time

from ..output import Failure
from ..settings import ROOT

SCENARIOS = ROOT / "tests" / "load" / "sipp"
CALLERS, AGENTS = ("127.0.0.11", 5061), ("127.0.0.21", 5070)
# Of the audio that the scenarios name; sipp itself takes the ports 8 below.
FIRST_MEDIA_PORT = 20008


@dataclasses.dataclass
class Counts:
    """How the calls of one sipp ended."""
    made: int = 0
    good: int = 0
    failed: int = 0
    retransmissions: int = 0


def parse_counts(text):
    """Counts from a statistics file (-trace_stat): the last complete row, columns that count from the start."""
    rows = [row for row in csv.DictReader(text.splitlines(), delimiter=";") if row.get("FailedCall(C)")]
    if not rows:
        return Counts()
    last = rows[-1]
    made = int(last["OutgoingCall(C)"]) + int(last["IncomingCall(C)"])
    return Counts(made, int(last["SuccessfulCall(C)"]), int(last["FailedCall(C)"]), int(last["Retransmissions(C)"]))


def parse_times(text):
    """Milliseconds from INVITE to 200 of each call that was answered, from lines that the scenarios log: "invite CALL
    DATE TIME SECONDS" and "answer ..." (sipp's own response times count in steps of its clock, 4 ms)."""
    begun, times = {}, []
    for line in text.splitlines():
        words = line.split()
        if len(words) < 4 or words[0] not in ("invite", "answer"):
            continue
        if words[0] == "invite":
            begun[words[1]] = float(words[-1])
        elif words[1] in begun:
            times.append((float(words[-1]) - begun.pop(words[1])) * 1000)
    return times


class Sipp:
    """One sipp in a folder of its own, pinned to the given cores."""

    def __init__(self, folder, scenario, address, cores, options):
        if not shutil.which("sipp"):
            raise Failure("sipp is not installed; run: apt-get install sip-tester")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self._folder = folder
        command = ["sipp", "-sf", SCENARIOS / f"{scenario}.xml", "-i", address[0], "-p", address[1],
                   "-mi", address[0], "-mp", FIRST_MEDIA_PORT - 8, "-nostdin",
                   "-trace_stat", "-fd", 1, "-stf", folder / "statistics.csv", "-trace_logs", "-log_file", folder / "calls.log",
                   "-trace_err", "-error_file", folder / "errors.log", *options]
        self._process = subprocess.Popen([str(word) for word in command], cwd=folder, stdout=subprocess.DEVNULL,
                                         stderr=subprocess.DEVNULL,
                                         preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if cores else None)
        time.sleep(0.2)
        if not self.runs():
            raise Failure(f"sipp ended at once: {' '.join(self.first_errors()) or 'it gave no reason'}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def runs(self):
        return self._process.poll() is None

    def wait(self, seconds, tell=None):
        """Until it has made all its calls, at most so long; calls `tell` once a second."""
        end = time.monotonic() + seconds
        while self.runs() and time.monotonic() < end:
            if tell:
                tell(self.counts())
            time.sleep(1 if tell else 0.1)
        self.stop()

    def wait_for(self, good, seconds):
        """Until so many calls are told as good; sipp writes its statistics once a second."""
        end = time.monotonic() + seconds
        while self.counts().good < good and time.monotonic() < end:
            time.sleep(0.1)

    def stop(self):
        if self.runs():
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def counts(self):
        file = self._folder / "statistics.csv"
        return parse_counts(file.read_text()) if file.exists() else Counts()

    def times(self):
        file = self._folder / "calls.log"
        return parse_times(file.read_text()) if file.exists() else []

    def first_errors(self, count=3):
        file = self._folder / "errors.log"
        return file.read_text(errors="replace").splitlines()[:count] if file.exists() else []
