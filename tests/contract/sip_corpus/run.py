#!/usr/bin/env python3
"""Sends every torture message of a corpus to a SIP element and compares its answers with expectations.tsv.

Usage: run.py --sipgun PROGRAM HOST:PORT [CORPUS]
Sends over UDP, over TCP, and over TCP with every byte in a segment of its own. The corpus is a folder of *.dat files,
by default ../shared/sip-corpus beside the project.
"""
import argparse
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
DEFAULT_CORPUS = HERE.parents[2].parent / "shared" / "sip-corpus"
POLICY = {"180", "183", "200", "401", "403", "404", "488"}
# The element takes the same message for a repeated one while its transaction lingers (RFC 3261, timers H and J).
LINGER_SECONDS = 33
WORDS = {"policy": POLICY, "dialog": POLICY | {"481"}}
TRANSPORTS = {"udp": ["--udp"], "tcp": ["--tcp"], "tcp one byte": ["--tcp", "--one-byte"]}


def read_answers(text):
    """The set of statuses in a field such as 400|501+close, and whether the stream must be closed."""
    words, _, close = text.partition("+")
    answers = set()
    for word in words.split("|"):
        answers |= WORDS.get(word, {word})
    return answers, close == "close"


def read_expectations(path):
    """The answers by message name, over UDP and over TCP."""
    expectations = {}
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            name, udp, tcp = line.split("\t")
            expectations[name] = (read_answers(udp), read_answers(tcp))
    return expectations


def judge(fields, expected, is_tcp):
    """What is wrong with one line of sipgun, or an empty list."""
    _, answer, end, sent, received, probe = fields
    answers, must_close = expected
    status = answer.split()[1] if answer.startswith("SIP/2.0 ") else answer
    faults = []
    if status not in answers:
        faults.append(f"answered {answer!r}, expected {'|'.join(sorted(answers))}")
    if is_tcp and must_close and end != "closed":
        faults.append("left the stream open")
    if status == "400" and int(received) > int(sent):
        faults.append(f"sent {received} bytes back for {sent}")
    if probe == "dead":
        faults.append("did not answer the next OPTIONS within 100 ms")
    return faults


def run_transport(arguments, name, files, expectations):
    """Sends all files over one transport; returns how many passed and how many failed."""
    host, _, port = arguments.address.rpartition(":")
    command = [arguments.sipgun, *TRANSPORTS[name], host, port, *map(str, files)]
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout
    results = {pathlib.Path(line.split("\t")[0]).stem: line.split("\t") for line in output.splitlines()}
    passed = 0
    is_tcp = name != "udp"
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
    parser.add_argument("address", help="HOST:PORT of the SIP element, IPv4")
    parser.add_argument("corpus", nargs="?", type=pathlib.Path, default=DEFAULT_CORPUS)
    arguments = parser.parse_args()
    files = sorted(arguments.corpus.rglob("*.dat"))
    if not files:
        print(f"SKIPPED: no corpus at {arguments.corpus}; the torture messages are not part of this project")
        return 0
    expectations = read_expectations(HERE / "expectations.tsv")
    passed = failed = 0
    for number, name in enumerate(TRANSPORTS):
        if number:
            time.sleep(LINGER_SECONDS)
        transport_passed, transport_failed = run_transport(arguments, name, files, expectations)
        passed += transport_passed
        failed += transport_failed
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
