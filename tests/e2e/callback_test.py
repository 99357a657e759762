"""Being called back with real telephones: a caller who waits presses a key and hangs up, and is called in his turn.

Needs TRUNKLINE_SUITE. acd is killed with SIGKILL while the caller is away; the place is kept all the same."""
import json
import os
import pathlib
import signal
import sys
import tempfile
import unittest

from kit import audio
from kit.front import Front
from kit.phone import Phone, settle
from kit.processes import pid_of, wait_until_replaced
from kit.suite import ROOT, Suite
from kit.waiting import wait_until

NUMBER, QUEUE, CALLER, OTHER, AGENT = "96171", "callback", "13500135000", "13400134000", "1001"
HOURS = {"spans": [{"weekday": day, "from": "00:00", "to": "24:00"} for day in range(1, 8)]}
SETTINGS = {"queue_id": QUEUE, "ring_limit": "20s", "wrap_up_limit": "1s", "recording": "wish", "language": "en",
            "outbound_trunk": "callback", "outbound_number": NUMBER, "keys": {"9": {"action": "CALLBACK"}},
            "callbacks": {"ring_limit": "20s", "retry_after": "2s", "hours": HOURS}}


class CallbackTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = Suite()
        cls.folder = tempfile.TemporaryDirectory(prefix="trunkline-callback")
        cls.phones = []
        cls.suite.text("apply", ROOT / "deploy" / "demo" / "setup.json")
        cls.suite.text("queue", "put", json.dumps(SETTINGS))
        cls.suite.text("number", "put", json.dumps({"number": NUMBER, "application": "acd", "data": {"queue": QUEUE}}))
        cls.caller, cls.other = cls.phone(CALLER, 620), cls.phone(OTHER, 830)
        cls.agent = cls.phone(AGENT, 1000, password=f"demo-{AGENT}")
        cls.front = Front(cls.caller.port, cls.suite.sip_port)
        cls.suite.text("trunk", "put", json.dumps({"name": "callback", "host": "127.0.0.1", "port": cls.front.port,
                                                   "transport": "udp"}))

    @classmethod
    def tearDownClass(cls):
        cls.front.stop()
        for phone in cls.phones:
            phone.stop()
        cls.folder.cleanup()

    @classmethod
    def phone(cls, name, tone, **options):
        phone = Phone(pathlib.Path(cls.folder.name) / name, name, tone, cls.suite.sip_port, **options)
        cls.phones.append(phone)
        return phone

    def setUp(self):
        self.addCleanup(self.end_calls)
        for agent in self.suite.ask("agent", "list")["agents"]:
            if agent["state"] not in ("LOGGED_OUT", "AGENT_STATE_UNSPECIFIED"):
                self.suite.text("agent", "logout", agent["agent_id"])
        wait_until(lambda: self.suite.agent(AGENT)["phone_registered"], "the agent's phone is registered")
        self.suite.text("agent", "login", AGENT)

    def end_calls(self):
        for callback in self.callbacks():
            self.suite.text("callback", "cancel", callback["callback_id"])
        for call in self.suite.ask("call", "list")["calls"]:
            self.suite.text("call", "hangup", call["call_id"])
        wait_until(lambda: self.suite.agent(AGENT)["state"] in ("READY", "NOT_READY"), "the agent is free")

    # ---- words ----

    def callbacks(self, *more):
        return self.suite.ask("callback", "list", "--queue", QUEUE, *more)["callbacks"]

    def only_callback(self, state):
        found = self.callbacks()
        return found[0] if len(found) == 1 and found[0]["state"] == state else None

    def place_of(self, number):
        for contact in self.suite.ask("contact", "list", "--queue", QUEUE)["contacts"]:
            if contact["from_number"] == number and contact["state"] == "WAITING":
                return contact["place"]
        return 0

    def ask_to_be_called_back(self):
        """The caller waits before somebody else, presses the keys, and the suite hangs up."""
        self.caller.dial(NUMBER)
        wait_until(lambda: self.place_of(CALLER) == 1, "the caller waits")
        contact = self.suite.contact_of(CALLER)["contact_id"]
        self.other.dial(NUMBER)
        wait_until(lambda: self.place_of(OTHER) == 2, "another one waits behind him")
        for key in ("9", "1"):
            settle(1)
            self.caller.press(key)
        callback = wait_until(lambda: self.only_callback("WAITING"), "the callback waits")
        self.assertEqual(callback["callback_id"], contact)
        self.assertEqual(callback["number"], "135****5000")
        wait_until(lambda: self.suite.contact_of(CALLER) is None, "the caller's call is over", 20)
        self.assertEqual((self.place_of(CALLER), self.place_of(OTHER)), (1, 2))
        return contact

    def wait_for_call_back(self, calls_before):
        wait_until(lambda: len(self.caller.messages("INVITE sip:")) > calls_before, "the caller's phone rings")
        settle(1)

    def rung(self):
        return len(self.caller.messages("INVITE sip:"))

    # ---- tests ----

    def test_the_caller_is_called_back_in_his_place_though_acd_died_meanwhile(self):
        before = self.suite.figures(QUEUE)
        asked = self.ask_to_be_called_back()
        pid = pid_of(self.suite, "acd")
        os.kill(pid, signal.SIGKILL)
        wait_until_replaced(self.suite, "acd", pid)
        wait_until(lambda: self.place_of(CALLER) == 1 and self.place_of(OTHER) == 2, "both have their places")
        self.assertEqual(self.suite.ask("contact", "explain", asked)["state"], "ALL_AWAY")

        rung = self.rung()
        self.suite.text("agent", "state", AGENT, "READY")
        self.wait_for_call_back(rung)
        invite = self.caller.messages("INVITE sip:")[-1]
        self.assertRegex(invite, rf"(?m)^From: .*<sip:{NUMBER}@", "he sees the number he had called")
        self.assertEqual(self.suite.agent(AGENT)["state"], "RESERVED", "answering is not enough")
        self.assertFalse(audio.contains(self.caller.heard(0.5), self.agent.tone))
        self.caller.press("1")
        wait_until(lambda: self.caller.hears_tone(self.agent.tone) and self.agent.hears_tone(self.caller.tone),
                   "two-way audio")
        call = self.suite.agent(AGENT)["contact_id"]
        data = self.suite.ask("contact", "get", call)["data"]
        self.assertEqual((data["medium"], data["callback_id"]), ("callback", asked))
        self.caller.hang_up()
        wait_until(lambda: self.suite.agent(AGENT)["state"] != "TALKING", "the talk is over")

        def counted(name):
            return int(self.suite.figures(QUEUE)[name]) - int(before.get(name, 0))

        wait_until(lambda: counted("callbacks_connected") == 1, "the figures know it")
        self.assertEqual((counted("callbacks"), counted("abandoned")), (1, 0))
        kinds = [entry["type"].rsplit(".", 1)[1] for entry in self.suite.timeline(asked)]
        self.assertEqual((kinds.count("CallbackRequested"), kinds.count("CallbackEnded")), (1, 1), kinds)

    def test_a_mailbox_gets_no_agent_and_who_calls_again_has_his_place(self):
        self.ask_to_be_called_back()
        rung = self.rung()
        self.suite.text("agent", "state", AGENT, "READY")
        self.wait_for_call_back(rung)
        self.suite.text("agent", "state", AGENT, "NOT_READY")
        self.caller.hang_up()
        wait_until(lambda: any(each["last_result"] == "NOT_CONFIRMED" for each in self.callbacks()),
                   "nobody pressed a key")
        wait_until(lambda: self.only_callback("WAITING"), "the next try waits for its turn")
        self.assertEqual(self.place_of(CALLER), 1)
        self.caller.dial(NUMBER)
        wait_until(lambda: not self.callbacks(), "his new call replaces the callback")
        self.assertEqual((self.place_of(CALLER), self.place_of(OTHER)), (1, 2), "with its place")
        self.assertEqual(self.callbacks("--with-done", "true")[-1]["result"], "CALLED_AGAIN")


if __name__ == "__main__":
    sys.exit(unittest.main())
