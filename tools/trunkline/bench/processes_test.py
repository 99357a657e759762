"""Accounting of processor time: names with blanks and brackets, children that end, processes that come and go."""
import os
import subprocess
import unittest

from . import processes
from .processes import Process


def stat(pid, name, parent, ticks):
    user, system, child_user, child_system = ticks
    return f"{pid} ({name}) S {parent} {pid} {pid} 0 -1 4194560 1 2 3 4 {user} {system} {child_user} {child_system} 20 0 1 0 9"


class ProcessesTest(unittest.TestCase):
    def test_all_four_times_count_and_the_name_may_hold_anything(self):
        process = processes.parse(stat(12, "a) S 9 (b", 3, (100, 50, 20, 30)))
        self.assertEqual((process.pid, process.parent), (12, 3))
        self.assertAlmostEqual(process.seconds, 200 / processes.TICKS)

    def test_a_tree_is_all_descendants_and_nobody_else(self):
        known = {pid: Process(pid, parent, 1.0) for pid, parent in ((1, 0), (2, 1), (3, 2), (4, 2), (5, 1), (6, 5))}
        self.assertEqual(sorted(processes.tree(known, 2)), [2, 3, 4])
        self.assertEqual(processes.tree(known, 99), [])

    def test_a_child_that_ends_is_not_lost(self):
        before = {1: Process(1, 0, 5.0), 2: Process(2, 1, 3.0)}
        after = {1: Process(1, 0, 5.0 + 4.0)}  # the child spent one more second and was waited for
        roots = {"postgres": 1}
        spent = processes.difference(processes.spent(before, roots), processes.spent(after, roots))
        self.assertEqual(spent, {"postgres": 1.0})

    def test_real_work_of_a_child_is_seen(self):
        roots = {"self": os.getpid()}
        before = processes.spent(processes.all_processes(), roots)
        subprocess.run(["python3", "-c", "sum(i * i for i in range(3_000_000))"], check=True)
        after = processes.spent(processes.all_processes(), roots)
        self.assertGreater(processes.difference(before, after)["self"], 0.05)

    def test_memory_of_this_process_is_told_in_megabytes(self):
        used = processes.memory(processes.all_processes(), {"self": os.getpid()})["self"]
        self.assertTrue(1 < used < 1000, used)


if __name__ == "__main__":
    unittest.main()
