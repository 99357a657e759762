"""A carrier's edge in front of one telephone: answers OPTIONS, which baresip does not, and passes everything else on."""
import re
import socket
import threading


class Front(threading.Thread):
    """Listens on `port`; what comes from the telephone goes to the suite, what comes from elsewhere to the telephone."""

    def __init__(self, phone_port, suite_port):
        super().__init__(daemon=True)
        self.phone, self.suite = ("127.0.0.1", phone_port), ("127.0.0.1", suite_port)
        self.wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.wire.bind(("127.0.0.1", 0))
        self.port = self.wire.getsockname()[1]
        self.start()

    def run(self):
        while True:
            try:
                data, source = self.wire.recvfrom(65536)
            except OSError:
                return
            if data.startswith(b"OPTIONS "):
                self.wire.sendto(self._answer(data.decode()), source)
            else:
                self.wire.sendto(data, self.suite if source == self.phone else self.phone)

    @staticmethod
    def _answer(request):
        kept = "".join(f"{line}\r\n" for line in re.findall(r"(?mi)^((?:Via|From|Call-ID|CSeq):[^\r\n]*)", request))
        to = re.search(r"(?mi)^To:[^\r\n]*", request).group(0)
        return f"SIP/2.0 200 OK\r\n{kept}{to};tag=front\r\nContent-Length: 0\r\n\r\n".encode()

    def stop(self):
        self.wire.close()
