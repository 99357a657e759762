"""What sipp writes, as it writes it."""
import unittest

from . import sipp

HEAD = ("StartTime;LastResetTime;OutgoingCall(P);OutgoingCall(C);IncomingCall(P);IncomingCall(C);SuccessfulCall(P);"
        "SuccessfulCall(C);FailedCall(P);FailedCall(C);Retransmissions(P);Retransmissions(C);")
LOG = """The following messages were logged:
invite 1 2026-11-24 20:42:28.385486 1795552948.385486
invite 2 2026-11-24 20:42:28.400000 1795552948.400000
answer 1 2026-11-24 20:42:28.389986 1795552948.389986
answer 3 2026-11-24 20:42:28.500000 1795552948.500000
answer 2 2026-11-24 20:42:28.410000 1795552948.410000
"""


class SippTest(unittest.TestCase):
    def test_the_last_complete_row_counts(self):
        text = "\n".join([HEAD, "a;b;5;5;0;0;1;1;0;0;0;0;", "a;b;5;10;0;0;6;7;2;3;0;4;", "a;b;5"])
        self.assertEqual(sipp.parse_counts(text), sipp.Counts(made=10, good=7, failed=3, retransmissions=4))

    def test_calls_that_came_in_are_counted_for_agents(self):
        self.assertEqual(sipp.parse_counts(f"{HEAD}\na;b;0;0;1;9;1;8;0;1;0;0;").made, 9)

    def test_before_the_first_row_nothing_has_happened(self):
        self.assertEqual(sipp.parse_counts(HEAD), sipp.Counts())
        self.assertEqual(sipp.parse_counts(""), sipp.Counts())

    def test_answers_are_matched_with_their_calls(self):
        self.assertEqual([round(each, 3) for each in sipp.parse_times(LOG)], [4.5, 10.0])


if __name__ == "__main__":
    unittest.main()
