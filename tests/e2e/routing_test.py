"""Who is calling decides who serves him, and when: account manager, VIP level, and the agent he had last.

Needs TRUNKLINE_SUITE. Real telephones; the customers' records are asked by the flow, and once they are silent."""
import json
import os
import pathlib
import signal
import sys
import tempfile
import unittest
import uuid

from kit.phone import Phone
from kit.processes import pid_of
from kit.suite import ROOT, Suite
from kit.waiting import wait_until

NUMBER, QUEUE, FLOW = "96171", "known", "known_callers"
FIRST, SECOND = "13700137001", "13700137002"
LI, WANG = "1001", "1002"
SETTINGS = {"queue_id": QUEUE, "ring_limit": "10s", "wrap_up_limit": "1s"}
# Two VIP levels are worth ten minutes of waiting each.
NODES = [
    {"id": "who", "look_up": {"last_agent_within": "3600s", "known": "pick_up", "unknown": "pick_up"}},
    {"id": "pick_up", "answer": {"next": "wait"}},
    {"id": "wait", "queue": {"queue": QUEUE, "failed": "bye"}},
    {"id": "bye", "hang_up": {}},
]


class RoutingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = Suite()
        cls.folder = tempfile.TemporaryDirectory(prefix="trunkline-routing")
        cls.phones = []
        cls.suite.text("apply", ROOT / "deploy" / "demo" / "setup.json")
        cls.suite.text("queue", "put", json.dumps(SETTINGS))
        cls.suite.text("flow", "publish", json.dumps({"name": FLOW, "language": "zh", "entry": "who", "nodes": NODES}))
        cls.suite.text("number", "put", json.dumps({"number": NUMBER, "application": "ivr", "data": {"flow": FLOW}}))
        cls.first, cls.second = cls.phone(FIRST, 620), cls.phone(SECOND, 820)
        for name, tone in ((LI, 1000), (WANG, 1400)):
            cls.phone(name, tone, password=f"demo-{name}")

    @classmethod
    def tearDownClass(cls):
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
        for agent in (LI, WANG):
            wait_until(lambda: self.suite.agent(agent)["phone_registered"], "the phone is registered")
            self.suite.text("agent", "login", agent)

    def end_calls(self):
        for call in self.suite.ask("call", "list")["calls"]:
            self.suite.text("call", "hangup", call["call_id"])
        for agent in (LI, WANG):
            self.wait_for_state(agent, "READY", "NOT_READY", "LOGGED_OUT")

    # ---- words ----

    def wait_for_state(self, agent, *states):
        wait_until(lambda: self.suite.agent(agent)["state"] in states, f"agent {agent} is {states}")

    def ready(self, *agents):
        """The one named first has been idle for longest."""
        for agent in agents:
            self.suite.text("agent", "state", agent, "READY")

    def customer(self, number, **facts):
        """A record of its own for each test; erased in the end."""
        created = self.suite.ask("customer", "create", json.dumps(
            {"request_id": str(uuid.uuid4()), "customer": {"name": "郑宏", **facts}, "numbers": [{"number": number}]}))
        self.addCleanup(self.suite.text, "customer", "erase", created["customer_id"], "test")

    def waiting(self, number):
        """The contact of a caller who stands in the queue."""
        def queued():
            call = self.suite.contact_of(number)
            return call if call and "ContactQueued" in self.kinds(call["contact_id"]) else None
        return wait_until(queued, f"{number} waits")["contact_id"]

    def kinds(self, contact):
        return [entry["type"].rsplit(".", 1)[1] for entry in self.suite.timeline(contact)]

    def facts(self, contact, kind):
        return [json.loads(entry["json"]) for entry in self.suite.timeline(contact) if entry["type"].endswith(f".{kind}")]

    def wanted_by(self, contact):
        return wait_until(lambda: self.facts(contact, "ContactOffered"), "the offer is told")[0].get("wanted_by", "")

    # ---- tests ----

    def test_a_big_customer_reaches_his_account_manager(self):
        self.customer(FIRST, manager_agent_id=WANG)
        self.ready(LI, WANG)
        self.first.dial(NUMBER)
        self.wait_for_state(WANG, "TALKING")
        self.assertEqual(self.wanted_by(self.suite.agent(WANG)["contact_id"]), "ACCOUNT_MANAGER")

    def test_a_vip_is_served_before_those_who_came_before_him(self):
        self.customer(SECOND, vip_level=2)
        self.first.dial(NUMBER)
        self.waiting(FIRST)
        self.second.dial(NUMBER)
        vip = self.waiting(SECOND)
        self.ready(LI)
        self.wait_for_state(LI, "TALKING")
        self.assertEqual(self.suite.agent(LI)["contact_id"], vip)

    def test_who_calls_again_reaches_the_agent_he_had(self):
        self.ready(WANG)
        self.first.dial(NUMBER)
        self.wait_for_state(WANG, "TALKING")
        self.end_calls()
        wait_until(lambda: self.suite.ask("customer", "routing", FIRST).get("last_agent_id") == WANG,
                   "the history knows who served him")
        self.suite.text("agent", "state", WANG, "NOT_READY")
        self.ready(LI, WANG)
        self.first.dial(NUMBER)
        self.wait_for_state(WANG, "TALKING")
        self.assertEqual(self.wanted_by(self.suite.agent(WANG)["contact_id"]), "LAST_AGENT")

    def test_silent_records_hold_nobody_up(self):
        silent = pid_of(self.suite, "customer")
        os.kill(silent, signal.SIGSTOP)
        self.addCleanup(os.kill, silent, signal.SIGCONT)
        self.ready(LI)
        self.first.dial(NUMBER)
        self.wait_for_state(LI, "TALKING")
        contact = self.suite.agent(LI)["contact_id"]
        left = wait_until(lambda: self.facts(contact, "NodeLeft"), "the node was left")[0]
        self.assertEqual((left["node_id"], left["exit"]), ("who", "unknown"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv, verbosity=2)
