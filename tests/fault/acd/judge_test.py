"""The judge finds nothing in a good day, and each fault in a bad one."""
import copy
import sys
import unittest

from judge import Judge, moment

START = "2026-11-25T01:00:0"


def good_contact(number, agent="a", queued=0, answered=1):
    """Waits a second, talks for two."""
    segment, part = f"s{number}", f"p{number}"
    events = [
        ("ContactQueued", {"segment_id": segment, "queued_time": f"{START}{queued}Z"}),
        ("ContactOffered", {"segment_id": segment, "agent_id": agent}),
        ("ContactDequeued", {"segment_id": segment, "outcome": "ANSWERED", "agent_id": agent}),
        ("AgentSegmentEnded", {"agent_segment_id": part, "agent_id": agent, "talk": "2.000000001s",
                               "start_time": f"{START}{answered}.5Z", "end_time": f"{START}{answered + 2}.500Z"}),
        ("WrapUpEnded", {"agent_segment_id": part, "agent_id": agent}),
        ("CallEnded", {}),
    ]
    return [[kind, fields, f"{START}{answered}Z"] for kind, fields in events]


class JudgeTest(unittest.TestCase):
    def faults(self, *contacts):
        judge = Judge(2)
        for number, events in enumerate(contacts):
            judge.look(f"c{number}", events)
        return " | ".join(judge.faults())

    def test_nothing_is_found_in_a_good_day(self):
        self.assertEqual(self.faults(good_contact(1), good_contact(2, answered=4), good_contact(3, agent="b")), "")

    def test_times_are_read_to_the_nanosecond(self):
        self.assertAlmostEqual(moment("2026-11-25T01:00:00.250000001Z") - moment("2026-11-25T01:00:00Z"), 0.25, 6)

    def test_each_fault_is_found(self):
        for kind, change, words in (
                ("ContactDequeued", None, "ended 0 times"),
                ("ContactQueued", "twice", "began 2 times"),
                ("ContactDequeued", {"outcome": "SYSTEM_ERROR"}, "SYSTEM_ERROR"),
                ("AgentSegmentEnded", "twice", "2 talks"),
                ("AgentSegmentEnded", None, "0 talks"),
                ("WrapUpEnded", None, "0 wrap-ups"),
                ("AgentSegmentEnded", {"talk": "3600s"}, "told as 3600.0"),
                ("CallEnded", None, "ended 0 times")):
            with self.subTest(kind=kind, change=change):
                events = copy.deepcopy(good_contact(1))
                at = next(index for index, event in enumerate(events) if event[0] == kind)
                if change is None:
                    del events[at]
                elif change == "twice":
                    events.insert(at, events[at])
                else:
                    events[at][1].update(change)
                self.assertIn(words, self.faults(events))

    def test_two_contacts_at_once_and_overtaking_are_found(self):
        self.assertIn("at once", self.faults(good_contact(1), good_contact(2, answered=2)))
        self.assertIn("overtaken", self.faults(good_contact(1, answered=6), good_contact(2, agent="b", queued=1),
                                              good_contact(3, agent="c", queued=2, answered=3)))


if __name__ == "__main__":
    sys.exit(unittest.main())
