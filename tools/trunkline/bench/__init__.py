"""./trunkline bench: the command and its flags. Each measurement prints a table and writes JSON."""
import argparse
import json
import time

from ..output import Failure, say
from . import programs, works

ABOUT = """Measures the suite from a clean start, in a data folder of its own (<data>/bench), with sipp as callers and as
agents. Counted is the processor time of every process of the suite, PostgreSQL included (Prometheus is not started).
Each measurement runs at three sizes and tells the exponent with which its cost grows. See tests/load/README.md."""


def _cores(text):
    try:
        return {int(core) for core in text.split(",")}
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" are no cores; write 0 or 0,1') from None


def add_flags(parser):
    """The flags of every measurement."""
    parser.add_argument("--suite-cores", type=_cores, metavar="0,1", help="pin the suite and PostgreSQL to these cores")
    parser.add_argument("--sipp-cores", type=_cores, metavar="0,1", help="pin sipp and the audio peers to these cores")
    parser.add_argument("--json", metavar="FILE", help="write the figures there (default <data>/bench-NAME.json)")


def add_commands(parser, add_settings):
    """The sub-commands of `bench`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = ABOUT
    commands = parser.add_subparsers(dest="measurement", metavar="MEASUREMENT", required=True)

    def add(name, text, **flags):
        command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".",
                                      formatter_class=argparse.ArgumentDefaultsHelpFormatter)
        add_settings(command)
        add_flags(command)
        for flag, (default, about) in flags.items():
            flag = "--" + flag.replace("_", "-")
            if default is False:
                command.add_argument(flag, action="store_true", help=about)
            else:
                command.add_argument(flag, type=type(default), default=default, help=about)
        return command

    rate = "calls a second at the largest size"
    add("queue", "calls through a queue to an agent: success, INVITE to the bridged agent, CPU per 1,000 calls",
        rate=(40.0, rate), seconds=(20.0, "length of each size"), talk=(5.0, "seconds each call talks"),
        agents=(500, "agents, all ready"), number=("8001", "8001: answered when the agent has answered, so that the "
                                                   "answer tells of the bridge; 8000: answered at once"),
        rtp=(False, "with two-way audio, its loss and delay"), record=(False, "record every call (number 8002)"),
        search=(False, "search for the highest rate with 99.9 %% success"))
    add("ivr", "answer, a prompt of 2 s, one key, hang-up", rate=(40.0, rate), seconds=(20.0, "length of each size"))
    add("media", "concurrent two-way G.711 calls: loss, delay and jitter at the receivers, CPU a call and second",
        calls=(200, "calls at the largest size"), seconds=(15.0, "how long all of them talk"),
        record=(False, "record every call"), mix=(False, "the agent speaks µ-law, so that audio is decoded and mixed"))
    add("acd", "the router's core: decisions a second", agents=(10_000, "agents"), queues=(200, "queues"),
        skills=(100, "skills"), waiting=(50_000, "contacts that wait"), decisions=(500_000, "decisions that are timed"))
    add("bus", "events a second from the outbox to the effect at a subscriber, and their delay")
    add("serve", "leave the suite up for a load generator from outside, until Ctrl-C", agents=(500, "agents, all ready"))


MEASUREMENTS = {"queue": works.queue, "ivr": works.ivr, "media": works.media, "serve": works.serve,
                "acd": programs.acd, "bus": programs.bus}


def run(settings, options):
    """Runs one measurement; returns the exit code: 1 when a call failed."""
    settings.data.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    result = MEASUREMENTS[options.measurement](settings, options)
    if result is None:
        return 0
    path = options.json or settings.data / f"bench-{options.measurement}.json"
    with open(path, "w") as file:
        json.dump(result, file, indent=2)
    say(f"  took {time.monotonic() - began:.0f} s; figures in {path}")
    failed = [row for row in result.get("rows", []) if row.get("success", 1) < works.GOOD]
    if failed:
        raise Failure("calls failed, so the figures above say little")
    return 0
