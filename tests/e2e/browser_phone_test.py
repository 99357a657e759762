"""An agent's telephone in a real browser: a call of a real SIP telephone through queue and offer to the page and back.

Needs TRUNKLINE_SUITE, Chromium and node. Sound is proven at both ends by the other's tone; the call must survive a reload,
a new path of the network and 20 s without a page, and goes back to its queue when the page stays away."""
import pathlib
import sys
import tempfile
import time
import unittest

from kit.browser import Browser
from kit.phone import Phone, settle
from kit.suite import ROOT, Suite
from kit.waiting import wait_until

CALLER, IN_BROWSER, ON_DESK, QUEUE = "13700137000", "1001", "1002", "complaints"
CALLER_TONE, BROWSER_TONE, DESK_TONE = 620, 1000, 1400


class BrowserPhoneTest(unittest.TestCase):
    def setUp(self):
        self.suite = Suite()
        folder = tempfile.TemporaryDirectory(prefix="trunkline-browser")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.suite.text("apply", ROOT / "deploy" / "demo" / "setup.json")
        for agent in self.suite.ask("agent", "list")["agents"]:
            if agent["state"] not in ("LOGGED_OUT", "AGENT_STATE_UNSPECIFIED"):
                self.suite.text("agent", "logout", agent["agent_id"])
        self.caller = self.phone(CALLER, CALLER_TONE)
        browser = Browser(self.folder / "browser", self.suite, BROWSER_TONE)
        self.addCleanup(browser.stop)
        self.page = browser.page(IN_BROWSER)

    def phone(self, name, tone, **options):
        phone = Phone(self.folder / name, name, tone, self.suite.sip_port, **options)
        self.addCleanup(phone.stop)
        return phone

    def tell(self, text):
        print(f"  {text}", file=sys.stderr, flush=True)

    def both_hear(self):
        return self.caller.hears_tone(BROWSER_TONE) and self.page.hears_tone(CALLER_TONE)

    def await_talk(self, what, seconds=10):
        started = time.monotonic()
        wait_until(self.both_hear, what, seconds)
        return time.monotonic() - started

    def log_in(self, agent):
        wait_until(lambda: self.suite.agent(agent)["phone_registered"], f"the phone of {agent} is registered")
        self.suite.text("agent", "login", agent)
        self.suite.text("agent", "state", agent, "READY")

    def ring(self):
        self.caller.dial("96166")
        wait_until(lambda: self.suite.contact_of(CALLER), "the call is known")
        for _ in range(20):
            settle(1)
            self.caller.press("1")
            if self.page.legs("RINGING"):
                break
        return wait_until(lambda: self.page.legs("RINGING"), "the page rings")[0]

    def answer(self):
        leg = self.ring()
        self.assertEqual(leg["caller_number"], CALLER)
        self.assertEqual(leg["data"]["X-Trunkline-Contact-Id"], leg["contact_id"])
        self.page.call("AnswerLeg", leg_id=leg["leg_id"])
        self.tell(f"two-way audio {self.await_talk('two-way audio'):.2f} s after the answer")
        return leg["leg_id"]

    def assert_same_call(self, leg):
        self.assertEqual([up["leg_id"] for up in self.page.legs("UP")], [leg])

    def test_a_call_lives_through_everything_that_happens_to_its_page(self):
        self.page.open()
        wait_until(lambda: self.page.media() == "CONNECTED", "the page is connected")
        self.check_device()
        self.log_in(IN_BROWSER)
        leg = self.answer()
        self.check_session()
        self.check_keys()
        self.check_hold(leg)
        self.check_reload(leg)
        self.check_new_path(leg)
        self.check_absence(leg)
        self.check_loss()

    def check_device(self):
        self.page.call("SetEcho", on=True)
        wait_until(lambda: self.page.hears_tone(BROWSER_TONE), "the device check plays back what the microphone hears")
        self.page.call("SetEcho", on=False)
        wait_until(lambda: not self.page.hears_tone(BROWSER_TONE), "the echo ends")

    def check_session(self):
        told = wait_until(lambda: self.has_round_trip(self.page.evaluate("telephone.statistics()")),
                          "the page knows its round trip from our reports", 15)
        self.assertEqual(told["lost"], 0)
        self.tell(f"round trip {told['roundTrip'] * 1000:.0f} ms, {told['srtp']}")

    @staticmethod
    def has_round_trip(statistics):
        return statistics if statistics.get("roundTrip") is not None else None

    def check_keys(self):
        for keys, press in (("5", lambda: self.page.evaluate("telephone.insertDigits('5')")),
                            ("8", lambda: self.page.call("SendDigits", leg_id=self.page.legs("UP")[0]["leg_id"], digits="8"))):
            press()
            wait_until(lambda: self.caller.received_key(keys), f"the caller's telephone gets the key {keys}")
        self.await_talk("two-way audio after the keys")

    def check_hold(self, leg):
        self.page.call("HoldLeg", leg_id=leg)
        wait_until(lambda: self.suite.agent(IN_BROWSER)["state"] == "HELD", "the agent holds")
        wait_until(lambda: not self.caller.hears_tone(BROWSER_TONE), "the caller does not hear the agent")
        self.assertTrue(self.page.legs("UP")[0]["held"])
        settle(1)
        self.assertFalse(self.page.hears_tone(CALLER_TONE))
        self.page.call("ResumeLeg", leg_id=leg)
        self.await_talk("two-way audio after the hold")

    def come_back(self, what):
        """Loads the page; the seconds until both hear each other, the caller by sound that is all of the new page."""
        started = time.monotonic()
        self.page.open()
        wait_until(lambda: self.page.hears_tone(CALLER_TONE), f"the page hears the caller {what}", 10)
        took = time.monotonic() - started
        heard = self.caller.heard_seconds()
        wait_until(lambda: self.caller.heard_seconds() > heard + 1, "more sound for the caller")
        wait_until(self.both_hear, f"two-way audio {what}", 5)
        self.assertLess(took, 5)
        return took

    def check_reload(self, leg):
        self.tell(f"reloaded: two-way audio after {self.come_back('after the reload'):.2f} s")
        self.assert_same_call(leg)

    def check_new_path(self, leg):
        self.page.evaluate("telephone.restartIce()")
        settle(1)
        self.await_talk("two-way audio after the ICE restart")
        self.assert_same_call(leg)

    def check_absence(self, leg):
        self.page.close()
        settle(20)
        self.assertEqual(self.suite.agent(IN_BROWSER)["state"], "TALKING")
        self.tell(f"20 s without a page: two-way audio {self.come_back('after the absence'):.2f} s after it is back")
        self.assert_same_call(leg)

    def check_loss(self):
        desk = self.phone(ON_DESK, DESK_TONE, password=f"demo-{ON_DESK}")
        contact = self.suite.contact_of(CALLER)["contact_id"]
        self.page.close()
        closed = time.monotonic()
        self.log_in(ON_DESK)
        wait_until(lambda: self.suite.agent(ON_DESK)["state"] == "TALKING", "another agent takes the call", 40)
        self.tell(f"{time.monotonic() - closed:.1f} s after the page left for good another agent talks")
        self.assertEqual(self.suite.agent(ON_DESK)["contact_id"], contact)
        wait_until(lambda: desk.hears_tone(CALLER_TONE) and self.caller.hears_tone(DESK_TONE), "two-way audio with him")
        wait_until(lambda: not self.suite.agent(IN_BROWSER)["phone_registered"], "the phone without a page is unregistered")
        self.assertEqual(self.suite.agent(IN_BROWSER)["state"], "NOT_READY")


if __name__ == "__main__":
    unittest.main(verbosity=2)
