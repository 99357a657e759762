"""The gateway as bytes: what the Connect protocol wants for each request, security headers, files, limits.

Needs TRUNKLINE_SUITE; a suite of identity and web alone is enough."""
import concurrent.futures
import json
import unittest

from kit.gateway import Gateway
from kit.people import LIST, WHO, WebTest
from kit.waiting import wait_until


class ProtocolTest(WebTest):
    """Raw requests and what the protocol wants for each."""

    def expect(self, answer, status, code, reason=None):
        self.assertEqual((answer.status, answer.code), (status, code), answer.body)
        if reason:
            self.assertEqual(answer.reason, reason)
        self.assertEqual(answer.headers["cache-control"], "no-store")
        self.assertTrue(answer.headers["x-trace-id"])

    def test_unknown_and_internal_methods_do_not_exist(self):
        for method in ("trunkline.identity.v1.Users/Nope", "nope", "trunkline.identity.v1.Sessions/CheckSession",
                       "trunkline.identity.v1.Sessions/OpenSession", "trunkline.bus.v1.EventLog/Replay",
                       "grpc.health.v1.Health/Check", "trunkline.identity.v1.Users/ListUsers/", "../etc/passwd"):
            with self.subTest(method):
                self.expect(self.admin.call(method), 404, "unimplemented", "UNKNOWN_METHOD")

    def test_a_content_type_it_does_not_speak_is_415(self):
        for kind in ("text/plain", "application/connect+json", "application/grpc", "application/x-www-form-urlencoded", ""):
            with self.subTest(kind):
                answer = self.admin.call(LIST, headers=self.admin.headers(kind))
                self.assertEqual(answer.status, 415)
                self.assertIn("application/json", answer.headers["accept-post"])

    def test_bad_json_is_invalid_argument_and_names_the_field(self):
        for body, field in (("{", ""), ("", ""), ("[]", ""), ('{"pageSize":"x"}', "page_size"), ('{"nope":1}', "nope"),
                            ('{"pageSize":1}x', ""), ("\xff\xfe", ""), ("{" * 5000, ""), ('{"search":' + "[" * 500, "")):
            with self.subTest(body[:20]):
                answer = self.admin.call(LIST, body.encode("latin-1"))
                self.expect(answer, 400, "invalid_argument", "BAD_REQUEST")
                if field:
                    self.assertIn(answer.field, (field, "pageSize"))

    def test_a_field_that_a_service_refuses_is_named_too(self):
        answer = self.admin.call("trunkline.identity.v1.Users/PutUser", {"user": {"loginName": "li na"}})
        self.expect(answer, 400, "invalid_argument", "BAD_FIELD")

    def test_binary_and_json_say_the_same(self):
        answer = self.admin.request("POST", f"/{LIST}", b"", self.admin.headers("application/proto"))
        self.assertEqual((answer.status, answer.headers["content-type"]), (200, "application/proto"))
        self.assertIn(b"administrator", answer.body)
        broken = self.admin.request("POST", f"/{LIST}", b"\xff\xff", self.admin.headers("application/proto"))
        self.assertEqual(broken.status, 400)

    def test_deadlines(self):
        for value, status, code in (("0", 504, "deadline_exceeded"), ("-5", 400, "invalid_argument"),
                                    ("abc", 400, "invalid_argument"), ("5000", 200, "ok")):
            with self.subTest(value):
                headers = self.admin.headers(**{"Connect-Timeout-Ms": value})
                answer = self.admin.call(LIST, headers=headers)
                self.assertEqual((answer.status, answer.code), (status, code))

    def test_bodies_are_bounded(self):
        answer = self.admin.call(LIST, json.dumps({"search": "x" * (4 << 20)}))
        self.expect(answer, 429, "resource_exhausted", "BODY_TOO_LARGE")
        answer = Gateway(self.url).log_in("x" * 20_000, "y")
        self.expect(answer, 429, "resource_exhausted", "BODY_TOO_LARGE")

    def test_compressed_requests_are_unimplemented(self):
        answer = self.admin.call(LIST, b"x", self.admin.headers(**{"Content-Encoding": "gzip"}))
        self.expect(answer, 501, "unimplemented", "COMPRESSION")

    def test_other_sites_are_refused(self):
        refused = ({"Connect-Protocol-Version": None}, {"Origin": "https://evil.example"}, {"Origin": "null"},
                   {"Sec-Fetch-Site": "cross-site"})
        for headers in refused:
            with self.subTest(headers):
                answer = self.admin.call(LIST, headers=self.admin.headers(**headers))
                self.assertEqual((answer.status, answer.code), (403, "permission_denied"))
        same = self.admin.call(LIST, headers=self.admin.headers(Origin=self.url))
        self.assertEqual(same.status, 200)

    def test_every_answer_has_the_security_headers(self):
        for verb, path in (("GET", "/"), ("GET", "/assets/none.js"), ("POST", f"/{WHO}"), ("PUT", "/"), ("GET", "/../x")):
            with self.subTest(f"{verb} {path}"):
                answer = self.admin.request(verb, path, headers=self.admin.headers())
                self.assertIn("script-src 'self';", answer.headers["content-security-policy"])
                self.assertIn("frame-ancestors 'none'", answer.headers["content-security-policy"])
                self.assertEqual(answer.headers["x-content-type-options"], "nosniff")

    def test_files_do_not_reach_outside_their_folder(self):
        for path in ("/../../../CMakeLists.txt", "/%2e%2e/package.json", "/.env", "/assets/../../package.json", "//etc/passwd"):
            with self.subTest(path):
                answer = self.admin.request("GET", path)
                self.assertNotIn(b"project(", answer.body)
                self.assertNotIn(b"dependencies", answer.body)

    def test_a_stream_tells_its_errors_in_its_last_frame(self):
        stream = Gateway(self.url).subscribe()
        wait_until(lambda: stream.end, "the stream ends")
        self.assertEqual((stream.answer.status, stream.error()), (200, "unauthenticated"))

    def test_one_user_cannot_take_all(self):
        self.make_user("greedy")
        greedy = self.signed_in("greedy")
        method = "trunkline.identity.v1.Units/ListUnits"
        with concurrent.futures.ThreadPoolExecutor(8) as crowd:
            codes = list(crowd.map(lambda _: greedy.call(method).code, range(600)))
        self.assertIn("resource_exhausted", codes)
        self.assertIn("ok", codes)
        self.assertEqual(self.admin.call(LIST).status, 200)


if __name__ == "__main__":
    unittest.main()
