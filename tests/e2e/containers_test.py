"""The containers of docker-compose.yml: each says it is healthy, Prometheus sees every service, browsers get in.

Needs TRUNKLINE_SUITE and a container engine; containers.sh runs it behind the demo, which brings the people."""
import json
import pathlib
import re
import subprocess
import unittest

from kit.gateway import Gateway
from kit.people import WHO, password
from kit.suite import Suite
from kit.waiting import wait_until

ERRANDS = {"files", "roles"}
AGENT = "1001"


def engine(*arguments):
    return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True).stdout


def containers():
    """What the engine tells of every container of the suite, by the name of its service."""
    ids = engine("ps", "--all", "--quiet", "--filter", "label=com.docker.compose.project=trunkline").split()
    label = "com.docker.compose.service"
    return {found["Config"]["Labels"][label]: found["State"] for found in json.loads(engine("inspect", *ids))}


class ContainersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = Suite()
        authority = pathlib.Path(cls.suite.facts["tlctl"]["config"]).parent / "ca.pem"
        cls.browser = Gateway(cls.suite.facts["web"]["https"], authority)

    def test_there_is_a_container_for_every_service_and_each_is_healthy(self):
        wanted = {*self.suite.facts["services"], "postgres", "prometheus"}
        self.assertEqual(set(containers()), wanted | ERRANDS)
        wait_until(lambda: {containers()[name]["Health"]["Status"] for name in wanted} == {"healthy"},
                   "every container is healthy", 30)

    def test_the_errands_ended_well(self):
        self.assertEqual([containers()[name]["ExitCode"] for name in sorted(ERRANDS)], [0, 0])

    def test_the_page_and_what_it_needs_are_served_over_https(self):
        page = self.browser.request("GET", "/")
        self.assertEqual((page.status, page.headers["content-type"].split(";")[0]), (200, "text/html"))
        parts = re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css))"', page.body.decode())
        self.assertTrue(parts, page.body)
        for part in parts:
            self.assertEqual(self.browser.request("GET", part).status, 200, part)

    def test_an_agent_of_the_demo_logs_in_and_sees_himself(self):
        refused = self.browser.log_in(AGENT, "not the password")
        self.assertEqual(refused.status, 401, refused.body)
        answer = self.browser.log_in(AGENT, password(AGENT))
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(self.browser.call(WHO).json["user"]["loginName"], AGENT)
        state = self.browser.call("trunkline.acd.v1.Agents/GetAgent", {"agentId": AGENT})
        self.assertEqual(state.status, 200, state.body)


if __name__ == "__main__":
    unittest.main()
