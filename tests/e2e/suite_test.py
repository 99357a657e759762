"""./trunkline itself: crashed services come back, two copies live side by side, and down leaves nothing.

Uses the binaries in TRUNKLINE_BUILD and two data folders of its own; needs no running suite."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PORT_BASES = (29000, 33000)
SIP_PORTS = (29900, 33900)


def is_alive(pid):
    try:
        return "\nState:\tZ" not in pathlib.Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


class Copy:
    """One copy of the suite in a folder of its own."""

    def __init__(self, number):
        self.folder = tempfile.TemporaryDirectory(prefix="suite")
        os.chmod(self.folder.name, 0o755)
        self.data = pathlib.Path(self.folder.name) / "data"
        self.flags = ["--port-base", str(PORT_BASES[number]), "--sip-port", str(SIP_PORTS[number])]

    def run(self, command, *words):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("TRUNKLINE_")}
        environment["TRUNKLINE_BUILD"] = os.environ.get("TRUNKLINE_BUILD", str(ROOT / "build"))
        return subprocess.run([ROOT / "trunkline", command, "--data", self.data, *words], env=environment,
                              capture_output=True, text=True, check=False)

    def up(self):
        return self.run("up", *self.flags)

    def table(self):
        """{process: (pid, health)} of ./trunkline status."""
        rows = [line.split(maxsplit=5) for line in self.run("status").stdout.splitlines()[1:]]
        return {row[0]: (row[2], row[5]) for row in rows if len(row) == 6}

    def close(self):
        self.run("down")
        self.folder.cleanup()


class Suite(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.first = Copy(0)
        cls.addClassCleanup(cls.first.close)

    def setUp(self):
        done = self.first.up()  # at once when it is still running
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def wait_until_ready(self, copy, name, other_than):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            pid, health = copy.table().get(name, ("-", "-"))
            if pid not in ("-", other_than) and health == "ready":
                return pid
            time.sleep(0.2)
        return None

    def test_a_crashed_process_is_started_again(self):
        for name in ("acd", "workorder", "postgres"):
            pid, health = self.first.table()[name]
            self.assertEqual(health, "ready")
            os.kill(int(pid), signal.SIGKILL)
            self.assertIsNotNone(self.wait_until_ready(self.first, name, pid), f"{name} did not come back")

    def test_two_copies_live_side_by_side_and_down_stops_only_its_own(self):
        second = Copy(1)
        self.addCleanup(second.close)
        self.assertEqual(second.up().returncode, 0)
        self.assertEqual({health for _, health in self.first.table().values()}, {"ready"})
        done = second.run("down")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(second.table(), {})
        self.assertEqual({health for _, health in self.first.table().values()}, {"ready"})

    def test_a_port_in_use_is_named(self):
        second = Copy(1)
        self.addCleanup(second.close)
        with socket.socket() as other:
            other.bind(("127.0.0.1", PORT_BASES[1] + 60))
            other.listen()
            done = second.up()
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"port {PORT_BASES[1] + 60} (postgres)", done.stderr)

    def test_down_ends_what_a_killed_supervisor_left(self):
        pids = [int(pid) for pid, _ in self.first.table().values()]
        os.kill(int((self.first.data / "run" / "supervisord.pid").read_text()), signal.SIGKILL)
        done = self.first.run("down")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual([pid for pid in pids if is_alive(pid)], [])

    def test_a_broken_configuration_is_reported_with_its_key(self):
        self.assertEqual(self.first.run("down").returncode, 0)
        self.addCleanup(self.first.run, "down")  # or the next start would still see the variable
        environment = os.environ | {"TRUNKLINE_ACD_LOG_LEVEL": "loud"}
        done = subprocess.run([ROOT / "trunkline", "up", "--data", self.first.data], env=environment,
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("acd ended", done.stderr)
        self.assertIn("log.level = 'loud'", done.stderr)

    def test_the_summary_tells_where_everything_listens(self):
        summary = json.loads((self.first.data / "suite.json").read_text())
        for service in summary["services"].values():
            host, port = service["grpc"].split(":")
            socket.create_connection((host, int(port)), timeout=2).close()


if __name__ == "__main__":
    unittest.main()
