"""The real Prometheus of a running suite scrapes every service, knows the alerts, and notices when a service falls silent.

TRUNKLINE_SUITE names the suite.json of a running suite (./trunkline up)."""
import json
import os
import pathlib
import signal
import subprocess
import time
import unittest
import urllib.parse
import urllib.request

SUITE = json.loads(pathlib.Path(os.environ["TRUNKLINE_SUITE"]).read_text())
SERVICES = SUITE["services"]
WAIT_SECONDS = 60


def api(path, **parameters):
    url = f"{SUITE['prometheus']}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
    with urllib.request.urlopen(url, timeout=5) as answer:
        return json.load(answer)["data"]


def query(expression):
    """{job: value} of an instant query."""
    return {row["metric"].get("job", ""): float(row["value"][1]) for row in api("query", query=expression)["result"]}


def wait_for(expression, wanted):
    """The query's answer as soon as `wanted` accepts it, or the last one after a minute."""
    deadline = time.monotonic() + WAIT_SECONDS
    answer = query(expression)
    while not wanted(answer) and time.monotonic() < deadline:
        time.sleep(0.5)
        answer = query(expression)
    return answer


class Prometheus(unittest.TestCase):
    def test_every_service_is_scraped(self):
        everything = {name: 1.0 for name in (*SERVICES, "prometheus")}
        self.assertEqual(wait_for("up", lambda answer: answer == everything), everything)

    def test_every_service_says_which_build_it_is(self):
        answer = wait_for("trunkline_build_info", lambda found: set(found) == set(SERVICES))
        self.assertEqual(set(answer), set(SERVICES))

    def test_every_service_counts_something_of_its_own(self):
        for name in SERVICES:
            expression = f'count({{job="{name}", __name__=~"trunkline_{name}_.+"}})'
            self.assertTrue(wait_for(expression, bool), f"{name} exports no trunkline_{name}_* metric")

    def test_metrics_follow_the_rules_of_prometheus(self):
        for name, service in SERVICES.items():
            with urllib.request.urlopen(service["metrics"], timeout=5) as answer:
                done = subprocess.run(["promtool", "check", "metrics"], input=answer.read(), capture_output=True, check=False)
            self.assertEqual(done.returncode, 0, f"{name}: {done.stderr.decode()}")

    def test_the_alerts_are_loaded_and_silent(self):
        rules = [rule for group in api("rules")["groups"] for rule in group["rules"]]
        self.assertGreaterEqual(len(rules), 8)
        self.assertEqual([rule["name"] for rule in rules if rule["health"] == "err"], [])
        self.assertEqual([alert["labels"] for alert in api("alerts")["alerts"] if alert["state"] == "firing"], [])

    def test_a_service_that_falls_silent_is_noticed(self):
        pid = self.pid_of("workorder")
        os.kill(pid, signal.SIGSTOP)
        try:
            answer = wait_for('up{job="workorder"}', lambda found: found == {"workorder": 0.0})
        finally:
            os.kill(pid, signal.SIGCONT)
        self.assertEqual(answer, {"workorder": 0.0})
        answer = wait_for('up{job="workorder"}', lambda found: found == {"workorder": 1.0})
        self.assertEqual(answer, {"workorder": 1.0})

    def pid_of(self, name):
        listed = subprocess.run(["./trunkline", "status", "--data", SUITE["data"]], capture_output=True, text=True,
                                check=False).stdout
        return next(int(line.split()[2]) for line in listed.splitlines() if line.split()[:1] == [name])


if __name__ == "__main__":
    unittest.main()
