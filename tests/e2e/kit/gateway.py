"""A client of the gateway that shows everything of HTTP: statuses, headers, cookies, frames of streams."""
import http.client
import json
import ssl
import struct
import threading
import time
import types
import urllib.parse

ENDED = 2


class Gateway:
    """One browser: keeps the session cookie."""

    def __init__(self, url, authority=None):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port, self.secure = parts.hostname, parts.port, parts.scheme == "https"
        self.context = ssl.create_default_context(cafile=authority) if authority else None
        self.cookie = ""

    def connect(self, timeout=10):
        if self.secure:
            return http.client.HTTPSConnection(self.host, self.port, timeout=timeout, context=self.context)
        return http.client.HTTPConnection(self.host, self.port, timeout=timeout)

    def request(self, verb, path, body=None, headers=None):
        """Any HTTP request; the answer with status, headers and body."""
        connection = self.connect()
        try:
            connection.request(verb, path, body, headers or {})
            answer = connection.getresponse()
            return types.SimpleNamespace(status=answer.status, headers=answer.headers, body=answer.read())
        finally:
            connection.close()

    def headers(self, content_type="application/json", **more):
        headers = {"Content-Type": content_type, "Connect-Protocol-Version": "1", "Cookie": self.cookie}
        return {name: value for name, value in (headers | more).items() if value is not None}

    def call(self, method, message=None, headers=None):
        """A unary call with JSON: status, headers, and the JSON of the answer or error."""
        body = message if isinstance(message, (bytes, str)) else json.dumps(message or {})
        answer = self.request("POST", f"/{method}", body, headers or self.headers())
        answer.json = json.loads(answer.body) if answer.body.startswith(b"{") else None
        answer.code = (answer.json or {}).get("code", "") if answer.status != 200 else "ok"
        details = (answer.json or {}).get("details") or [{}]
        answer.reason = details[0].get("debug", {}).get("reason", "") if answer.status != 200 else ""
        answer.field = details[0].get("debug", {}).get("field", "") if answer.status != 200 else ""
        return answer

    def log_in(self, name, password, **more):
        answer = self.call("trunkline.web.v1.Access/LogIn", {"loginName": name, "password": password} | more)
        if answer.status == 200:
            self.cookie = answer.headers["set-cookie"].split(";")[0]
        return answer

    def subscribe(self, **request):
        return Stream(self, "trunkline.web.v1.Live/Subscribe", request)


class Stream:
    """A server stream, read on a thread of its own; every frame with the time of its arrival."""

    def __init__(self, gateway, method, request):
        body = json.dumps(request).encode()
        self.connection = gateway.connect(timeout=60)
        self.connection.request("POST", f"/{method}", b"\0" + struct.pack(">I", len(body)) + body,
                                gateway.headers("application/connect+json"))
        self.answer = self.connection.getresponse()
        self.frames, self.end, self.broken = [], None, False
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        try:
            while self.end is None:
                prefix = self.answer.read(5)
                if len(prefix) < 5:
                    break
                flags, length = struct.unpack(">BI", prefix)
                message = json.loads(self.answer.read(length))
                if flags & ENDED:
                    self.end = message
                    self.ended_at = time.time()
                else:
                    self.frames.append((time.time(), message))
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass  # closed from here while it was being read
        self.broken = self.end is None

    def events(self):
        return [(at, frame) for at, frame in list(self.frames) if "payload" in frame]

    def error(self):
        return (self.end or {}).get("error", {}).get("code", "")

    def close(self):
        self.connection.sock and self.connection.sock.close()
        self.connection.close()
