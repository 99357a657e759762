"""A recorded day played again by acd-sim. Needs TRUNKLINE_SUITE, and at least one call of today (kill_test.py leaves one)."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from kit.suite import ROOT, Suite

SETUP = ROOT / "deploy" / "demo" / "setup.json"


class SimulatorTest(unittest.TestCase):
    def setUp(self):
        self.suite = Suite()
        self.program = pathlib.Path(self.suite.facts["tlctl"]["binary"]).parent / "acd-sim"

    def run_simulator(self, *arguments):
        return subprocess.run([self.program, *map(str, arguments)], capture_output=True, text=True, check=False)

    def test_the_callers_of_today_are_played_against_two_setups(self):
        queues = {queue["queue_id"] for queue in json.loads(SETUP.read_text())["queues"]}
        day = self.suite.ask("figures", "arrivals")
        day["arrivals"] = [arrival for arrival in day["arrivals"] if arrival["queue_id"] in queues]
        self.assertGreater(len(day["arrivals"]), 0, "somebody called a queue of the setup today")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "day.json")
            pathlib.Path(path).write_text(json.dumps(day))
            done = self.run_simulator("run", "--setup", SETUP, "--setup", SETUP, "--arrivals", path, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        first, second = json.loads(done.stdout)
        offered = sum(queue["offered"] for queue in first["queues"].values())
        self.assertGreaterEqual(offered, len(day["arrivals"]))
        self.assertEqual(first["queues"], second["queues"], "the same callers and rules give the same figures")

    def test_what_cannot_be_played_is_named(self):
        done = self.run_simulator("run", "--setup", "missing.json", "--queue", "complaints", "--per-hour", 10)
        self.assertEqual(done.returncode, 1)
        self.assertIn("missing.json: cannot be read", done.stderr)


if __name__ == "__main__":
    unittest.main()
