"""Hostile SIP messages of our own: each is one sound request with one thing changed, and the answers it must get.

They stand for the kinds of RFC 4475 and RFC 5118 wherever the messages of the RFCs are not at hand, and go beyond them.
The words for answers are those of expectations.tsv.
"""
from dataclasses import dataclass

NUMBER = "sip:96166@127.0.0.1"
SDP = ("v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\nm=audio 41000 RTP/AVP 8\r\n")
ORDER = ("Via", "From", "To", "Call-ID", "CSeq", "Max-Forwards", "Contact")


@dataclass
class Message:
    """One message with the answers over UDP and over TCP; `tcp` None: the same."""

    name: str
    data: bytes
    udp: str
    tcp: str | None = None


def request(name, method="OPTIONS", start="{method} {uri} SIP/2.0", uri=NUMBER, body="", length=None, **changes):
    """The bytes of a sound request with `changes` by header, written From or Call_ID: a value, several, or None to leave
    it out. `more` holds lines to add. An id of its own keeps every message a transaction of its own."""
    key = name.replace(" ", "-")
    more = changes.pop("more", [])
    headers = {
        "Via": f"SIP/2.0/UDP 127.0.0.2;branch=z9hG4bK-{key}",
        "From": f"<sip:13800138000@127.0.0.2>;tag={key[:20]}",
        "To": f"<{NUMBER}>",
        "Call-ID": f"{key}@127.0.0.2",
        "CSeq": f"7 {method}",
        "Max-Forwards": "70",
        "Contact": "<sip:13800138000@127.0.0.2>",
    } | {header.replace("_", "-"): value for header, value in changes.items()}
    lines = [start.format(method=method, uri=uri)]
    for header in ORDER:
        values = headers[header] if isinstance(headers[header], list) else [headers[header]]
        lines += [f"{header}: {value}" for value in values if value is not None]
    lines += more
    if body and not any(line.startswith("Content-Type") for line in more):
        lines.append("Content-Type: application/sdp")
    if length != "none":
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def response(name, start):
    """A response to nothing we know of."""
    return request(name, start=start)


def sound():
    """Odd but right: answered by policy, never by 400."""
    yield "folded lines, spaces, odd case", request(
        "folded", "INVITE", body=SDP, From='"A \\"quoted\\" name"\r\n   <sip:13800138000@127.0.0.2>\r\n\t;tag=f1',
        more=["sUpPoRtEd  :\r\n timer", "Unheard-Of: ;;,,;; \r\n  and more", "SUBJECT:"]), "policy"
    yield "compact names", request(
        "compact", Via=None, From=None, To=None, Call_ID=None, Contact=None,
        more=["v: SIP/2.0/UDP 127.0.0.2;branch=z9hG4bK-compact", "f: <sip:a@127.0.0.2>;tag=c1", f"t: <{NUMBER}>",
              "i: compact@127.0.0.2"]), "policy"
    yield "escapes in the user part, NUL among them", request(
        "escapes", "REGISTER", uri="sip:127.0.0.1", To="sip:%61%00b%2F@127.0.0.1", From="sip:%61%00b@127.0.0.1;tag=e1"), "policy"
    yield "parameters nobody knows", request(
        "unknown params", "INVITE", body=SDP, uri=f"{NUMBER};odd;odder=1", Contact="<sip:a@127.0.0.2;x=%20>;y=\"z;z\""), "policy"
    yield "a semicolon in the user part", request("semicolon", uri="sip:user;part=1@127.0.0.1"), "policy"
    yield "a branch of nothing but the cookie", request("cookie", Via="SIP/2.0/UDP 127.0.0.2;branch=z9hG4bK"), "policy"
    yield "transports of the future", request(
        "transports", Via=["SIP/2.0/UDP 127.0.0.2;branch=z9hG4bK-future", "SIP/2.0/QUIC a.example;branch=z9hG4bK-f2"]), "policy"
    yield "a very long value", request("long", "INVITE", body=SDP, From=f'"{"x" * 5000}" <sip:a@127.0.0.2>;tag=l1'), "policy"
    yield "a date that is none", request("date", more=["Date: the day before yesterday"]), "policy"
    yield "no hops left for us", request("hops", Max_Forwards="0"), "200"
    yield "IPv6 in every place", request(
        "ipv6", "REGISTER", uri="sip:[2001:db8::10]", Via="SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bK-6",
        Contact="<sip:a@[2001:db8::1]:5070>"), "policy"
    yield "three colons in an address", request("three colons", Via="SIP/2.0/UDP [2001:db8:::192.0.2.1];branch=z9hG4bK-63"), "policy"
    yield "a request of RFC 2543", request(
        "old", "INVITE", body=SDP, length="none", Via="SIP/2.0/UDP 127.0.0.2", From="<sip:13800138000@127.0.0.2>",
        Max_Forwards=None, Contact=None), "policy", "400+close"
    yield "two requests at once", request("first") + request("second"), "policy", "policy policy"
    yield "bytes behind the body", request("tail", "INVITE", body=SDP + "rest", length=len(SDP)), "policy", "policy"
    yield "a dialog that is not ours", request("dialog", "BYE", To=f"<{NUMBER}>;tag=nobody"), "481"


def refused():
    """Well formed, but not what we can do."""
    yield "a method nobody knows", request("method", "SING"), "501"
    yield "a method in lower case", request("case", "options"), "501"
    yield "a method with escapes is not unescaped", request("escaped method", "OPTION%53"), "501"
    yield "a method of another kind of element", request("publish", "PUBLISH"), "405"
    yield "a scheme nobody knows", request("scheme", uri="nobodyknows:this"), "416"
    yield "a version to come", request("version", start="{method} {uri} SIP/7.0"), "505"
    yield "an extension nobody knows", request("require", "INVITE", body=SDP, more=["Require: telepathy"]), "420"
    yield "a body nobody reads", request("body", "INVITE", body="?", more=["Content-Type: application/riddle"]), "415"
    yield "an answer we cannot write", request("accept", "INVITE", more=["Accept: text/plain"]), "406"
    yield "a registration without a password", request("register", "REGISTER", uri="sip:127.0.0.1"), "401"


def malformed():
    """Answered with 400; over a stream it is closed too where the end of the message is not certain."""
    for header in ("From", "To", "Call-ID", "CSeq"):
        yield f"no {header}", request(f"no {header}", **{header.replace("-", "_"): None}), "400"
        twice = {"From": "<sip:a@b.example>;tag=2", "To": "<sip:a@b.example>", "Call-ID": "two", "CSeq": "7 OPTIONS"}[header]
        yield f"{header} twice", request(f"two {header}", **{header.replace("-", "_"): [twice, twice]}), "400"
    yield "a quote that never ends", request("quote", To=f'"Never <{NUMBER}>'), "400"
    yield "separators without values", request("separators", Contact='"A" <sip:a@127.0.0.2>;;;,;,,'), "400"
    yield "a comma in a bare name", request("comma", From="Li, Si <sip:a@127.0.0.2>;tag=c2"), "400"
    yield "spaces inside an address", request("spaces", To='"A" < sip:a@127.0.0.2 >'), "400"
    yield "a sequence number above 32 bits", request("sequence", CSeq="36893488147419103232 OPTIONS"), "400"
    yield "a sequence of another method", request("mismatch", CSeq="7 INVITE"), "400"
    yield "hops above a byte", request("many hops", Max_Forwards="300"), "400"
    yield "a target in angle brackets", request("brackets", uri=f"<{NUMBER}>"), "400"
    yield "a space in the target", request("space", uri="sip:96166@127.0.0.1; x=1"), "400"
    yield "two spaces in the first line", request("two spaces", start="{method}  {uri} SIP/2.0"), "400"
    yield "a space behind the first line", request("space behind", start="{method} {uri} SIP/2.0 "), "400"
    yield "headers in the target", request("headers", uri=f"{NUMBER}?Route=%3Csip:x.example%3E"), "400"
    yield "a Contact that hides headers", request("contact", "REGISTER", Contact="sip:a@127.0.0.2?Route=%3Csip:x.example%3E"), "400"
    yield "a star beside a Contact", request("star", "REGISTER", Contact=["*", "<sip:a@127.0.0.2>"]), "400"
    yield "an IPv6 address without brackets", request("bare ipv6", uri="sip:2001:db8::10"), "400"
    yield "a body shorter than it says", request("short", "INVITE", body=SDP, length=9999), "400", "400+close"
    yield "a length below zero", request("negative", "INVITE", body=SDP, length=-1), "400", "400+close"
    yield "a length that is not a number", request("word", "INVITE", body=SDP, length="many"), "400", "400+close"
    yield "a length of 2^64 and a bit", request("huge", "INVITE", body=SDP, length=2**64 + len(SDP)), "400", "400+close"
    yield "two lengths", request("lengths", "INVITE", body=SDP, more=["Content-Length: 5"]), "400", "400+close"


def unanswered():
    """Nobody to answer to, or nothing to say."""
    yield "an answer to nothing", response("answer", "SIP/2.0 200 OK"), "silence"
    yield "an answer without a phrase", response("phrase", "SIP/2.0 100 "), "silence"
    yield "an answer with a great number", response("great", "SIP/2.0 4294967301 better not"), "silence"
    yield "no Via to answer to", request("no via", Via=None), "silence"
    yield "an ACK of nothing", request("ack", "ACK", To=f"<{NUMBER}>;tag=nobody"), "silence"
    yield "a malformed ACK", request("bad ack", "ACK", CSeq="x"), "silence"
    yield "another protocol", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "silence", "silence+close"
    yield "no version at all", request("no version", start="{method} {uri}"), "silence", "silence+close"


def all_messages():
    """Every message of ours."""
    return [Message(*fields) for kind in (sound, refused, malformed, unanswered) for fields in kind()]
