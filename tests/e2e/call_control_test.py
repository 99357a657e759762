"""Call control with real telephones: who hears whom is told by the tones that arrive at each of them.

Needs TRUNKLINE_SUITE. Consultations with complete, swap and return, conferences, supervisors, park and pick up, moving,
dialling out; acd is killed with SIGKILL in the middle of a consultation and of a conference."""
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
from kit.suite import ROOT, Refused, Suite
from kit.waiting import wait_until

NUMBER, QUEUE, CALLER, MOBILE = "96170", "desk", "13700137000", "13600136000"
LI, WANG, ZHAO = "1001", "1002", "1003"
SETTINGS = {"queue_id": QUEUE, "ring_limit": "10s", "wrap_up_limit": "1s", "recording": "wish",
            "outbound_trunk": "mobile", "outbound_number": NUMBER}


class CallControlTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = Suite()
        cls.folder = tempfile.TemporaryDirectory(prefix="trunkline-desk")
        cls.phones = []
        cls.suite.text("apply", ROOT / "deploy" / "demo" / "setup.json")
        cls.suite.text("queue", "put", json.dumps(SETTINGS))
        cls.suite.text("number", "put", json.dumps({"number": NUMBER, "application": "acd", "data": {"queue": QUEUE}}))
        cls.caller = cls.phone(CALLER, 620)
        cls.li, cls.wang, cls.zhao = (cls.phone(name, tone, password=f"demo-{name}")
                                      for name, tone in ((LI, 1000), (WANG, 1400), (ZHAO, 1900)))
        cls.mobile = cls.phone(MOBILE, 2300)
        cls.front = Front(cls.mobile.port, cls.suite.sip_port)
        cls.suite.text("trunk", "put", json.dumps({"name": "mobile", "host": "127.0.0.1", "port": cls.front.port,
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
        self.addCleanup(self.end_call)
        for agent in self.suite.ask("agent", "list")["agents"]:
            if agent["state"] not in ("LOGGED_OUT", "AGENT_STATE_UNSPECIFIED"):
                self.suite.text("agent", "logout", agent["agent_id"])
        for agent in (LI, WANG, ZHAO):
            wait_until(lambda: self.suite.agent(agent)["phone_registered"], "the phone is registered")
            self.suite.text("agent", "login", agent)

    def end_call(self):
        for call in self.suite.ask("call", "list")["calls"]:
            self.suite.text("call", "hangup", call["call_id"])
        for agent in (LI, WANG, ZHAO):
            self.wait_for_state(agent, "READY", "NOT_READY", "LOGGED_OUT")

    # ---- words ----

    def desk(self, verb, agent, *arguments):
        return self.suite.ask("desk", verb, agent, *arguments)

    def wait_for_state(self, agent, *states):
        wait_until(lambda: self.suite.agent(agent)["state"] in states, f"agent {agent} is {states}")

    def talk_with_li(self):
        """A customer calls, Li answers; Wang becomes ready."""
        self.suite.text("agent", "state", LI, "READY")
        self.caller.dial(NUMBER)
        self.wait_for_state(LI, "TALKING")
        self.wait_for_talk(self.caller, self.li)
        self.suite.text("agent", "state", WANG, "READY")
        return self.suite.agent(LI)["contact_id"]

    def hears(self, listener, *speakers):
        window = listener.heard(0.4)
        return all(audio.contains(window, speaker.tone) for speaker in speakers)

    def wait_for_talk(self, *phones):
        """Each hears all others."""
        for phone in phones:
            others = [other for other in phones if other is not phone]
            wait_until(lambda: self.hears(phone, *others),
                       f"{phone.name} hears {[other.name for other in others]}", 8)

    def check_deaf(self, listener, *speakers):
        """Nothing of them arrives while a second passes."""
        settle(0.3)
        start = len(listener.heard())
        settle(1)
        self.check_silent(listener.heard()[start:], *speakers)

    def check_silent(self, heard, *speakers):
        size = audio.RATE // 10
        for at in range(0, len(heard) - size, size):
            for speaker in speakers:
                self.assertLess(audio.share(heard[at:at + size], speaker.tone), 0.05, f"{speaker.name} is heard")

    def missing(self, listener, start, tone):
        """Seconds since sample `start` in which the tone was away."""
        heard = listener.heard()[start:]
        size = audio.RATE // 10
        windows = [heard[at:at + size] for at in range(0, len(heard) - size, size)]
        return sum(0.1 for window in windows if not audio.contains(window, tone))

    def kill_acd(self):
        pid = pid_of(self.suite, "acd")
        os.kill(pid, signal.SIGKILL)
        return pid

    def kinds(self, contact):
        return [entry["type"].rsplit(".", 1)[1] for entry in self.suite.timeline(contact)]

    def recording_of(self, contact):
        stored = wait_until(lambda: [row for row in self.suite.ask("recording", "list", "--contact", contact)["recordings"]
                                     if row["state"] == "STORED"], "the recording is stored", 30)
        path = pathlib.Path(self.folder.name) / f"{contact}.wav"
        self.suite.text("recording", "download", stored[0]["recording_id"], path, "--actor", "test", "--reason", "desk")
        return audio.samples(path, channels=2)

    # ---- tests ----

    def test_consult_survives_the_death_of_acd_and_completes(self):
        contact = self.talk_with_li()
        self.desk("consult", LI, "--agent", WANG)
        self.wait_for_talk(self.li, self.wang)
        self.check_deaf(self.caller, self.li, self.wang)
        self.assertGreater(audio.loudness(self.caller.heard(0.5)), 2 * audio.SILENCE, "the customer hears music")
        invite = self.wang.messages("INVITE sip:")[-1]
        self.assertIn(f"x-trunkline-contact-id: {contact}", invite.lower(), "the attached data goes along")

        pid, start = self.kill_acd(), len(self.wang.heard())
        settle(2)
        wait_until_replaced(self.suite, "acd", pid)
        self.assertLess(self.missing(self.wang, start, self.li.tone), 0.35, "the consultation went on")
        stood = wait_until(lambda: self.desk("show", LI) if self.desk("show", LI)["consulting"] else None,
                           "the desk knows the consultation again")
        self.assertEqual([party["agent_id"] for party in stood["parties"]], [WANG])

        start = len(self.wang.heard())
        self.desk("complete", LI)
        self.wait_for_talk(self.caller, self.wang)
        self.assertEqual(self.suite.agent(WANG)["contact_id"], contact)
        self.wait_for_state(LI, "WRAP_UP", "READY")
        self.caller.hang_up()
        self.wait_for_state(WANG, "WRAP_UP", "READY")
        wait_until(lambda: self.kinds(contact).count("AgentSegmentEnded") == 2, "each agent's part is told once")
        self.assertEqual(self.kinds(contact).count("ContactTransferred"), 1)

    def test_swap_return_and_a_conference_that_survives_the_death_of_acd(self):
        self.talk_with_li()
        with self.assertRaisesRegex(Refused, "NOT_CONSULTING"):
            self.desk("swap", LI)
        self.desk("consult", LI, "--agent", WANG)
        self.wait_for_talk(self.li, self.wang)
        self.desk("swap", LI)
        self.wait_for_talk(self.caller, self.li)
        self.check_deaf(self.wang, self.li, self.caller)
        self.desk("swap", LI)
        self.wait_for_talk(self.li, self.wang)
        self.check_deaf(self.caller, self.li, self.wang)
        self.desk("return", LI)
        self.wait_for_talk(self.caller, self.li)
        self.wait_for_state(WANG, "READY")

        self.desk("consult", LI, "--agent", WANG)
        self.wait_for_talk(self.li, self.wang)
        self.desk("join", LI)
        self.wait_for_talk(self.caller, self.li, self.wang)
        self.desk("consult", LI, "--number", MOBILE)
        self.wait_for_talk(self.li, self.mobile)
        self.wait_for_talk(self.caller, self.wang)
        self.check_deaf(self.caller, self.mobile)
        self.desk("join", LI)
        self.wait_for_talk(self.caller, self.li, self.wang, self.mobile)

        pid, start = self.kill_acd(), len(self.caller.heard())
        settle(2)
        wait_until_replaced(self.suite, "acd", pid)
        self.assertLess(self.missing(self.caller, start, self.wang.tone), 0.35, "the conference went on")
        wait_until(lambda: len(self.desk("show", LI)["parties"]) == 2, "the desk knows the conference again")
        self.desk("mute", LI, "true")
        wait_until(lambda: not self.hears(self.caller, self.li), "a muted agent is not heard")
        self.desk("mute", LI, "false")
        self.wait_for_talk(self.caller, self.li, self.wang)
        self.desk("hangup", LI)
        self.wait_for_talk(self.caller, self.wang, self.mobile)
        self.assertEqual(self.desk("show", WANG)["owner_agent_id"], WANG, "the other agent has the contact now")

    def test_supervisor_switches_without_signalling_and_the_customer_never_hears_a_whisper(self):
        contact = self.talk_with_li()
        start = len(self.caller.heard())
        self.suite.text("supervise", "listen", LI, ZHAO)
        wait_until(lambda: self.hears(self.zhao, self.caller, self.li), "the supervisor hears both")
        self.assertTrue(self.desk("show", LI)["supervised"], "the agent sees that somebody listens")
        self.check_deaf(self.li, self.zhao)
        watched = (self.caller, self.li, self.zhao)
        invites = [len(phone.messages("INVITE sip:")) for phone in watched]
        self.suite.text("supervise", "whisper", LI, ZHAO)
        wait_until(lambda: self.hears(self.li, self.zhao, self.caller), "the agent hears the whisper")
        settle(1)
        whispered = len(self.caller.heard())
        self.check_silent(self.caller.heard()[start:whispered], self.zhao)
        self.suite.text("supervise", "barge", LI, ZHAO)
        self.wait_for_talk(self.caller, self.li, self.zhao)
        self.suite.text("supervise", "listen", LI, ZHAO)
        self.check_deaf(self.caller, self.zhao)
        self.assertLess(self.missing(self.caller, start, self.li.tone), 0.35, "no gap in what the customer heard")
        self.assertEqual([len(phone.messages("INVITE sip:")) for phone in watched], invites, "no re-INVITE")
        self.suite.text("supervise", "takeover", LI, ZHAO)
        self.wait_for_talk(self.caller, self.zhao)
        self.wait_for_state(LI, "WRAP_UP", "READY")
        self.assertEqual(self.suite.agent(ZHAO)["contact_id"], contact)
        self.caller.hang_up()
        self.wait_for_state(ZHAO, "NOT_READY")
        left, right = self.recording_of(contact)
        self.assertTrue(audio.stretches(right, self.zhao.tone), "what the supervisor said to the customer is recorded")
        self.check_silent(left, self.zhao)
        # Listening and whispering lasted more than three seconds; none of it is there.
        self.check_silent(right[:3 * audio.RATE], self.zhao)
        wait_until(lambda: self.kinds(contact).count("SupervisorActed") == 5, "each action is in the audit")

    def check_recorded_until_the_end(self, contact, agent):
        left, right = self.recording_of(contact)
        end = 2 * audio.RATE
        self.assertTrue(audio.contains(left[-end:-audio.RATE], self.caller.tone), "the customer is in the recording's end")
        self.assertTrue(audio.contains(right[-end:-audio.RATE], agent.tone), f"{agent.name} is in the recording's end")

    def test_complaint_mikopbx_1125_a_consultation_that_comes_to_nothing_does_not_stop_the_recording(self):
        contact = self.talk_with_li()
        self.desk("consult", LI, "--agent", WANG)
        self.wait_for_talk(self.li, self.wang)
        self.desk("return", LI)
        self.wait_for_talk(self.caller, self.li)
        settle(2.5)
        self.caller.hang_up()
        self.check_recorded_until_the_end(contact, self.li)

    def test_complaint_asterisk_507_after_a_blind_transfer_both_voices_are_recorded(self):
        contact = self.talk_with_li()
        self.desk("transfer", LI, "--agent", WANG)
        self.wait_for_talk(self.caller, self.wang)
        settle(2.5)
        self.caller.hang_up()
        self.check_recorded_until_the_end(contact, self.wang)

    def test_park_pick_up_and_move(self):
        contact = self.talk_with_li()
        self.desk("park", LI)
        self.wait_for_state(LI, "WRAP_UP", "READY")
        self.check_deaf(self.caller, self.li)
        self.desk("pickup", WANG, contact)
        self.wait_for_talk(self.caller, self.wang)
        self.desk("move", WANG, "--number", MOBILE)
        self.wait_for_talk(self.caller, self.mobile)
        wait_until(lambda: not self.hears(self.caller, self.wang), "the old phone is out")
        self.assertEqual(self.suite.agent(WANG)["state"], "TALKING")
        self.desk("hold", WANG)
        self.check_deaf(self.caller, self.mobile)
        self.desk("resume", WANG)
        self.wait_for_talk(self.caller, self.mobile)
        self.mobile.hang_up()
        wait_until(lambda: not self.suite.contact_of(CALLER), "the call is over")

    def test_an_agent_on_a_mobile_takes_the_call_by_pressing_1(self):
        zhao = self.suite.agent(ZHAO)
        settings = {name: zhao[name] for name in ("agent_id", "name", "phone", "skills")}
        self.suite.text("agent", "logout", ZHAO)
        self.addCleanup(self.suite.text, "agent", "put", json.dumps(settings))
        self.addCleanup(self.suite.text, "agent", "logout", ZHAO)
        endpoints = [{"phone": "nowhere"}, {"number": MOBILE, "confirms": True}]
        self.suite.text("agent", "put", json.dumps({**settings, "endpoints": endpoints}))
        self.suite.text("agent", "login", ZHAO)
        self.suite.text("agent", "state", ZHAO, "READY")
        rung = len(self.mobile.messages("INVITE sip:"))
        self.caller.dial(NUMBER)
        wait_until(lambda: len(self.mobile.messages("INVITE sip:")) > rung, "the mobile rings after the desk phone failed")
        settle(2)
        self.check_silent(self.mobile.heard(1), self.caller)
        self.assertEqual(self.suite.agent(ZHAO)["state"], "RESERVED", "picking up is not enough")
        self.mobile.press("1")
        self.wait_for_talk(self.caller, self.mobile)
        self.assertEqual(self.suite.agent(ZHAO)["state"], "TALKING")
        self.caller.hang_up()
        self.wait_for_state(ZHAO, "WRAP_UP", "READY")

    def test_dial_out_with_the_right_number_and_nobody_answering(self):
        self.desk("dial", LI, MOBILE, QUEUE)
        self.wait_for_talk(self.li, self.mobile)
        invite = self.mobile.messages("INVITE sip:")[-1]
        self.assertRegex(invite, rf"(?m)^From: .*<sip:{NUMBER}@", "the queue's number is shown")
        self.desk("keys", LI, "12#")
        self.desk("hangup", LI)
        self.wait_for_state(LI, "NOT_READY")
        with self.assertRaisesRegex(Refused, "NO_OUTBOUND"):
            self.desk("dial", LI, MOBILE, "complaints")
        with self.assertRaisesRegex(Refused, "INVALID_NUMBER"):
            self.desk("dial", LI, "sip:x@y", QUEUE)


if __name__ == "__main__":
    sys.exit(unittest.main())
