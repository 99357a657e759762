"""The measurements that need a running suite: queue, ivr, media, and the suite left up for a generator from outside."""
import time

from ..output import Failure, say, table
from . import figures
from .load import MOST_PAIRS, WARM_UP, Load, play
from .suite import BenchSuite

SIZES = (0.25, 0.5, 1)
GOOD = 0.999


def queue(settings, options):
    """Calls through a queue to an agent, at three rates; with --search also the highest rate that succeeds."""
    number = "8002" if options.record else options.number
    with BenchSuite(settings, options.agents, options.suite_cores) as suite:
        rows = [_queue_load(suite, options, number, options.rate * size, options.seconds) for size in SIZES]
        result = {"bench": "queue", "agents": options.agents, "rows": rows, "growth": _growth(rows)}
        if options.record:
            result["recordings_stored"] = _await_recordings(suite, sum(row["good"] for row in rows))
        if options.search:
            result["highest_rate"] = _search(suite, options, number)
    _show_calls(result)
    return result


def _queue_load(suite, options, number, rate, seconds):
    load = Load(number, rate, seconds, options.talk, audio_pairs=MOST_PAIRS if options.rtp else 0)
    if rate * options.talk > options.agents:
        raise Failure(f"{rate:g} calls/s of {options.talk:g} s need {rate * options.talk:.0f} agents; there are "
                      f"{options.agents}; give --agents more or --talk less")
    return play(suite, options.sipp_cores, load, f"{number} at {rate:g} calls/s")


def _search(suite, options, number):
    """Doubles the rate until calls fail, then halves the gap until it is below 5 %; each try lasts --seconds."""
    good, bad, tries = 0.0, None, 0
    rate = options.rate
    while tries < 12 and (bad is None or bad - good > 0.05 * good):
        tries += 1
        if rate * options.talk > options.agents:
            say(f"  {rate:.0f} calls/s would need more than {options.agents} agents; the search ends here")
            break
        row = _queue_load(suite, options, number, rate, options.seconds)
        passed = row["success"] >= GOOD
        say(f"  {rate:7.1f} calls/s: {row['success']:.2%} good, {row['cpu_per_1000']:.2f} CPU s per 1,000")
        good, bad = (rate, bad) if passed else (good, rate)
        rate = good * 2 if bad is None else (good + bad) / 2
        time.sleep(1)
    return good


def ivr(settings, options):
    """Answer, a prompt of two seconds, one key, hang-up."""
    with BenchSuite(settings, 1, options.suite_cores) as suite:
        rows = [play(suite, options.sipp_cores, Load("8003", options.rate * size, options.seconds, 3, caller="key"),
                     f"8003 at {options.rate * size:g} calls/s") for size in SIZES]
    result = {"bench": "ivr", "rows": rows, "growth": _growth(rows)}
    _show_calls(result)
    return result


def media(settings, options):
    """Relayed two-way calls; the cost is that of the time when all of them talk."""
    if not 4 <= options.calls <= MOST_PAIRS:
        raise Failure(f"--calls must be 4 to {MOST_PAIRS}")
    with BenchSuite(settings, 1, options.suite_cores) as suite:
        rows = [_media_load(suite, options, round(options.calls * size)) for size in SIZES]
        result = {"bench": "media", "rows": rows,
                  "growth": figures.growth([(row["calls"], row["cpu_ms_per_call_second"] * row["calls"]) for row in rows])}
        if options.record:
            result["recordings_stored"] = _await_recordings(suite, sum(row["good"] for row in rows))
    table(("calls", "good", "ms CPU a call and s", "CPU s per 100 calls and min", "loss", "delay p99 ms", "jitter p99 ms",
           "memory MB"),
          [(row["calls"], row["good"], figures.show(row["cpu_ms_per_call_second"]),
            figures.show(row["cpu_ms_per_call_second"] * 6), f"{row['audio']['loss']:.5f}",
            figures.show(row["audio"]["delay_ms"]["p99"]) if not options.mix else "-",
            figures.show(row["audio"]["jitter_ms"]["p99"]), figures.show(sum(row["memory_mb"].values()))) for row in rows])
    _tell_rest(result)
    return result


def _media_load(suite, options, calls):
    """All calls are set up within the warm-up, then talk; the talk is metered from inside the load."""
    start = max(2.0, calls / 50)
    load = Load("8005" if options.record else "8004", calls / start, start, start + options.seconds + 4,
                agent="agent-mulaw" if options.mix else "agent", audio_pairs=calls)
    steady = _Steady(suite, start + WARM_UP, options.seconds - 2)
    row = play(suite, options.sipp_cores, load, f"{calls} calls", steady)
    row["cpu_ms_per_call_second"] = steady.cost.total * 1000 / calls / steady.cost.length
    row["cpu_ms_by_process"] = {name: seconds * 1000 / calls / steady.cost.length
                                for name, seconds in steady.cost.seconds.items()}
    return row


class _Steady:
    """Meters the stretch between two moments of a load; asked once a second."""

    def __init__(self, suite, begin, length):
        self._suite, self._began = suite, time.monotonic()
        self._begin, self._end, self._meter, self.cost = begin, begin + length, None, None

    def __call__(self):
        now = time.monotonic() - self._began
        if self._meter is None and now >= self._begin:
            self._meter = self._suite.meter()
        elif self._meter is not None and self.cost is None and now >= self._end:
            self.cost = self._meter.read()


def serve(settings, options):
    """Leaves the suite up until Ctrl-C."""
    with BenchSuite(settings, options.agents, options.suite_cores) as suite:
        say(f"\nthe suite is up: SIP on 127.0.0.1:{settings.sip_port} (UDP, TCP)")
        say("callers come from 127.0.0.11:5061; agents are sip:agentNNNN@127.0.0.21:5070, always ready, no wrap-up")
        table(("number", "what it does"), [
            ("8000", "answer and queue"), ("8001", "queue with late answer: rings until the agent answers"),
            ("8002", "as 8000, recorded"), ("8003", "answer, 2 s prompt, one key (RFC 4733), hang up"),
            ("8004", "plain bridge to agent0001"), ("8005", "as 8004, recorded")])
        roots = suite.roots()
        table(("process", "pid"), list(roots.items()))
        say("with all processes that these started; their sum is what the suite costs")
        say("pids: " + " ".join(map(str, roots.values())))
        say("Ctrl-C ends it")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            say("")
    return None


def _await_recordings(suite, wanted):
    """How many recordings got stored within a minute after the calls."""
    end = time.monotonic() + 60
    while suite.stored_recordings() < wanted and time.monotonic() < end:
        time.sleep(0.5)
    return suite.stored_recordings()


def _growth(rows):
    return {"cpu": figures.growth([(row["rate"], row["cpu_seconds"]) for row in rows]),
            "memory": figures.growth([(row["rate"], sum(row["memory_mb"].values())) for row in rows])}


def _show_calls(result):
    table(("calls/s", "calls", "good", "CPU s per 1,000", "set-up p50 ms", "p95", "p99", "memory MB"),
          [(f"{row['rate']:g}", row["calls"], f"{row['success']:.2%}", figures.show(row["cpu_per_1000"]),
            *map(figures.show, row["setup_ms"].values()), figures.show(sum(row["memory_mb"].values())))
           for row in result["rows"]])
    last = result["rows"][-1]["cpu_by_process_per_1000"]
    say("  CPU s per 1,000 calls by process: " + ", ".join(f"{name} {seconds:.2f}" for name, seconds in last.items()))
    for row in result["rows"]:
        if "audio" in row:
            audio = row["audio"]
            say(f"  audio at {row['rate']:g} calls/s: loss {audio['loss']:.5f}, delay p99 {audio['delay_ms']['p99']} ms, "
                f"the other end is heard {audio['heard_after_ms']['p50']} ms (p99 {audio['heard_after_ms']['p99']}) "
                "after the gateway")
    _tell_rest(result)


def _tell_rest(result):
    growth = result["growth"]
    if isinstance(growth, dict):
        say("  grows with the rate to the power of: " + ", ".join(f"{k} {figures.show(v)}" for k, v in growth.items()))
    else:
        say(f"  CPU grows with the number of calls to the power of {figures.show(growth)}")
    for key, text in (("recordings_stored", "recordings stored"), ("highest_rate", "highest rate with 99.9 % success")):
        if key in result:
            say(f"  {text}: {figures.show(result[key])}")
