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
STEP = audio.RATE // 10


def set_up(suite):
    suite.text("apply", ROOT / "deploy" / "demo" / "setup.json")
    suite.text("customer", "import", ROOT / "deploy" / "demo" / "customers.csv")
    suite.text("queue", "put", json.dumps(SETTINGS))
    suite.text("number", "put", json.dumps({"number": NUMBER, "application": "acd", "data": {"queue": QUEUE}}))


def windows(samples):
    """Tenths of a second."""
    return [samples[at : at + STEP] for at in range(0, len(samples) - STEP + 1, STEP)]


class Caller:
    def __init__(self, suite, phone):
        self.suite, self.phone, self.mark_at = suite, phone, 0

    def dial(self, _):
        self.phone.dial(NUMBER)

    def hangup(self, _):
        self.phone.hang_up()

    def loudest(self, seconds):
        """The loudest tenth of the last seconds: beeps count, a silent line does not."""
        return max((audio.loudness(window) for window in windows(self.phone.heard(float(seconds)))), default=0.0)

    def share(self, hertz):
        """The largest share of a tone in any tenth of the last second."""
        return max((audio.share(window, float(hertz)) for window in windows(self.phone.heard(1))), default=0.0)

    def mark(self, _):
        self.mark_at = len(self.phone.heard())
        return len(self.phone.messages("INVITE sip:"))

    def since(self, hertz):
        """Since the mark: the largest share of this tone, and the seconds without it."""
        heard = windows(self.phone.heard()[self.mark_at :])
        shares = [audio.share(window, float(hertz)) for window in heard]
        return {"most": max(shares, default=0.0), "missing": sum(0.1 for share in shares if share < 0.15)}

    def invites(self, _):
        return len(self.phone.messages("INVITE sip:"))

    def contact(self, _):
        call = self.suite.contact_of(CALLER)
        return call["contact_id"] if call else None

    def acts(self, contact):
        """What supervisors did, as the audit has it: the time line of the contact."""
        return [json.loads(entry["json"]) for entry in self.suite.timeline(contact) if entry["type"].endswith("SupervisorActed")]

    def notes(self, contact):
        return self.suite.ask("contact", "notes", contact)["notes"]

    def kinds(self, contact):
        return [entry["type"] for entry in self.suite.timeline(contact)]

    def queues(self, _):
        return self.suite.ask("queue", "list")["queues"]

    def agent(self, agent):
        return self.suite.agent(agent)


def main():
    suite = Suite()
    set_up(suite)
    with tempfile.TemporaryDirectory(prefix="trunkline-caller") as folder:
        phone = Phone(pathlib.Path(folder) / "caller", CALLER, 620, suite.sip_port)
        caller = Caller(suite, phone)
        try:
            print(json.dumps(suite.facts), flush=True)
            for line in sys.stdin:
                word, _, argument = line.strip().partition(" ")
                print(json.dumps(getattr(caller, word)(argument)), flush=True)
        finally:
            phone.stop()


if __name__ == "__main__":
    main()
