"""The page behind Debian's nginx with deploy/nginx/trunkline.conf: TLS, Secure cookie, the client's address, streams at once.

Needs TRUNKLINE_SUITE and the package nginx-light or nginx."""
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

from kit.gateway import Gateway
from kit.people import WHO, WebTest, password
from kit.suite import ROOT
from kit.waiting import wait_until


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class NginxTest(WebTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="trunkline-nginx"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.port, services, inner = free_port(), cls.suite.data / "services", free_port()
        # A second gateway of the same suite, which trusts the proxy.
        environment = os.environ | {
            "TRUNKLINE_WEB_HTTP_LISTEN": f"127.0.0.1:{inner}", "TRUNKLINE_WEB_HTTPS_LISTEN": "127.0.0.1:0",
            "TRUNKLINE_WEB_GRPC_LISTEN": "127.0.0.1:0", "TRUNKLINE_WEB_METRICS_LISTEN": "127.0.0.1:0",
            "TRUNKLINE_WEB_HTTP_TRUSTED_PROXIES": "127.0.0.1"}
        binary = pathlib.Path(cls.suite.facts["binaries"]) / "web"
        gateway = subprocess.Popen([binary, "--config", services / "web/config.yaml"], env=environment, stderr=subprocess.DEVNULL)
        cls.addClassCleanup(gateway.wait)
        cls.addClassCleanup(gateway.terminate)
        site = (ROOT / "deploy/nginx/trunkline.conf").read_text()
        for old, new in (("127.0.0.1:17062", f"127.0.0.1:{inner}"), ("listen 443", f"listen 127.0.0.1:{cls.port}"),
                         ("/etc/trunkline/nginx/certificate.pem", f"{services}/web/certificate.pem"),
                         ("/etc/trunkline/nginx/key.pem", f"{services}/web/key.pem")):
            assert old in site, old
            site = site.replace(old, new)
        (cls.folder / "site.conf").write_text(site)
        (cls.folder / "nginx.conf").write_text(
            f"pid {cls.folder}/pid;\nerror_log {cls.folder}/error.log;\ndaemon off;\nuser root;\nevents {{}}\n"
            f"http {{ access_log off; client_body_temp_path {cls.folder}/body; proxy_temp_path {cls.folder}/proxy;\n"
            f"fastcgi_temp_path {cls.folder}/f; uwsgi_temp_path {cls.folder}/u; scgi_temp_path {cls.folder}/s;\n"
            f"include {cls.folder}/site.conf; }}\n")
        cls.nginx = subprocess.Popen(["nginx", "-c", cls.folder / "nginx.conf", "-e", cls.folder / "error.log"])
        cls.addClassCleanup(cls.nginx.wait)
        cls.addClassCleanup(cls.nginx.terminate)
        cls.page = f"https://127.0.0.1:{cls.port}"
        cls.authority = services / "web" / "ca.pem"
        wait_until(cls.answers, "nginx answers")

    @classmethod
    def answers(cls):
        try:
            return Gateway(cls.page, cls.authority).request("GET", "/").status != 502
        except OSError:
            return False

    def test_signing_in_over_tls_gives_a_secure_cookie(self):
        gateway = Gateway(self.page, self.authority)
        answer = gateway.log_in("supervisor", password("supervisor"))
        self.assertEqual(answer.status, 200, answer.body)
        cookie = answer.headers["set-cookie"]
        for part in ("__Host-trunkline=", "; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/"):
            self.assertIn(part, cookie)
        self.assertEqual(answer.headers["strict-transport-security"], "max-age=31536000")
        self.assertEqual(gateway.call(WHO, headers=gateway.headers(Origin=self.page)).status, 200)
        self.assertEqual(gateway.call(WHO, headers=gateway.headers(Origin="https://evil.example")).status, 403)

    def test_frames_of_a_stream_are_not_held_back(self):
        gateway = Gateway(self.page, self.authority)
        gateway.log_in("administrator", password("administrator"))
        stream = gateway.subscribe(topics=["trunkline.identity.v1.SessionOpened"])
        wait_until(lambda: stream.frames, "the first heartbeat", 2)
        start = time.time()
        self.signed_in("1001")
        wait_until(stream.events, "the event", 3, 0.005)
        self.assertLess(time.time() - start, 2)
        stream.close()


class OwnTlsTest(WebTest):
    """The gateway's own HTTPS, without a proxy."""

    def test_the_gateway_speaks_tls_itself(self):
        gateway = Gateway(self.suite.facts["web"]["https"], self.suite.data / "services/web/ca.pem")
        answer = gateway.log_in("supervisor", password("supervisor"))
        self.assertTrue(answer.headers["set-cookie"].startswith("__Host-trunkline="))
        self.assertIn("; Secure", answer.headers["set-cookie"])
        self.assertEqual(gateway.call(WHO).status, 200)
        stream = gateway.subscribe()
        wait_until(lambda: stream.frames, "the first heartbeat", 2)
        stream.close()

    def test_old_tls_is_refused(self):
        port = self.suite.facts["web"]["https"].rsplit(":", 1)[1]
        done = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
                              input="", capture_output=True, text=True, check=False)
        self.assertNotEqual(done.returncode, 0)

    def test_a_forwarded_header_of_a_stranger_is_not_believed(self):
        gateway = Gateway(self.url)
        answer = gateway.call("trunkline.web.v1.Access/LogIn", {"loginName": "supervisor", "password": password("supervisor")},
                              gateway.headers(**{"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "https"}))
        self.assertEqual(answer.json["session"]["clientAddress"], "127.0.0.1")
        self.assertNotIn("Secure", answer.headers["set-cookie"])


if __name__ == "__main__":
    unittest.main()
