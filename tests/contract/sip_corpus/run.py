#!/usr/bin/env python3
"""Sends torture messages to a SIP element, compares its answers with what they must be, and sees whether it still lives.

Usage: run.py --sipgun PROGRAM [--brief] [--linger SECONDS] HOST:PORT
The messages are ours (messages.py) and, where they are at hand, those of RFC 4475 and RFC 5118 (see README.md), with
expectations.tsv. They go over TCP, over TCP with every byte in a segment of its own, and over UDP.
"""
import argparse
import itertools
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import messages

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = pathlib.Path(os.environ.get("TRUNKLINE_SIP_CORPUS", HERE.parents[2].parent / "shared" / "sip-corpus"))
POLICY = {"180", "183", "200", "401", "403", "404", "488"}
WORDS = {"policy": POLICY, "dialog": POLICY | {"481"}}
# Over TCP first: its transactions end with their answers, those over UDP linger (RFC 3261, timers I and J).
TRANSPORTS = {"tcp": ["--tcp"], "tcp one byte": ["--tcp", "--one-byte"], "udp": ["--udp"]}
VIA = re.compile(rb"^(?:via|v)\s*:((?:.|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)


def read_answers(text):
    """The sets of statuses of the answers, one behind the other, in a field such as 400|501+close, and whether the
    stream must be closed."""
    words, _, close = text.partition("+")
    return [set().union(*(WORDS.get(word, {word}) for word in one.split("|"))) for one in words.split()], close == "close"


def read_expectations(path):
    """The answers by message name, over UDP and over TCP."""
    expectations = {}
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            name, udp, tcp = line.split("\t")
            expectations[name] = (read_answers(udp), read_answers(tcp))
    return expectations


def write_own(folder):
    """Our messages as files, and their expectations."""
    expectations = {}
    for message in messages.all_messages():
        (folder / f"{message.name}.dat").write_bytes(message.data)
        expectations[message.name] = (read_answers(message.udp), read_answers(message.tcp or message.udp))
    return sorted(folder.glob("*.dat")), expectations


def in_rounds(files):
    """The files so parted that no round has two of the same transaction (RFC 3261 section 17.2.3): within the lifetime of
    the first, the second is the first repeated."""
    rounds = []
    seen = {}
    for file in files:
        data = file.read_bytes()
        via = VIA.search(data)
        key = (data.split(b" ")[0], b"".join((via[1] if via else b"").split()))
        number = seen[key] = seen.get(key, -1) + 1
        rounds += [[] for _ in range(number + 1 - len(rounds))]
        rounds[number].append(file)
    return rounds


def judge(fields, expected, is_tcp):
    """What is wrong with one line of sipgun, or an empty list."""
    _, answer, end, sent, received, probe = fields
    answers, must_close = expected
    statuses = [line.split()[1] if line.startswith("SIP/2.0 ") else line for line in answer.split(" | ")]
    faults = []
    if any(status not in (allowed or ()) for status, allowed in itertools.zip_longest(statuses, answers)):
        faults.append(f"answered {answer!r}, expected {', then '.join('|'.join(sorted(each)) for each in answers)}")
    if is_tcp and must_close and end != "closed":
        faults.append("left the stream open")
    if "400" in statuses and int(received) > int(sent):
        faults.append(f"sent {received} bytes back for {sent}")
    if probe == "dead":
        faults.append("did not answer the next OPTIONS within 100 ms")
    return faults


def fire(arguments, name, files):
    """Sends the files over one transport; the lines of sipgun by message name."""
    host, _, port = arguments.address.rpartition(":")
    command = [arguments.sipgun, *TRANSPORTS[name], host, port, *map(str, files)]
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout
    return {pathlib.Path(line.split("\t")[0]).stem: line.split("\t") for line in output.splitlines()}


def run(arguments, name, files, expectations):
    """Sends the files over one transport, in rounds; returns how many passed and how many failed."""
    results = {}
    is_tcp = name != "udp"
    for number, part in enumerate(in_rounds(files)):
        if number and not is_tcp:
            time.sleep(arguments.linger)
        results |= fire(arguments, name, part)
    passed = 0
    for file in files:
        if file.stem not in expectations:
            faults = ["is not in expectations.tsv"]
        elif file.stem not in results:
            faults = ["was not sent"]
        else:
            faults = judge(results[file.stem], expectations[file.stem][is_tcp], is_tcp)
        passed += not faults
        for fault in faults:
            print(f"FAIL {name}: {file.stem} {fault}")
    return passed, len(files) - passed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sipgun", required=True, help="the sender, tests/tools/sipgun")
    parser.add_argument("--brief", action="store_true", help="leave out TCP with single bytes")
    parser.add_argument("--linger", type=float, default=33, help="how long the element remembers a transaction: 64 times "
                        "its T1, and 5 seconds at least (default: 33)")
    parser.add_argument("address", help="HOST:PORT of the SIP element, IPv4")
    arguments = parser.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        sets = {"ours": write_own(pathlib.Path(folder))}
        corpus = sorted(CORPUS.rglob("*.dat"))
        if corpus:
            sets["of the RFCs"] = corpus, read_expectations(HERE / "expectations.tsv")
        else:
            print(f"the messages of the RFCs are not at {CORPUS}; ours alone are sent")
        for (title, (files, expectations)), name in itertools.product(sets.items(), TRANSPORTS):
            if arguments.brief and name == "tcp one byte":
                continue
            started = time.monotonic()
            counts = run(arguments, name, files, expectations)
            passed, failed = passed + counts[0], failed + counts[1]
            print(f"{len(files)} messages {title} over {name}: {time.monotonic() - started:.0f} s", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
