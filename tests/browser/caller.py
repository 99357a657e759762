"""A customer's telephone for the browser tests: a real baresip, told what to do by lines on standard input, one JSON answer each.

Needs TRUNKLINE_SUITE. It first sets up the demo's people and a queue with a number of its own."""
import json
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
from kit import audio  # noqa: E402
from kit.phone import Phone  # noqa: E402
from kit.suite import ROOT, Suite  # noqa: E402

NUMBER, QUEUE, CALLER = "96171", "browser", "13700137001"
SETTINGS = {"queue_id": QUEUE, "title": "浏览器", "ring_limit": "20s", "wrap_up_limit": "60s", "recording": "wish"}


def set_up(suite):
    suite.text("apply", ROOT / "deploy" / "demo" / "setup.json")
    suite.text("queue", "put", json.dumps(SETTINGS))
    suite.text("number", "put", json.dumps({"number": NUMBER, "application": "acd", "data": {"queue": QUEUE}}))


def loudest(phone, seconds):
    """The loudest tenth of a second of the last ones: beeps count, a silent line does not."""
    heard, size = phone.heard(seconds), audio.RATE // 10
    return max((audio.loudness(heard[at : at + size]) for at in range(0, len(heard) - size + 1, size)), default=0.0)


def obey(phone, word, argument):
    if word == "dial":
        phone.dial(NUMBER)
    elif word == "hangup":
        phone.hang_up()
    elif word == "loudest":
        return loudest(phone, float(argument))
    return True


def main():
    suite = Suite()
    set_up(suite)
    with tempfile.TemporaryDirectory(prefix="trunkline-caller") as folder:
        phone = Phone(pathlib.Path(folder) / "caller", CALLER, 620, suite.sip_port)
        try:
            print(json.dumps(suite.facts), flush=True)
            for line in sys.stdin:
                word, _, argument = line.strip().partition(" ")
                print(json.dumps(obey(phone, word, argument)), flush=True)
        finally:
            phone.stop()


if __name__ == "__main__":
    main()
