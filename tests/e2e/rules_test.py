"""A queue's rules with a real call: overflow by wait, closing time, and an agent whose desktop falls silent.

Needs TRUNKLINE_SUITE."""
import datetime
import json
import pathlib
import sys
import tempfile
import unittest

from kit.phone import Phone, settle
from kit.suite import ROOT, Suite
from kit.waiting import wait_until

NUMBER, QUEUE, OTHER, CALLER, AGENT = "96174", "rules", "rules_other", "13400134000", "1002"


class RulesTest(unittest.TestCase):
    def setUp(self):
        self.suite = Suite()
        self.folder = tempfile.TemporaryDirectory(prefix="trunkline-rules")
        self.addCleanup(self.folder.cleanup)
        self.suite.text("apply", ROOT / "deploy" / "demo" / "setup.json")
        self.queue(OTHER)
        self.suite.text("number", "put", json.dumps({"number": NUMBER, "application": "acd", "data": {"queue": QUEUE}}))
        self.caller = self.phone(CALLER, 620)
        self.agent_phone = self.phone(AGENT, 1000, password=f"demo-{AGENT}")
        for agent in self.suite.ask("agent", "list")["agents"]:
            if agent["state"] not in ("LOGGED_OUT", "AGENT_STATE_UNSPECIFIED"):
                self.suite.text("agent", "logout", agent["agent_id"])
        wait_until(lambda: self.suite.agent(AGENT)["phone_registered"], "the agent's phone is registered")
        self.suite.text("agent", "login", AGENT)
        self.suite.text("agent", "state", AGENT, "READY")

    def phone(self, name, tone, **options):
        phone = Phone(pathlib.Path(self.folder.name) / name, name, tone, self.suite.sip_port, **options)
        self.addCleanup(phone.stop)
        return phone

    def queue(self, name, **settings):
        self.suite.text("queue", "put", json.dumps({"queue_id": name, "wrap_up_limit": "0s", "language": "en"} | settings))

    def call(self):
        self.caller.dial(NUMBER)
        return wait_until(lambda: self.suite.contact_of(CALLER), "the call is known")["contact_id"]

    def left_by(self, contact):
        """The rule by which the contact left its first queue, and where it went."""
        def found():
            for entry in self.suite.timeline(contact):
                if entry["type"].endswith("ContactDequeued"):
                    return json.loads(entry["json"])
            return None

        event = wait_until(found, "the end of the stay is told")
        return event["outcome"], event.get("rule"), event.get("to_queue_id") or event.get("to_target")

    def test_a_caller_whom_nobody_here_can_serve_overflows_after_the_set_wait(self):
        self.queue(QUEUE, required_skills={"nobody-has-it": 1},
                   overflow_rules=[{"when": "WAITED", "limit": 2, "to": "QUEUE", "target": OTHER}])
        contact = self.call()
        wait_until(lambda: self.caller.hears_tone(1000) and self.agent_phone.hears_tone(620), "two-way audio there")
        self.assertEqual(self.left_by(contact), ("FLOW_OUT", "WAITED", OTHER))
        self.caller.hang_up()
        wait_until(lambda: self.suite.agent(AGENT)["state"] == "READY", "the agent is ready again")

    def test_at_closing_time_a_caller_is_told_and_let_go(self):
        far = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=3)).isoweekday()
        self.queue(QUEUE, opening_hours={"spans": [{"weekday": far, "from": "09:00", "to": "17:00"}]},
                   overflow_rules=[{"when": "CLOSED", "to": "HANG_UP", "announcement": "We are closed."}])
        contact = self.call()
        self.assertEqual(self.left_by(contact), ("FLOW_OUT", "CLOSED", "hang_up"))
        wait_until(lambda: self.suite.contact_of(CALLER) is None, "the suite hangs up after the announcement")
        self.assertEqual(self.suite.agent(AGENT)["state"], "READY", "no agent was bothered")

    def test_an_agent_whose_desktop_falls_silent_gets_no_call(self):
        self.queue(QUEUE)
        self.suite.text("agent", "seen", AGENT, "1s")
        wait_until(lambda: self.suite.agent(AGENT)["state_reason"] == "PRESENCE_LOST", "his absence is noticed", 5)
        contact = self.call()
        settle(1)
        self.assertEqual(self.suite.ask("contact", "get", contact)["state"], "WAITING")
        self.suite.text("agent", "state", AGENT, "READY")
        wait_until(lambda: self.caller.hears_tone(1000), "back again he has the call")
        self.caller.hang_up()
        wait_until(lambda: self.suite.agent(AGENT)["state"] == "READY", "the agent is ready again")


if __name__ == "__main__":
    sys.exit(unittest.main())
