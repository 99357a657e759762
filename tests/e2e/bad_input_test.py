"""Bad input and bad luck: each gets a clear error that names the thing, nothing crashes, nothing is lost.

Needs TRUNKLINE_SUITE. Malformed SIP has a test of its own: tests/contract/sip_corpus."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import types
import unittest

from kit.people import WebTest
from kit.phone import Phone
from kit.processes import pid_of, supervisor
from kit.sip import register, request
from kit.suite import ROOT, Refused, Suite
from kit.waiting import wait_until

SERVICES = ("trunk", "acd", "ivr", "recording", "workorder", "reporting", "customer", "identity", "web", "knowledge")
LOOP = {"name": "loop", "language": "zh", "entry": "a", "nodes": [
    {"id": "a", "answer": {"next": "b"}},
    {"id": "b", "set": {"variable": "x", "value": "1", "next": "c"}},
    {"id": "c", "set": {"variable": "x", "value": "2", "next": "b"}}]}
MISSING_PROMPT = {"name": "missing", "language": "zh", "entry": "a", "nodes": [
    {"id": "a", "answer": {"next": "b"}},
    {"id": "b", "play": {"prompt_id": "0" * 64, "next": "c"}},
    {"id": "c", "hang_up": {}}]}


class BadInputTest(unittest.TestCase):
    def setUp(self):
        self.suite = Suite()
        self.folder = tempfile.TemporaryDirectory(prefix="trunkline-bad")
        self.addCleanup(self.folder.cleanup)
        self.suite.text("apply", ROOT / "deploy" / "demo" / "setup.json")
        self.pids = {name: pid_of(self.suite, name) for name in SERVICES}
        self.addCleanup(self.check_that_nothing_crashed)

    def check_that_nothing_crashed(self):
        self.assertEqual({name: pid_of(self.suite, name) for name in SERVICES}, self.pids, "no service was restarted")

    def refused(self, *arguments):
        with self.assertRaises(Refused) as caught:
            self.suite.text(*arguments)
        return str(caught.exception)

    def test_an_unknown_number_is_answered_404(self):
        self.assertEqual(request("INVITE", "99999", self.suite.sip_port)[0], 404)

    def test_a_wrong_password_and_an_unknown_user_look_the_same(self):
        self.suite.text("phone", "put", '{"name": "1009", "password": "test-1009"}')
        wrong = register("1009", "wrong", self.suite.sip_port)
        unknown = register("7777", "wrong", self.suite.sip_port)
        self.assertIn(wrong[0], (401, 403))
        self.assertEqual(wrong[0], unknown[0])
        self.assertEqual(len(wrong[1]), len(unknown[1]), "same size, so that users cannot be told apart")
        self.assertEqual(register("1009", "test-1009", self.suite.sip_port)[0], 200, "the right password registers")

    def test_a_flow_with_a_loop_is_refused_and_the_node_is_named(self):
        text = self.refused("flow", "publish", json.dumps(LOOP))
        self.assertIn("LOOP", text)
        self.assertRegex(text, r"\b[bc]\b")

    def test_a_flow_with_a_missing_prompt_is_refused_and_the_node_is_named(self):
        text = self.refused("flow", "publish", json.dumps(MISSING_PROMPT))
        self.assertIn("MISSING_PROMPT", text)
        self.assertRegex(text, r"\bb\b")

    def run_service(self, name, text):
        """Starts a second process of a service with this configuration; returns exit code and what it printed."""
        path = pathlib.Path(self.folder.name) / f"{name}.yaml"
        path.write_text(text)
        binary = pathlib.Path(self.suite.facts["binaries"]) / name
        done = subprocess.run([binary, "--config", path], capture_output=True, text=True, timeout=20, check=False)
        return done.returncode, done.stderr

    def good_config(self, name):
        return (self.suite.data / "services" / name / "config.yaml").read_text()

    def test_a_broken_configuration_stops_the_start_and_names_the_key(self):
        for name in SERVICES:
            with self.subTest(service=name):
                code, text = self.run_service(name, self.good_config(name) + "\nno_such_key: 1\n")
                self.assertNotEqual(code, 0)
                self.assertIn("no_such_key", text)
                code, text = self.run_service(name, "a: [1,")
                self.assertNotEqual(code, 0)
                self.assertIn(f"{name}.yaml", text)

    def test_a_port_in_use_stops_the_start_and_is_named(self):
        for name in SERVICES:
            with self.subTest(service=name):
                address = self.suite.facts["services"][name]["metrics"].split("/")[2]
                code, text = self.run_service(name, self.good_config(name))
                self.assertNotEqual(code, 0)
                self.assertIn(address, text)

    def test_a_call_is_answered_while_the_database_is_away(self):
        caller = Phone(pathlib.Path(self.folder.name) / "caller", "13700137000", 440, self.suite.sip_port)
        self.addCleanup(caller.stop)
        programs = supervisor._rpc(types.SimpleNamespace(run=self.suite.data / "run"))
        programs.stopProcess("postgres")
        try:
            text = self.refused("order", "list")
            self.assertIn("DATABASE_AWAY", text)
            caller.dial("96166")
            wait_until(lambda: caller.messages("SIP/2.0 200 OK"), "the call is answered without a database")
            wait_until(lambda: caller.heard_seconds() > 2, "and audio flows")
            call = wait_until(lambda: self.suite.contact_of("13700137000"), "the call is known")
        finally:
            programs.startProcess("postgres")
        wait_until(lambda: self.orders_are_back(), "the database is used again", 30)
        caller.hang_up()
        wait_until(lambda: "trunkline.trunk.v1.CallStarted" in
                   {entry["type"] for entry in self.suite.timeline(call["contact_id"])},
                   "facts of that time are told afterwards", 20)

    def orders_are_back(self):
        try:
            return self.suite.ask("order", "list") is not None
        except Refused:
            return False


LONG = "x" * 20_000
CUSTOMERS, MEMBERSHIPS = "trunkline.customer.v1.Customers/", "trunkline.customer.v1.Memberships/"
KNOWLEDGE, EDITING, OFFICE = (f"trunkline.knowledge.v1.{name}/" for name in ("Knowledge", "Editing", "Office"))
USERS, UNITS, AUDIT = (f"trunkline.identity.v1.{name}/" for name in ("Users", "Units", "Audit"))
# Method, request, reason, and the word that the message must name.
BAD_REQUESTS = [
    (CUSTOMERS + "CreateCustomer", {}, "REQUEST_ID_MISSING", "request_id"),
    (CUSTOMERS + "CreateCustomer", {"requestId": "a", "customer": {"name": LONG}}, "FIELD_TOO_LONG", "name"),
    (CUSTOMERS + "CreateCustomer", {"requestId": "a", "customer": {"name": "n", "vipLevel": 77}}, "VIP_LEVEL_OUT_OF_RANGE", "77"),
    (CUSTOMERS + "CreateCustomer", '{"customer": 5}', "BAD_REQUEST", "customer"),
    (CUSTOMERS + "GetCustomer", {"customerId": "nobody"}, "CUSTOMER_NOT_FOUND", "nobody"),
    (CUSTOMERS + "SearchCustomers", {"pageToken": "rubbish"}, "BAD_PAGE_TOKEN", "page token"),
    (CUSTOMERS + "MergeCustomers", {"requestId": "m"}, "REASON_MISSING", "reason"),
    (CUSTOMERS + "AddImportPart", {"importId": "none"}, "IMPORT_NOT_FOUND", "none"),
    (MEMBERSHIPS + "OpenAccount", {}, "REQUEST_ID_MISSING", "request_id"),
    (MEMBERSHIPS + "Earn", {"requestId": "e", "points": -5}, "BAD_REQUEST", "points"),
    (KNOWLEDGE + "OpenArticle", {"articleId": "none"}, "ARTICLE_NOT_FOUND", "none"),
    (KNOWLEDGE + "RateArticle", {"articleId": "none", "stars": 99}, "BAD_REQUEST", "stars"),
    (EDITING + "CreateArticle", {}, "REQUEST_ID_MISSING", "request_id"),
    (EDITING + "CreateArticle", {"requestId": "k", "article": {"title": LONG}}, "FIELD_TOO_LONG", "title"),
    (EDITING + "SubmitArticle", {"articleId": "none"}, "ARTICLE_NOT_FOUND", "none"),
    (EDITING + "PutCategory", {}, "BAD_FIELD", "title"),
    (OFFICE + "SendMessage", {}, "BAD_FIELD", "request_id"),
    (OFFICE + "PublishBulletin", {}, "BAD_FIELD", "title"),
    (OFFICE + "PutTask", {}, "BAD_FIELD", "owner"),
    (USERS + "PutUser", {}, "BAD_FIELD", "login_name"),
    (USERS + "PutUser", {"user": {"loginName": "a b/c"}}, "BAD_FIELD", "login_name"),
    (USERS + "PutUser", {"user": {"loginName": LONG}}, "BAD_FIELD", "login_name"),
    (USERS + "PutUser", {"user": {"loginName": "x", "roles": [{"roleId": "emperor"}]}}, "ROLE_NOT_FOUND", "emperor"),
    (USERS + "PutUser", {"user": {"loginName": "weak"}, "password": "1"}, "PASSWORD_TOO_SHORT", "password"),
    (USERS + "GetUser", {"userId": "nobody"}, "USER_NOT_FOUND", "nobody"),
    (UNITS + "PutUnit", {}, "BAD_FIELD", "unit_id"),
    (AUDIT + "ListEntries", {"pageToken": "rubbish"}, "BAD_FIELD", "page_token"),
]


class BadRequestTest(WebTest):
    def test_customer_knowledge_and_identity_name_what_is_wrong(self):
        names = ("customer", "knowledge", "identity")
        pids = {name: pid_of(self.suite, name) for name in names}
        for method, message, reason, word in BAD_REQUESTS:
            with self.subTest(method=method, message=str(message)[:80]):
                answer = self.admin.call(method, message)
                self.assertIn(answer.status, (400, 404), answer.body)
                self.assertEqual(answer.reason, reason, answer.body)
                self.assertIn(word, answer.json["message"])
                self.assertLess(len(answer.body), 2000, "what was sent is not sent back")
        self.assertEqual({name: pid_of(self.suite, name) for name in names}, pids, "no service was restarted")


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(unittest.main())
