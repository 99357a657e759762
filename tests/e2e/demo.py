"""The main job, played with real SIP and real audio against a running suite, each step checked from outside.

Needs TRUNKLINE_SUITE (./trunkline demo sets it). What is checked came over the wire (SIP traces and sound of real
telephones) or out of the database through the suite's API; never from a log of the code under test."""
import datetime
import json
import pathlib
import shutil
import sys
import time

from kit import audio
from kit.calendar import due_date
from kit.phone import Phone, settle
from kit.suite import ROOT, Refused, Suite
from kit.waiting import Missed, check, wait_until

CALLER, HOTLINE, QUEUE = "13800138000", "96166", "complaints"
CALLER_TONE, LI_TONE, WANG_TONE = 620, 1000, 1400
LI, WANG, ZHAO = "1001", "1002", "1003"


class Demo:
    def __init__(self, suite, folder):
        self.suite, self.folder = suite, pathlib.Path(folder)
        self.began = time.monotonic()
        self.phones = []
        self.contact = self.call = None

    def tell(self, text):
        print(f"{time.monotonic() - self.began:7.2f} s  {text}", flush=True)

    def phone(self, name, tone, **options):
        phone = Phone(self.folder / name, name, tone, self.suite.sip_port, **options)
        self.phones.append(phone)
        return phone

    def stop(self):
        for phone in self.phones:
            phone.stop()

    def play(self):
        for step in (self.set_up, self.self_service, self.wait_in_queue, self.ring_agents, self.talk, self.hold,
                     self.transfer, self.hang_up, self.recording, self.work_order, self.figures):
            step()
        self.tell("everything was verified")

    # 0: who is there

    def set_up(self):
        self.suite.text("apply", ROOT / "deploy" / "demo" / "setup.json")
        self.suite.text("customer", "import", ROOT / "deploy" / "demo" / "customers.csv")
        self.suite.text("article", "load", ROOT / "deploy" / "demo" / "articles.json")
        self.before = self.suite.figures(QUEUE)
        self.li = self.phone(LI, LI_TONE, password=f"demo-{LI}")
        self.wang = self.phone(WANG, WANG_TONE, password=f"demo-{WANG}")
        self.zhao = self.phone(ZHAO, 700, password=f"demo-{ZHAO}", answers=False)
        self.caller = self.phone(CALLER, CALLER_TONE)
        for agent in (LI, WANG, ZHAO):
            wait_until(lambda: self.suite.agent(agent)["phone_registered"], f"agent {agent}'s phone is registered")
            if self.suite.agent(agent)["state"] != "LOGGED_OUT":
                self.suite.text("agent", "logout", agent)
            self.suite.text("agent", "login", agent)
        self.tell("three SIP phones are registered with digest, their agents logged in, not ready")

    # 1: the caller serves himself

    def self_service(self):
        self.caller.dial(HOTLINE)
        self.call = wait_until(lambda: self.suite.contact_of(CALLER), "the call is known")
        self.contact = self.call["contact_id"]
        self.tell(f"{CALLER} dials {HOTLINE}: contact {self.contact}")
        wait_until(lambda: self.speaks(), "the caller hears the greeting")
        check(self.caller.messages("SIP/2.0 200 OK")[0], "the call was answered with 200")
        self.tell("a Mandarin greeting is heard (text to speech)")
        self.wait_for_node("menu")
        wait_until(self.speaks, "the caller hears the menu")
        self.caller.press("7")
        pressed = time.monotonic()
        self.wait_for_exit("wrong key 7", 3)
        self.tell(f"key 7 breaks into the menu and is refused, after {time.monotonic() - pressed:.1f} s")
        self.wait_for_exit("timeout", 30)
        self.tell("no key for a while: the time-out branch repeats the menu")
        wait_until(self.speaks, "the caller hears the menu again")
        self.caller.press("1")
        self.wait_for_exit("key 1", 3)
        self.tell("key 1 chooses complaints; the centre is open by its hours")

    def speaks(self):
        return audio.loudness(self.caller.heard(0.5)) > 4 * audio.SILENCE

    def ivr_events(self, kind):
        return [json.loads(entry["json"]) for entry in self.suite.timeline(self.contact)
                if entry["type"] == f"trunkline.ivr.v1.{kind}"]

    def wait_for_node(self, kind):
        wait_until(lambda: any(node["kind"] == kind for node in self.ivr_events("NodeEntered")), f"node {kind}", 30)

    def wait_for_exit(self, exit_name, seconds):
        wait_until(lambda: any(node["exit"] == exit_name for node in self.ivr_events("NodeLeft")),
                   f"the flow takes the exit '{exit_name}'", seconds)

    # 2: waiting, and the agents ring

    def wait_in_queue(self):
        place = wait_until(lambda: self.waiting_place(), "the contact waits in the queue")
        check(place == 1, f"the only caller has place 1, not {place}")
        wait_until(self.speaks, "the caller hears music or the announcement")
        start = self.caller.heard_seconds()
        wait_until(lambda: self.caller.heard_seconds() > start + 4, "music goes on", 10)
        check(self.speaks(), "the caller hears music while he waits")
        self.tell("the caller waits with music at place 1 of the queue")

    def waiting_place(self):
        contacts = self.suite.ask("contact", "list", "--queue", QUEUE)["contacts"]
        return next((contact["place"] for contact in contacts if contact["contact_id"] == self.contact), None)

    def ring_agents(self):
        self.suite.text("agent", "state", ZHAO, "READY")
        wait_until(lambda: self.zhao.messages("INVITE sip:"), "Zhao's phone rings")
        self.tell("Zhao becomes ready; her phone rings, she does not answer")
        self.suite.text("agent", "state", LI, "READY")
        wait_until(lambda: self.suite.agent(ZHAO)["state"] == "NOT_READY", "Zhao is set not ready", 10)
        check(self.suite.agent(ZHAO)["state_reason"] == "NO_ANSWER", "Zhao is not ready with the reason NO_ANSWER")
        check(any("CANCEL" in text for text in self.zhao.messages("CANCEL sip:")), "Zhao's phone stops ringing")
        wait_until(lambda: self.suite.agent(LI)["state"] == "TALKING", "Li talks", 10)
        check(self.suite.agent(LI)["contact_id"] == self.contact, "Li has this contact")
        self.tell("Zhao is set not ready (NO_ANSWER); Li, next, answers")
        self.screen_pop()

    def screen_pop(self):
        card = self.suite.ask("customer", "pop", CALLER)["cards"][0]
        customer = card["customer"]
        check(customer["name"] == "张伟" and customer["vip_level"] == 3, f"the screen shows who calls, not {customer}")
        check(all(not number["clear"] for number in customer["numbers"]), "numbers on the screen are masked")
        hits = self.suite.ask("article", "search", "--text", "tousu sji weitingzhan")["hits"]
        check(hits and "投诉" in hits[0]["article"]["title"], "pinyin with a typing error finds the article on complaints")
        self.tell(f"screen pop: {customer['name']}{customer['salutation']}, VIP {customer['vip_level']}, "
                  f"{customer['numbers'][0]['masked']}; knowledge: {hits[0]['article']['title']}")

    def both_ways(self, agent):
        return agent.hears_tone(CALLER_TONE) and self.caller.hears_tone(agent.tone)

    def talk(self):
        wait_until(lambda: self.both_ways(self.li), "two-way audio between caller and Li")
        invite = self.li.messages("INVITE sip:")[-1]
        check(f"X-Trunkline-Contact-Id: {self.contact}".lower() in invite.lower(), "the INVITE carries the contact id")
        self.tell("two-way audio: Li hears the caller's 620 Hz, the caller hears Li's 1000 Hz")
        settle(2)

    # 3: hold, resume, transfer

    def hold(self):
        self.li.hold()
        wait_until(lambda: self.suite.agent(LI)["state"] == "HELD", "Li holds the call")
        wait_until(lambda: self.speaks() and not self.caller.hears_tone(LI_TONE), "the caller hears music on hold")
        self.tell("Li holds: the caller hears music")
        settle(2)
        check(not self.caller.hears_tone(LI_TONE), "nothing of Li is heard while on hold")
        self.li.resume()
        wait_until(lambda: self.both_ways(self.li), "two-way audio again after resume")
        self.tell("Li resumes: two-way audio again")
        settle(1)

    def transfer(self):
        self.suite.text("agent", "state", WANG, "READY")
        self.li.transfer(WANG)
        wait_until(lambda: self.wang.messages("INVITE sip:"), "Wang's phone rings")
        invite = self.wang.messages("INVITE sip:")[-1]
        check(f"X-Trunkline-Contact-Id: {self.contact}".lower() in invite.lower(), "Wang's INVITE carries the contact id")
        wait_until(lambda: self.both_ways(self.wang), "two-way audio between caller and Wang")
        self.tell("blind transfer by REFER: Wang's phone rings with the contact's data, two-way audio with Wang")
        check(any("NOTIFY" in text for text in self.li.messages("NOTIFY sip:")), "Li's phone was told how it went")
        wait_until(lambda: self.suite.agent(LI)["state"] == "WRAP_UP", "Li wraps up")
        check(self.suite.agent(WANG)["contact_id"] == self.contact, "Wang has the contact")
        settle(2)

    def hang_up(self):
        self.caller.hang_up()
        wait_until(lambda: not self.suite.contact_of(CALLER), "the call is over")
        wait_until(lambda: self.suite.agent(WANG)["state"] == "WRAP_UP", "Wang wraps up")
        wait_until(lambda: {self.suite.agent(LI)["state"], self.suite.agent(WANG)["state"]} == {"READY"},
                   "wrap-up ends by its limit", 15)
        self.tell("the caller hangs up; wrap-up ends by its time limit and both agents are ready")

    # 4: the recording

    def recording(self):
        def stored():
            found = self.suite.ask("recording", "list", "--contact", self.contact)["recordings"]
            return found if found and all(row["state"] == "STORED" for row in found) else None

        found = wait_until(stored, "the recording is stored", 30)
        check(len(found) == 1, f"one recording over the transfer, not {len(found)}")
        path = self.folder / "recording.wav"
        self.suite.text("recording", "download", found[0]["recording_id"], path, "--actor", "demo", "--reason", "check")
        left, right = audio.samples(path, channels=2)
        seconds = len(left) / audio.RATE
        talked = self.talked()
        check(abs(seconds - talked) < 1.0, f"the recording lasts {seconds:.1f} s, the talk {talked:.1f} s")
        first = min((start for start, _ in audio.stretches(left, CALLER_TONE)), default=99)
        check(first < 1.0, f"the caller's tone is there from the first second, not from {first:.1f} s")
        li, wang = audio.stretches(right, LI_TONE), audio.stretches(right, WANG_TONE)
        check(li and wang, "both agents are heard on the right")
        check(li[0][0] < 1.0 and li[-1][1] <= wang[0][0] + 0.2, "first Li, then Wang")
        check(not audio.stretches(left, LI_TONE) and not audio.stretches(right, CALLER_TONE), "sides are not mixed up")
        self.tell(f"recording of {seconds:.1f} s: caller left, Li then Wang right, from the first second")

    def talked(self):
        """Seconds from the first two-way audio to the end of the call, as the database has them."""
        times = {}
        for entry in self.suite.timeline(self.contact):
            times.setdefault(entry["type"].rsplit(".", 1)[1], datetime.datetime.fromisoformat(entry["time"]))
        return (times["CallEnded"] - times["LegsBridged"]).total_seconds()

    # 5: the work order

    def work_order(self):
        order = self.suite.ask("order", "create", json.dumps({
            "type": "COMPLAINT", "title": "12路公交车未停靠", "description": "司机未在人民广场站停车", "branch": "east",
            "actor": WANG, "contact_id": self.contact, "customer_number": CALLER}))
        number = order["number"]
        expected = due_date(order["create_time"], 5)
        check(order["due_time"].startswith(expected), f"due on {expected}, not {order['due_time']}")
        self.tell(f"work order {number} (complaint) is due {order['due_time']}: 5 working days")
        steps = (("ACCEPT", "east", ""), ("FEED_BACK", "east", "司机已批评教育"), ("VERIFY", WANG, "乘客满意"),
                 ("CLOSE", WANG, ""))
        for step, actor, text in steps:
            self.suite.text("order", "step", number, step, "--actor", actor, *(["--text", text] if text else []))
        log = self.suite.ask("order", "get", number)
        check(log["state"] == "CLOSED" and log["owner"] == "", "the order is closed and nobody owes anything")
        taken = [(entry["step"], entry["actor"]) for entry in log["log"]]
        check(taken == [("CREATE", WANG)] + [(step, actor) for step, actor, _ in steps], f"every step is logged: {taken}")
        self.tell("the branch accepts and feeds back, the centre verifies and closes; five steps are logged")

    # 6: the figures

    def figures(self):
        def difference(name):
            return int(self.suite.figures(QUEUE)[name]) - int(self.before[name])

        wait_until(lambda: difference("handled_segments") == 2 and difference("open_segments") == 0,
                   "the figures are complete")
        check(difference("offered") == 1 and difference("answered") == 1, "one contact offered, one answered")
        self.print_figures(self.suite.figures(QUEUE))
        wait_until(lambda: self.suite.timeline(self.contact)[-1]["type"].endswith("OrderClosed"), "the timeline ends")
        entries = self.suite.timeline(self.contact)
        # Times are shown to the millisecond, in which self service may have begun already.
        first = [entry["type"] for entry in entries if entry["time"] == entries[0]["time"]]
        check("trunkline.trunk.v1.CallStarted" in first, "the timeline begins with the INVITE")
        self.tell("timeline of the contact, from the INVITE to the closed work order:")
        for entry in entries:
            print(f"           {entry['time'][11:23]:<13} {entry['source']:<10} {entry['text']}")

    def print_figures(self, row):
        def show(name, form):
            return form.format(row[name]) if name in row else "-"

        self.tell("figures of the day from events alone, queue complaints:")
        print(f"           offered {row['offered']}  answered {row['answered']}  abandoned {row['abandoned']}  "
              f"service level {show('service_level', '{:.2%}')}  ASA {show('average_speed_of_answer', '{:.1f} s')}  "
              f"AHT {show('average_handle_time', '{:.1f} s')}")


def main():
    suite = Suite()
    folder = suite.data / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    demo = Demo(suite, folder)
    try:
        demo.play()
    except (Missed, Refused) as reason:
        demo.tell(f"FAILED: {reason}")
        print(f"the phones' SIP traces and what they heard are in {folder}", flush=True)
        return 1
    finally:
        demo.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
