"""One measured stretch of load: callers, agents and, when wanted, their audio; what it cost and how it went."""
import contextlib
import dataclasses
import json
import os
import resource
import socket
import subprocess
import sys

from ..output import Failure, say
from . import figures
from .sipp import AGENTS, CALLERS, FIRST_MEDIA_PORT, Sipp

# sipp's [auto_media_port] begins again after so many calls.
MOST_PAIRS = 2500
MOST_AT_ONCE = 15_000
# This number is served without an agent.
ALONE = "8003"
WARM_UP = 3


@dataclasses.dataclass(frozen=True)
class Load:
    """What sipp is to do: `number` is dialled `rate` times a second for `seconds`, each call talks for `talk`."""
    number: str
    rate: float
    seconds: float
    talk: float
    caller: str = "caller"
    agent: str = "agent"
    audio_pairs: int = 0  # 0: no RTP

    @property
    def calls(self):
        return max(1, round(self.rate * self.seconds))


def play(suite, cores, load, title, each_second=lambda: None):
    """Plays the load; returns its figures as a dictionary."""
    say(f"  {title}: {load.calls} calls, {load.seconds + load.talk:.0f} s")
    folder = suite.settings.data / "load"
    with contextlib.ExitStack() as stack:
        agents = stack.enter_context(Sipp(folder / "agents", load.agent, AGENTS, cores, []))
        peers = stack.enter_context(_peers(suite, cores, load) if load.audio_pairs else _listeners())
        meter = suite.meter()
        options = ["-s", load.number, "-r", load.rate, "-m", load.calls, "-d", round(load.talk * 1000),
                   "-l", min(load.calls + 10, MOST_AT_ONCE), f"127.0.0.1:{suite.settings.sip_port}"]
        callers = stack.enter_context(Sipp(folder / "callers", load.caller, CALLERS, cores, options))
        callers.wait(load.seconds + load.talk + 20, lambda counts: (_tell(title, load, counts), each_second()))
        heard = _heard(peers) if load.audio_pairs else None
        if load.number != ALONE:
            agents.wait_for(callers.counts().good, 3)
        cost = meter.read()
        return _figures(suite, load, (callers, agents), cost, heard)


def _tell(title, load, counts):
    """On a terminal a line that changes; elsewhere nothing but the end, so that logs stay short."""
    if sys.stdout.isatty():
        print(f"  {title}: {counts.good + counts.failed} of {load.calls} calls over, {counts.failed} failed   ",
              end="\r", flush=True)


@contextlib.contextmanager
def _listeners():
    """Ports for the audio that nobody listens to: telephones have one where they say so, and a closed port costs the
    gateway an ICMP message for each packet."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 2 * MOST_PAIRS + 1000)), hard))
    with contextlib.ExitStack() as stack:
        for address in (CALLERS[0], AGENTS[0]):
            for pair in range(MOST_PAIRS):
                listener = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
                listener.bind((address, FIRST_MEDIA_PORT + 4 * pair))
        yield


@contextlib.contextmanager
def _peers(suite, cores, load):
    """The program that plays the audio of both ends."""
    program = suite.settings.binaries / "rtp_peers"
    if not program.exists():
        raise Failure(f"{program} is not built; run ./trunkline build")
    command = [program, load.audio_pairs, WARM_UP, round(load.seconds + load.talk - WARM_UP - 1), CALLERS[0], AGENTS[0],
               FIRST_MEDIA_PORT]
    peers = subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, text=True,
                             preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if cores else None)
    try:
        if peers.stdout.readline().strip() != "ready":
            raise Failure("rtp_peers could not start: its ports are in use")
        yield peers
    finally:
        peers.kill()
        peers.wait()


def _heard(peers):
    output, _ = peers.communicate(timeout=60)
    return json.loads(output)


def _figures(suite, load, ends, cost, heard):
    callers, agents = (sipp.counts() for sipp in ends)
    served = callers.good if load.number == ALONE else agents.good
    good = min(callers.good, served, load.calls)
    result = {
        "number": load.number, "rate": load.rate, "seconds": load.seconds, "talk": load.talk, "calls": load.calls,
        "good": good, "success": good / load.calls, "retransmissions": callers.retransmissions + agents.retransmissions,
        "cpu_seconds": cost.total, "cpu_per_1000": cost.total / load.calls * 1000,
        "cpu_by_process_per_1000": {name: seconds / load.calls * 1000 for name, seconds in cost.seconds.items()},
        "cores_used": cost.total / cost.length, "length": cost.length,
        "setup_ms": figures.quantiles(ends[0].times()), "memory_mb": suite.memory(),
    }
    if heard:
        result["audio"] = heard
    for sipp, word in zip(ends, ("callers", "agents")):
        for line in sipp.first_errors() if good < load.calls else ():
            say(f"    {word}: {line}")
    return result
