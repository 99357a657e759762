"""Chats and a real call at one agent: capacity, what interrupts what, and a kill in the middle.

Needs TRUNKLINE_SUITE. Chats are made by the API as their owner would; the call is made by a telephone."""
import json
import os
import pathlib
import signal
import sys
import tempfile
import unittest

from kit.phone import Phone, settle
from kit.processes import pid_of, wait_until_replaced
from kit.suite import ROOT, Refused, Suite
from kit.waiting import wait_until

NUMBER, QUEUE, CALLER, AGENT, OTHER = "96172", "media", "13500135000", "1001", "1002"
CHAT = {"medium": "test_chat", "slots": 3, "interrupted_by": {"voice": 2}, "wrap_up_limit": "60s", "time_to_accept": "60s",
        "rings_as": "chime"}
SETTINGS = {"queue_id": QUEUE, "media": ["test_chat"], "ring_limit": "20s", "wrap_up_limit": "1s"}


class MediaTest(unittest.TestCase):
    def setUp(self):
        self.suite = Suite()
        self.folder = tempfile.TemporaryDirectory(prefix="trunkline-media")
        self.addCleanup(self.folder.cleanup)
        self.suite.text("apply", ROOT / "deploy" / "demo" / "setup.json")
        self.suite.text("medium", "put", json.dumps(CHAT))
        self.suite.text("queue", "put", json.dumps(SETTINGS))
        self.suite.text("number", "put", json.dumps({"number": NUMBER, "application": "acd", "data": {"queue": QUEUE}}))
        self.caller = self.phone(CALLER, 620)
        self.agent_phone = self.phone(AGENT, 1000, password=f"demo-{AGENT}")
        for agent in self.suite.ask("agent", "list")["agents"]:
            if agent["state"] not in ("LOGGED_OUT", "AGENT_STATE_UNSPECIFIED"):
                self.suite.text("agent", "logout", agent["agent_id"])
        wait_until(lambda: self.suite.agent(AGENT)["phone_registered"], "the agent's phone is registered")
        self.suite.text("agent", "login", AGENT)
        self.suite.text("agent", "state", AGENT, "READY")
        self.before = self.chat_figures()

    def phone(self, name, tone, **options):
        phone = Phone(pathlib.Path(self.folder.name) / name, name, tone, self.suite.sip_port, **options)
        self.addCleanup(phone.stop)
        return phone

    # ---- words ----

    def chat(self, reference):
        made = self.suite.ask("task", "create", json.dumps(
            {"medium": "test_chat", "queue_id": QUEUE, "reference_id": reference, "from_address": f"{reference}@example.com",
             "data": {"subject": f"about {reference}"}}))
        return made["contact_id"]

    def served_chat(self, reference):
        contact = self.chat(reference)
        self.assertEqual(self.role(contact), "ACCEPT")
        self.suite.text("desk", "accept", AGENT, contact)
        self.assertEqual(self.role(contact), "SERVE")
        return contact

    def mine(self, agent=AGENT):
        return self.suite.ask("desk", "contacts", agent)

    def role(self, contact, agent=AGENT):
        return next((row["role"] for row in self.mine(agent).get("contacts", [])
                     if row["contact"]["contact_id"] == contact), None)

    def state(self, contact):
        return self.suite.ask("contact", "get", contact)["state"]

    def why_not(self, contact):
        agents = self.suite.ask("contact", "explain", contact)["agents"]
        return next((row["reason"], row["detail"]) for row in agents if row["agent_id"] == AGENT)

    def close(self, contact, agent=AGENT):
        """And end the wrap-up."""
        self.suite.text("desk", "close", agent, contact)
        self.assertEqual(self.role(contact, agent), "WRAP_UP")
        self.suite.text("desk", "close", agent, contact)
        self.assertIsNone(self.role(contact, agent))

    def chat_figures(self):
        for row in self.suite.ask("figures", "day", "--queue", QUEUE).get("media", []):
            if row["medium"] == "test_chat":
                return {name: int(row[name]) for name in ("offered", "answered", "abandoned", "handled_segments")}
        return {"offered": 0, "answered": 0, "abandoned": 0, "handled_segments": 0}

    def both_ways(self):
        return self.caller.hears_tone(1000) and self.agent_phone.hears_tone(620)

    # ---- the test ----

    def test_chats_and_a_call_share_an_agent_and_outlive_a_kill(self):
        first, second, third = (self.served_chat(name) for name in ("one", "two", "three"))
        self.assertEqual(self.suite.agent(AGENT)["state"], "READY", "his state is about the telephone")
        fourth = self.chat("four")
        self.assertEqual(self.state(fourth), "WAITING")
        self.assertEqual(self.why_not(fourth), ("CAPACITY", "test_chat 3 of 3"))
        self.suite.text("task", "end", fourth)

        self.caller.dial(NUMBER)
        call = wait_until(lambda: self.suite.contact_of(CALLER), "the call is known")["contact_id"]
        wait_until(lambda: self.why_not(call) == ("CAPACITY", "blocked by test_chat"), "three chats keep the call away")
        self.close(third)
        wait_until(self.both_ways, "two chats do not: two-way audio")
        roles = {row["contact"]["contact_id"]: row["role"] for row in self.mine()["contacts"]}
        self.assertEqual(roles, {call: "SERVE", first: "SERVE", second: "SERVE"})
        fifth = self.chat("five")
        self.assertEqual(self.why_not(fifth), ("CAPACITY", "blocked by voice"))

        pid = pid_of(self.suite, "acd")
        os.kill(pid, signal.SIGKILL)
        settle(1)
        self.assertTrue(self.both_ways(), "audio goes on while acd is away")
        wait_until_replaced(self.suite, "acd", pid)
        wait_until(lambda: {row["contact"]["contact_id"]: row["role"] for row in self.mine().get("contacts", [])} == roles,
                   "he has what he had")
        kept = self.suite.ask("contact", "get", first)
        self.assertEqual((kept["reference_id"], kept["data"]["subject"], kept["from_number"]),
                         ("one", "about one", "one@example.com"))
        self.assertEqual(self.state(fifth), "WAITING")

        self.caller.hang_up()
        wait_until(lambda: self.role(fifth) == "ACCEPT", "after the call and its wrap-up the chat comes")
        self.suite.text("desk", "decline", AGENT, fifth)
        self.assertEqual(self.suite.agent(AGENT)["state_reason"], "REJECTED")
        self.hand_over(fifth, second)
        self.close(first)
        wait_until(lambda: self.gained() == {"offered": 5, "answered": 4, "abandoned": 1, "handled_segments": 5},
                   "the figures of the medium are complete")
        self.check_timeline(first)

    def hand_over(self, fifth, second):
        """The declined chat goes to another agent, and one is given to him."""
        self.suite.text("agent", "login", OTHER)
        self.suite.text("agent", "state", OTHER, "READY")
        self.assertEqual(self.role(fifth, OTHER), "ACCEPT")
        self.suite.text("desk", "accept", OTHER, fifth)
        with self.assertRaisesRegex(Refused, "NO_CONTACT"):
            self.suite.text("desk", "give", OTHER, second, "--agent", AGENT)
        self.suite.text("desk", "give", AGENT, second, "--agent", OTHER)
        self.suite.text("desk", "accept", OTHER, second)
        self.assertIsNone(self.role(second))
        with self.assertRaisesRegex(Refused, "AGENT_BUSY"):
            self.suite.text("agent", "logout", OTHER)
        self.close(fifth, OTHER)
        self.close(second, OTHER)

    def gained(self):
        now = self.chat_figures()
        return {name: now[name] - self.before[name] for name in now}

    def check_timeline(self, contact):
        kinds = [entry["type"].rsplit(".", 1)[1] for entry in self.suite.timeline(contact)]
        for once in ("ContactQueued", "ContactOffered", "ContactDequeued", "AgentSegmentEnded", "WrapUpEnded",
                     "ContactClosed"):
            self.assertEqual(kinds.count(once), 1, f"{once} is in the timeline once: {kinds}")


if __name__ == "__main__":
    sys.exit(unittest.main())
