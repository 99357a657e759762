"""Single SIP requests over UDP, written by hand where a telephone would be too well-behaved."""
import hashlib
import random
import re
import socket

SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 39990 RTP/AVP 8\r\n"


def request(method, user, port, headers=(), caller="13600136000"):
    """Sends one request and returns (status, whole text) of its final answer; acknowledges an INVITE's."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.bind(("127.0.0.1", 0))
        wire.settimeout(5)
        body = SDP if method == "INVITE" else ""
        target = f"sip:{user}@127.0.0.1:{port}" if method != "REGISTER" else f"sip:127.0.0.1:{port}"
        start = _head(f"{method} {target}", wire.getsockname()[1], user if method == "REGISTER" else caller, user, port)
        text = start + "".join(f"{line}\r\n" for line in headers)
        text += "Content-Type: application/sdp\r\n" if body else ""
        wire.sendto(f"{text}Content-Length: {len(body)}\r\n\r\n{body}".encode(), ("127.0.0.1", port))
        while True:
            answer = wire.recv(65536).decode(errors="replace")
            status = int(answer.split()[1])
            if status >= 200:
                break
        if method == "INVITE":
            to = re.search(r"^To: .*$", answer, re.M).group(0).strip()
            acknowledge = re.sub(r"^To: .*$", to, start.replace("INVITE", "ACK"), flags=re.M)
            wire.sendto(f"{acknowledge}Content-Length: 0\r\n\r\n".encode(), ("127.0.0.1", port))
        return status, answer


def _head(request_line, own_port, from_user, to_user, port):
    branch, call = f"z9hG4bK{random.getrandbits(64):016x}", f"{random.getrandbits(64):016x}@test"
    return (f"{request_line} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{own_port};branch={branch};rport\r\n"
            f"Max-Forwards: 70\r\nFrom: <sip:{from_user}@127.0.0.1:{port}>;tag=t1\r\n"
            f"To: <sip:{to_user}@127.0.0.1:{port}>\r\nCall-ID: {call}\r\nCSeq: 1 {request_line.split()[0]}\r\n"
            f"Contact: <sip:{from_user}@127.0.0.1:{own_port}>\r\n")


def register(user, password, port):
    """Registers with digest (RFC 2617 MD5, qop=auth); returns the final (status, text)."""
    status, answer = request("REGISTER", user, port)
    challenge = dict(re.findall(r'(\w+)="?([^",\r]+)"?', re.search(r"WWW-Authenticate: Digest (.*)", answer).group(1)))
    uri = f"sip:127.0.0.1:{port}"

    def digest(text):
        return hashlib.md5(text.encode()).hexdigest()

    secret = digest(f"{user}:{challenge['realm']}:{password}")
    proof = digest(f"{secret}:{challenge['nonce']}:00000001:c0ffee:auth:{digest(f'REGISTER:{uri}')}")
    return request("REGISTER", user, port, [
        f'Authorization: Digest username="{user}", realm="{challenge["realm"]}", nonce="{challenge["nonce"]}", '
        f'uri="{uri}", response="{proof}", algorithm=MD5, qop=auth, nc=00000001, cnonce="c0ffee"'])
