#!/usr/bin/env python3
"""Plays sipp (Debian package sip-tester) against the program sipecho: run.py <path of sipecho> [name ...]."""
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from scenario import call, document, expect, hang_up, hung_up, jump, label, pause, provisional, reply, request, sdp, send, take

PORT, CALLER, CALLED = 27060, 27070, 27080  # of sipecho, of the sipp that calls, of the sipp that is called
NOTIFY = ("Event: refer", "Subscription-State: active;expires=60")
CHALLENGE = 'Digest realm="trunk", nonce="abc123", qop="auth", algorithm=MD5'


@dataclass
class Test:
    """One test: the arguments of sipecho, what the caller does, what the called side does."""

    name: str
    echo: list
    caller: list = field(default_factory=list)
    called: list = field(default_factory=list)
    calls: int = 10
    rate: int = 20
    sipp: list = field(default_factory=list)
    output: str = ""  # a line that sipecho must print


CANCEL = [send("CANCEL", branch="last"), expect(200)]
RSEQ = [("rseq", "RSeq", "[0-9]+")]
WAY = [("via", "Via", ".*"), ("cseq", "CSeq", ".*")]
TARGET = ["--target", f"127.0.0.1:{CALLED}"]

TESTS = [
    Test("call over UDP", [], [*call(), *hang_up()], calls=100, rate=100),
    Test("call over TCP", [], [*call(), *hang_up()], calls=100, rate=100, sipp=["-t", "t1"]),
    Test("hang-up by the called", ["--hang-up", "50"], [*call(), *hung_up()]),
    Test("CANCEL while it rings", ["--ring", "5000"],
         [send("INVITE", body=sdp()), expect(100, optional=True), expect(180), *CANCEL, expect(487),
          send("ACK", branch="last")], calls=100, rate=100),
    Test("CANCEL that races the answer, 600 calls", ["--ring", "1"],
         [send("INVITE", body=sdp()), expect(100, optional=True), expect(180), *CANCEL,
          expect(200, optional=True, go="1"), expect(487), send("ACK", branch="last"), jump("2"),
          label("1"), send("ACK"), *hang_up(), label("2")], calls=600, rate=100),
    Test("PRACK as called side", ["--early-media"],
         [send("INVITE", headers=["Supported: 100rel"], body=sdp()), expect(100, optional=True),
          expect(183, check=[("Require", "100rel")], keep=RSEQ),
          send("PRACK", 2, headers=["RAck: [$rseq] 1 INVITE"]), expect(200), expect(200), send("ACK"), *hang_up(3)]),
    Test("PRACK as caller", TARGET, [*call(), *hang_up()],
         [expect("INVITE", check=[("Supported", "100rel")], keep=WAY),
          reply("183 Progress", headers=["Require: 100rel", "RSeq: 7"], body=sdp(), to_tag=True),
          expect("PRACK", check=[("RAck", "7 1 INVITE")]), reply("200 OK"), pause(50),
          reply("200 OK", body=sdp(), retransmit=True, via="via", cseq="cseq"), expect("ACK"), *hung_up()]),
    Test("UPDATE holds", [],
         [*call(), send("UPDATE", 2, body=sdp("sendonly")), expect(200, check=[("body", "a=recvonly")]), *hang_up(3)]),
    Test("re-INVITE holds and resumes", [],
         [*call(), send("INVITE", 2, body=sdp("sendonly")), expect(100, optional=True),
          expect(200, check=[("body", "a=recvonly")]), send("ACK", 2),
          send("INVITE", 3, body=sdp()), expect(100, optional=True), expect(200, check=[("body", "a=sendrecv")]),
          send("ACK", 3), *hang_up(4)]),
    Test("re-INVITE from us", ["--change", "50"],
         [*call(), expect("INVITE", check=[("body", "a=sendonly")]),
          reply("200 OK", body=sdp("recvonly"), retransmit=True), expect("ACK"), *hang_up()], output="changed 200"),
    Test("UPDATE from us is refused and the call goes on", ["--change", "50", "--update"],
         [*call(), expect("UPDATE"), reply("488 Not Acceptable Here"), *hang_up()], output="changed 488"),
    Test("session timer refreshed by re-INVITE", [],
         [*call(headers=["Supported: timer", "Session-Expires: 600;refresher=uac"]),
          send("INVITE", 2, headers=["Supported: timer", "Session-Expires: 600;refresher=uac"], body=sdp()),
          expect(100, optional=True), expect(200, check=[("Session-Expires", "600;refresher=uac")]), send("ACK", 2),
          *hang_up(3)]),
    Test("session timer that is too small", [],
         [send("INVITE", headers=["Supported: timer", "Session-Expires: 30"], body=sdp()), expect(100, optional=True),
          expect(422, check=[("Min-SE", "90")]), send("ACK", branch="last")]),
    Test("digest as called side", ["--demand", "ann:secret"],
         [send("INVITE", body=sdp()), expect(100, optional=True), expect(401, auth=True), send("ACK", branch="last"),
          send("INVITE", 2, headers=["[authentication username=ann password=secret]"], body=sdp(), branch="auth"),
          *provisional(), expect(200), send("ACK", 2), *hang_up(3)]),
    Test("REGISTER with digest as registrar", ["--demand", "ann:secret"],
         [send("REGISTER"), expect(401, auth=True),
          send("REGISTER", 2, headers=["Expires: 300", "[authentication username=ann password=secret]"]),
          expect(200, check=[("Contact", "expires=300")])], calls=1),
    Test("digest as caller", [*TARGET, "--account", "line:secret:trunk"], [*call(), *hang_up()],
         [expect("INVITE"), reply("407 Prove", headers=[f"Proxy-Authenticate: {CHALLENGE}"], to_tag=True),
          expect("ACK"), expect("INVITE", check=[("Proxy-Authorization", "response=")]),
          reply("200 OK", body=sdp(), to_tag=True, retransmit=True), expect("ACK"), *hung_up()]),
    Test("REGISTER with digest as client",
         ["--registrar", f"127.0.0.1:{CALLED}", "--account", "line:secret:trunk"], [],
         [expect("REGISTER"), reply("401 Prove", headers=[f"WWW-Authenticate: {CHALLENGE}"], to_tag=True),
          expect("REGISTER", check=[("Authorization", "response=")]),
          reply("200 OK", headers=["Expires: 600"], to_tag=True)], calls=1, output="registration 200"),
    Test("blind REFER asked of us", [],
         [*call(), send("REFER", 2, headers=["Refer-To: <sip:carol@127.0.0.1:9>"]), expect(202),
          expect("NOTIFY", check=[("body", "SIP/2.0 100")]), reply("200 OK"),
          expect("NOTIFY", check=[("Subscription-State", "terminated")]), reply("200 OK"), *hang_up(3)],
         output="refer sip:carol@127.0.0.1:9"),
    Test("REFER from us", ["--refer", "<sip:carol@127.0.0.1:9>"],
         [*call(), expect("REFER", check=[("Refer-To", "sip:carol")]), reply("202 Accepted"),
          request("NOTIFY", 2, headers=NOTIFY, body="SIP/2.0 180 Ringing\n"), expect(200),
          request("NOTIFY", 3, headers=["Event: refer", "Subscription-State: terminated;reason=noresource"],
                  body="SIP/2.0 200 OK\n"), expect(200), *hung_up()], output="refer progress 200 final"),
    Test("two legs connected", TARGET, [*call(), pause(50), *hang_up()], [*take(), *hung_up()], calls=100, rate=50),
]


def start_sipp(folder, name, test, extra):
    caller = name == "caller"
    path, port = folder / f"{name}.xml", CALLER if caller else CALLED
    path.write_text(document(name, test.caller if caller else test.called))
    command = ["sipp", "-sf", str(path), "-i", "127.0.0.1", "-p", str(port), "-m", str(test.calls), "-nostdin",
               "-trace_err", "-error_file", str(folder / f"{name}.err"), "-timeout", "40s", *extra]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def stop(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def play(test, program, folder):
    """The reasons why the test failed, empty when it passed."""
    faults, parties = [], []
    log = folder / "echo.log"
    if test.called:
        parties.append(("called", start_sipp(folder, "called", test, [])))
    with log.open("w") as out:
        echo = subprocess.Popen([program, "--port", str(PORT), *test.echo], stdout=out, stderr=subprocess.STDOUT)
    limit = time.monotonic() + 5
    while "ready" not in log.read_text() and time.monotonic() < limit:
        time.sleep(0.02)
    if test.caller:
        extra = ["-r", str(test.rate), *test.sipp, f"127.0.0.1:{PORT}"]
        parties.append(("caller", start_sipp(folder, "caller", test, extra)))
    for name, party in parties:
        try:
            if party.wait(60) != 0:
                faults.append(f"sipp as {name} ended with {party.returncode}")
        except subprocess.TimeoutExpired:
            stop(party)
            faults.append(f"sipp as {name} did not end")
    time.sleep(0.3)  # the last BYE of the other leg
    stop(echo)
    text = log.read_text()
    if " open 0 " not in text:
        faults.append("calls were left over, or sipecho died")
    if test.output and test.output not in text:
        faults.append(f"'{test.output}' was not printed")
    for error in folder.glob("*.err"):
        faults.append(error.read_text()[:1500])
    if faults:
        faults.append(text[-600:])
    return faults


def main():
    if len(sys.argv) < 2 or shutil.which("sipp") is None:
        sys.exit("usage: run.py <path of sipecho> [name ...]; the program sipp must be installed (package sip-tester)")
    wanted = sys.argv[2:]
    passed = failed = 0
    for test in TESTS:
        if wanted and not any(word in test.name for word in wanted):
            continue
        with tempfile.TemporaryDirectory(prefix="sip-e2e-") as folder:
            faults = play(test, sys.argv[1], Path(folder))
        passed, failed = passed + (not faults), failed + bool(faults)
        print(("ok      " if not faults else "FAILED  ") + test.name, flush=True)
        for fault in faults:
            print("        " + fault.replace("\n", "\n        "))
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
