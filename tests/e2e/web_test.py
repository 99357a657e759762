"""Signing in, who may call what, live events, revocation, kill -9 of the gateway and of identity.

Needs TRUNKLINE_SUITE; a suite of identity and web alone is enough."""
import datetime
import json
import os
import re
import signal
import statistics
import subprocess
import time
import unittest

from kit.gateway import Gateway, Stream
from kit.people import LIST, WHO, WebTest, password
from kit.processes import pid_of, wait_until_replaced
from kit.suite import ROOT
from kit.waiting import wait_until

ROLES = {"1001": "agent", "supervisor": "supervisor", "branch": "branch", "inspector": "inspector",
         "editor": "knowledge_editor", "administrator": "administrator"}


def seconds(timestamp):
    text = re.sub(r"(\.\d{1,6})\d*Z$", r"\1+00:00", timestamp).replace("Z", "+00:00")
    return datetime.datetime.fromisoformat(text).timestamp()


class LogInTest(WebTest):
    def test_unknown_and_known_names_get_the_same_answer(self):
        self.make_user("known")
        answers = [Gateway(self.url).log_in(name, "not the password") for name in ("known", "unknown-" + os.urandom(4).hex())]
        texts = {re.sub(rb'"(value|traceId)":"[^"]*"', b"", answer.body) for answer in answers}
        self.assertEqual(len(texts), 1, texts)
        self.assertEqual({answer.reason for answer in answers}, {"LOG_IN_REFUSED"})

    def test_after_five_wrong_attempts_one_must_wait(self):
        name = "guessed-" + os.urandom(4).hex()
        self.make_user(name)
        self.addCleanup(self.admin.call, "trunkline.identity.v1.Users/DeleteUser", {"userId": name})
        for _ in range(5):
            self.assertEqual(Gateway(self.url).log_in(name, "wrong password").reason, "LOG_IN_REFUSED")
        answer = Gateway(self.url).log_in(name, password(name))
        self.assertEqual((answer.status, answer.reason), (429, "LOG_IN_DELAYED"))
        self.assertTrue(int(answer.headers["retry-after"]) >= 1)
        time.sleep(1.1)
        self.assertEqual(Gateway(self.url).log_in(name, password(name)).status, 200)

    def test_a_first_password_must_be_changed(self):
        self.admin.call("trunkline.identity.v1.Users/DeleteUser", {"userId": "newcomer"})
        made = self.admin.call("trunkline.identity.v1.Users/PutUser",
                               {"user": {"loginName": "newcomer", "roles": [{"roleId": "administrator"}]}})
        once = made.json["oneTimePassword"]
        gateway = self.signed_in("newcomer", once)
        self.assertEqual(gateway.call(LIST).reason, "PASSWORD_CHANGE_REQUIRED")
        change = "trunkline.identity.v1.Account/ChangePassword"
        weak = gateway.call(change, {"oldPassword": once, "newPassword": "password123"})
        self.assertEqual(weak.reason, "PASSWORD_TOO_COMMON")
        self.assertEqual(gateway.call(change, {"oldPassword": once, "newPassword": "three red kites"}).status, 200)
        wait_until(lambda: gateway.call(LIST).status == 200, "everything is open", 2)
        self.assertEqual(Gateway(self.url).log_in("newcomer", once).reason, "LOG_IN_REFUSED")

    def test_a_code_generator_is_asked_for_and_each_code_holds_once(self):
        self.make_user("coder")
        gateway = self.signed_in("coder")
        secret = gateway.call("trunkline.identity.v1.Account/BeginTotp").json["secret"]

        def code():
            return subprocess.run(["oathtool", "--totp", "-b", secret], capture_output=True, text=True, check=True).stdout.strip()

        self.assertEqual(gateway.call("trunkline.identity.v1.Account/ConfirmTotp", {"code": "000000"}).reason, "CODE_WRONG")
        used = code()
        self.assertEqual(gateway.call("trunkline.identity.v1.Account/ConfirmTotp", {"code": used}).status, 200)
        self.assertEqual(Gateway(self.url).log_in("coder", password("coder")).reason, "TOTP_REQUIRED")
        self.assertEqual(Gateway(self.url).log_in("coder", password("coder"), totpCode=used).reason, "LOG_IN_REFUSED")
        later = subprocess.run(["oathtool", "--totp", "-b", "--now", "now + 30 seconds", secret],
                               capture_output=True, text=True, check=True).stdout.strip()
        self.assertEqual(Gateway(self.url).log_in("coder", password("coder"), totpCode=later).status, 200)

    def test_nobody_gives_what_he_does_not_hold(self):
        self.make_user("clerk", roles=[{"roleId": "supervisor"}])
        clerk_role = {"role": {"roleId": "user_clerk", "title": "clerk", "rights": ["identity.users.*"]}}
        self.assertEqual(self.admin.call("trunkline.identity.v1.Roles/PutRole", clerk_role).status, 200)
        self.make_user("clerk", roles=[{"roleId": "user_clerk"}])
        clerk = self.signed_in("clerk")
        up = {"user": {"loginName": "helper", "roles": [{"roleId": "administrator"}]}}
        self.assertEqual(clerk.call("trunkline.identity.v1.Users/PutUser", up).reason, "RIGHT_NOT_HELD")
        reset = clerk.call("trunkline.identity.v1.Users/ResetPassword", {"userId": "administrator"})
        self.assertEqual(reset.reason, "RIGHT_NOT_HELD")

    def test_every_change_is_in_the_audit_log_and_no_secret(self):
        self.make_user("watched")
        self.signed_in("watched")
        Gateway(self.url).log_in("watched", "a wrong password here")
        entries = self.admin.call("trunkline.identity.v1.Audit/ListEntries", {"target": "watched", "pageSize": 3}).json["entries"]
        self.assertEqual([entry["action"] for entry in entries], ["LOG_IN_REFUSED", "LOGGED_IN", "USER_CREATED"])
        logs = "".join((self.suite.data / "logs" / f"{name}.log").read_text() for name in ("web", "identity"))
        for secret in (password("watched"), "a wrong password here", self.admin.cookie.split("=")[1]):
            self.assertNotIn(secret, logs + json.dumps(entries))


class RightsTest(WebTest):
    """Every method times every role. What is expected is read from the protos here, apart from the gateway's own reading."""

    def methods(self):
        for file in sorted((ROOT / "proto").rglob("*.proto")):
            text = re.sub(r"//[^\n]*", "", file.read_text())
            package = re.search(r"^package (\S+);", text, re.MULTILINE)[1]
            for service in re.finditer(r"^service (\w+) \{(.*?)^\}", text, re.MULTILINE | re.DOTALL):
                for rpc in re.finditer(r"rpc (\w+)\(\s*(stream )?[^)]*\)\s*returns\s*\(\s*(stream )?[^)]*\)(.*?)\n    \}", service[2], re.DOTALL):
                    options = dict(re.findall(r"options\.v1\.(\w+)\)\s*=\s*\"([^\"]*)\"", rpc[4]))
                    yield f"{package}.{service[1]}/{rpc[1]}", package.split(".")[1], bool(rpc[2]), bool(rpc[3]), options

    def test_every_method_for_every_role(self):
        held = {role["role_id"]: set(role["expanded_rights"]) for role in self.suite.ask("role", "list")["roles"]}
        people = {role: self.signed_in(name) for name, role in ROLES.items()} | {"nobody": Gateway(self.url)}
        reachable = {name for name in self.suite.facts["services"]}
        checked, wrong, count = 0, [], {"open": 0, "refused": 0}
        for path, service, takes_stream, streams, options in self.methods():
            right = options.get("right", "")
            exists = service in reachable and not takes_stream and right not in ("", "internal")
            for role, person in people.items():
                kind = "application/connect+json" if streams else "application/json"
                # Not JSON: whoever is let through is told so, and nothing happens.
                answer = person.call(path, b"\0\0\0\0\1[" if streams else b"[", person.headers(kind))
                got = answer.code
                if streams and answer.status == 200:
                    got = json.loads(answer.body[5:])["error"]["code"]
                if not exists:
                    want = "unimplemented"
                elif right == "public":
                    want = "invalid_argument"
                elif role == "nobody":
                    want = "unauthenticated"
                else:
                    may = right == "self" or {right, options.get("own_right")} & held[role]
                    want = "invalid_argument" if may else "permission_denied"
                checked += 1
                count["open" if want == "invalid_argument" else "refused"] += 1
                if got == "resource_exhausted":
                    time.sleep(1)
                    got = want if person.call(path, b"[", person.headers(kind)).status != 200 else got
                if got != want:
                    wrong.append((path, role, want, got))
                time.sleep(0.002)
        print(f"rights: {checked} pairs of method and role, {count['open']} open, {count['refused']} refused", flush=True)
        self.assertEqual(wrong, [])
        self.assertGreater(count["refused"], 100)


    def test_with_the_lesser_right_one_may_for_oneself_only(self):
        if "trunk" not in self.suite.facts["services"]:
            self.skipTest("trunk does not run")
        method = "trunkline.trunk.v1.BrowserPhones/HangUpLeg"
        agent = self.signed_in("1001")
        self.assertEqual(agent.call(method, {"phone": "1002"}).reason, "NOT_YOUR_OWN")
        # Let through as his own: trunk itself says what it thinks of it.
        for phone in ("", "1001"):
            self.assertNotIn(agent.call(method, {"phone": phone}).reason, ("NOT_YOUR_OWN", "RIGHT_MISSING", "NOT_AN_AGENT"))
        self.assertEqual(self.signed_in("branch").call(method, {"phone": "1001"}).reason, "RIGHT_MISSING")

    def test_a_stream_of_a_service_comes_through_with_its_error(self):
        if "recording" not in self.suite.facts["services"]:
            self.skipTest("recording does not run")
        stream = Stream(self.signed_in("supervisor"), "trunkline.recording.v1.Recordings/DownloadRecording",
                        {"recordingId": "nope", "actor": "supervisor", "reason": "test"})
        wait_until(lambda: stream.end, "the stream ends")
        self.assertEqual((stream.answer.status, stream.error()), (200, "not_found"))


class LiveTest(WebTest):
    def change(self, name):
        answer = self.admin.call("trunkline.identity.v1.Units/PutUnit", {"unit": {"unitId": "live-test", "title": name}})
        self.assertEqual(answer.status, 200, answer.body)

    def titles(self, stream):
        return [frame for _, frame in stream.events() if frame["payload"]["@type"].endswith("UnitChanged")]

    def test_an_event_is_on_the_stream_within_200_ms(self):
        admin = self.signed_in("administrator")
        delays = []
        for i in range(30):
            # A unit's change ends streams, because rights may change; sessions' events do not.
            stream = stream if i and not stream.end else admin.subscribe(topics=["trunkline.identity.v1.SessionOpened"])
            wait_until(lambda: stream.frames, "the first heartbeat")
            before = len(stream.events())
            self.signed_in("1002")
            wait_until(lambda: len(stream.events()) > before, "the event", 5, 0.005)
            at, frame = stream.events()[-1]
            delays.append(at - seconds(frame["occurredTime"]))
        stream.close()
        delays.sort()
        print(f"live: median {statistics.median(delays) * 1000:.0f} ms, p95 {delays[28] * 1000:.0f} ms of 30", flush=True)
        self.assertLess(delays[28], 0.2)

    def test_who_comes_back_misses_nothing_and_who_is_too_late_is_told(self):
        admin = self.signed_in("administrator")
        first = admin.subscribe(topics=["trunkline.identity.v1.SessionOpened"])
        wait_until(lambda: first.frames, "the first heartbeat")
        last = first.frames[-1][1]
        first.close()
        for name in ("1001", "1002", "1003"):
            self.signed_in(name)
        again = admin.subscribe(topics=["trunkline.identity.*"], epoch=last["epoch"], resumeAfter=last.get("sequence", "0"))
        wait_until(lambda: len(again.events()) >= 3, "what was missed")
        agents = [frame["payload"]["agentId"] for _, frame in again.events()][:3]
        self.assertEqual(agents, ["1001", "1002", "1003"])
        numbers = [int(frame["sequence"]) for _, frame in again.events()]
        self.assertEqual(numbers, sorted(set(numbers)))
        again.close()
        for epoch, after in (("other", "1"), (last["epoch"], "999999999")):
            late = admin.subscribe(epoch=epoch, resumeAfter=after)
            wait_until(lambda: late.end, "the stream ends")
            self.assertEqual(late.error(), "out_of_range")

    def test_an_agent_sees_what_is_about_him_only(self):
        stream = self.signed_in("1001").subscribe()
        wait_until(lambda: stream.frames, "the first heartbeat")
        self.signed_in("1002")
        self.signed_in("1001")
        wait_until(stream.events, "his own event")
        self.assertEqual({frame["payload"]["agentId"] for _, frame in stream.events()}, {"1001"})
        stream.close()

    def test_a_revoked_session_ends_within_a_second_everywhere(self):
        user = self.make_user("leaver")
        took = []
        for _ in range(5):
            leaver = self.signed_in("leaver")
            stream = leaver.subscribe()
            wait_until(lambda: stream.frames, "the first heartbeat")
            self.assertEqual(leaver.call(WHO).status, 200)
            start = time.time()
            self.admin.call("trunkline.identity.v1.Users/RevokeSessions", {"userId": user["userId"]})
            wait_until(lambda: stream.end, "the stream ends", 5, 0.005)
            wait_until(lambda: leaver.call("trunkline.identity.v1.Units/ListUnits").status == 401, "401", 5, 0.01)
            took.append(time.time() - start)
            self.assertEqual(stream.error(), "unauthenticated")
        print(f"revocation: longest of 5 {max(took) * 1000:.0f} ms", flush=True)
        self.assertLess(max(took), 1)

    def test_a_disabled_user_is_out_and_new_rights_count_at_once(self):
        user = self.make_user("mover", roles=[{"roleId": "branch", "unitId": "east"}])
        mover = self.signed_in("mover")
        self.assertEqual(mover.call(LIST).code, "permission_denied")
        rights = mover.call(WHO).json["rights"]
        self.assertIn("workorder.orders.read@east", rights)
        put = "trunkline.identity.v1.Users/PutUser"
        self.admin.call(put, {"user": user | {"roles": [{"roleId": "supervisor"}]}})
        wait_until(lambda: mover.call(LIST).status == 200, "the new right", 1)
        self.admin.call(put, {"user": {"userId": user["userId"], "loginName": "mover", "disabled": True}})
        wait_until(lambda: mover.call(LIST).status == 401, "out", 1)
        self.assertEqual(Gateway(self.url).log_in("mover", password("mover")).reason, "LOG_IN_REFUSED")


class KillTest(WebTest):
    def test_sessions_survive_kill_9_of_both(self):
        person = self.signed_in("supervisor")
        for name in ("web", "identity"):
            pid = pid_of(self.suite, name)
            os.kill(pid, signal.SIGKILL)
            wait_until_replaced(self.suite, name, pid)
            wait_until(lambda: self.reaches(person), f"the session after {name} came back", 10)
        self.assertEqual(person.call(WHO).json["user"]["loginName"], "supervisor")

    @staticmethod
    def reaches(person):
        try:
            return person.call(LIST).status == 200
        except OSError:
            return False

    def test_a_session_known_here_goes_on_while_identity_is_away(self):
        person = self.signed_in("supervisor")
        self.assertEqual(person.call("trunkline.identity.v1.Roles/ListRoles").status, 200)
        pid = pid_of(self.suite, "identity")
        os.kill(pid, signal.SIGSTOP)
        try:
            answer = person.call("trunkline.acd.v1.Queues/ListQueues") if "acd" in self.suite.facts["services"] else None
            if answer:
                self.assertEqual(answer.status, 200)
            time.sleep(3)
            started = time.time()
            answer = person.call("trunkline.identity.v1.Roles/ListRoles",
                                 headers=person.headers(**{"Connect-Timeout-Ms": "500"}))
            self.assertIn(answer.code, ("deadline_exceeded", "unavailable"))
            self.assertLess(time.time() - started, 5)
        finally:
            os.kill(pid, signal.SIGCONT)


if __name__ == "__main__":
    unittest.main()
