"""kill -9 of every service but trunk, one after the other, while a call is up.

Needs TRUNKLINE_SUITE. The audio goes on in both directions while each is away, the supervisor brings it back, and at the
end the timeline, the recording and the figures are complete."""
import os
import pathlib
import signal
import sys
import tempfile
import unittest

from kit import audio
from kit.phone import Phone, settle
from kit.processes import pid_of, wait_until_replaced
from kit.suite import ROOT, Suite
from kit.waiting import wait_until

CALLER, AGENT, QUEUE = "13900139000", "1001", "complaints"
CALLER_TONE, AGENT_TONE = 620, 1000
VICTIMS = ("acd", "ivr", "recording", "workorder", "reporting", "customer", "identity", "web", "knowledge")


class KillTest(unittest.TestCase):
    def setUp(self):
        self.suite = Suite()
        self.folder = tempfile.TemporaryDirectory(prefix="trunkline-kill")
        self.addCleanup(self.folder.cleanup)
        self.suite.text("apply", ROOT / "deploy" / "demo" / "setup.json")
        self.agent_phone = self.phone(AGENT, AGENT_TONE, password=f"demo-{AGENT}")
        self.caller = self.phone(CALLER, CALLER_TONE)
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

    def both_ways(self):
        return self.caller.hears_tone(AGENT_TONE) and self.agent_phone.hears_tone(CALLER_TONE)

    def reach_the_agent(self):
        self.caller.dial("96166")
        call = wait_until(lambda: self.suite.contact_of(CALLER), "the call is known")
        for _ in range(20):
            settle(1)
            self.caller.press("1")
            if self.suite.agent(AGENT)["state"] in ("RESERVED", "TALKING"):
                break
        wait_until(self.both_ways, "two-way audio")
        return call["contact_id"]

    def test_no_call_notices_that_a_service_dies(self):
        before = self.suite.figures(QUEUE)
        contact = self.reach_the_agent()
        started = self.caller.heard_seconds()
        for name in VICTIMS:
            with self.subTest(killed=name):
                pid = pid_of(self.suite, name)
                os.kill(pid, signal.SIGKILL)
                for _ in range(3):
                    settle(0.7)
                    self.assertTrue(self.both_ways(), f"audio goes on in both directions while {name} is away")
                wait_until_replaced(self.suite, name, pid)
        self.assertEqual(self.suite.agent(AGENT)["state"], "TALKING")
        heard = self.caller.heard()[int(started * audio.RATE):]
        missing = len(heard) / audio.RATE - sum(end - start for start, end in audio.stretches(heard, AGENT_TONE))
        self.assertLess(missing, 0.5, "the caller heard the agent without a break")
        self.caller.hang_up()
        self.check_what_is_left(contact, before)

    def check_what_is_left(self, contact, before):
        wait_until(lambda: self.suite.agent(AGENT)["state"] == "READY", "wrap-up ends", 15)
        stored = wait_until(lambda: [row for row in self.suite.ask("recording", "list", "--contact", contact)["recordings"]
                                     if row["state"] == "STORED"], "the recording is stored", 30)
        self.assertEqual(len(stored), 1)
        path = pathlib.Path(self.folder.name) / "recording.wav"
        self.suite.text("recording", "download", stored[0]["recording_id"], path, "--actor", "test", "--reason", "kill")
        left, right = audio.samples(path, channels=2)
        for channel, tone in ((left, CALLER_TONE), (right, AGENT_TONE)):
            self.assertGreater(sum(end - start for start, end in audio.stretches(channel, tone)),
                               len(channel) / audio.RATE - 1.5, "the recording has no hole")

        def counted(name):
            return int(self.suite.figures(QUEUE)[name]) - int(before[name])

        wait_until(lambda: counted("handled_segments") == 1, "the figures are complete")
        self.assertEqual((counted("offered"), counted("answered")), (1, 1), "counted once")
        kinds = [entry["type"].rsplit(".", 1)[1] for entry in self.suite.timeline(contact)]
        for once in ("CallStarted", "CallAnswered", "FlowStarted", "ContactQueued", "ContactDequeued", "RecordingStored",
                     "AgentSegmentEnded", "WrapUpEnded", "CallEnded"):
            self.assertEqual(kinds.count(once), 1, f"{once} is in the timeline once: {kinds}")


if __name__ == "__main__":
    sys.exit(unittest.main())
