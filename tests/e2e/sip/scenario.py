"""Builds sipp scenarios from short steps, so that a test reads as the call flow it is."""

SDP = """v=0
o=u 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio 40002 RTP/AVP 8
a=rtpmap:8 PCMA/8000
a={direction}
"""


def sdp(direction="sendrecv"):
    return SDP.format(direction=direction)


def _message(lines, body):
    head = list(lines)
    if body:
        head.append("Content-Type: application/sdp" if body.startswith("v=0") else "Content-Type: message/sipfrag")
    head.append("Content-Length: [len]")
    return "<![CDATA[\n" + "\n".join(head) + "\n\n" + (body or "") + "\n]]>"


def send(method, cseq=1, headers=(), body=None, branch=None):
    """A request of the caller's side. ACK and CANCEL of a failure reuse the INVITE's branch: branch="last"."""
    via = "[last_Via:]" if branch == "last" else "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]"
    to_tag = "" if (method == "INVITE" and cseq == 1) or method in ("CANCEL", "REGISTER") else "[peer_tag_param]"
    if branch == "auth":
        to_tag = ""
    lines = [
        f"{method} sip:bob@[remote_ip]:[remote_port] SIP/2.0",
        via,
        "From: <sip:ann@[local_ip]:[local_port]>;tag=[pid]T[call_number]",
        "To: <sip:bob@[remote_ip]:[remote_port]>" + to_tag,
        "Call-ID: [call_id]",
        f"CSeq: {cseq} {method}",
        "Contact: <sip:ann@[local_ip]:[local_port];transport=[transport]>",
        "Max-Forwards: 70",
        *headers,
    ]
    retransmit = "" if method == "ACK" else ' retrans="500"'
    return f"<send{retransmit}>{_message(lines, body)}</send>"


def request(method, cseq, headers=(), body=None):
    """A request of the called side: the dialog's identities are those of the INVITE it received."""
    lines = [
        f"{method} sip:trunkline@[remote_ip]:[remote_port] SIP/2.0",
        "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]",
        "From: <sip:ann@[local_ip]:[local_port]>;tag=[pid]T[call_number]",
        "To: <sip:bob@[remote_ip]:[remote_port]>[peer_tag_param]",
        "Call-ID: [call_id]",
        f"CSeq: {cseq} {method}",
        "Max-Forwards: 70",
        *headers,
    ]
    return f'<send retrans="500">{_message(lines, body)}</send>'


def reply(status, headers=(), body=None, to_tag=False, retransmit=False, via=None, cseq=None):
    """A response to the last request received; `via` and `cseq` name variables when it is not the last one."""
    lines = [
        f"SIP/2.0 {status}",
        f"Via:[${via}]" if via else "[last_Via:]",
        "[last_From:]",
        "[last_To:]" + (";tag=[pid]U[call_number]" if to_tag else ""),
        "[last_Call-ID:]",
        f"CSeq:[${cseq}]" if cseq else "[last_CSeq:]",
        "Contact: <sip:bob@[local_ip]:[local_port];transport=[transport]>",
        *headers,
    ]
    return f'<send{" retrans=" + chr(34) + "500" + chr(34) if retransmit else ""}>{_message(lines, body)}</send>'


def _action(check, keep):
    parts, variables = [], []
    for number, (header, pattern) in enumerate(check, start=1):
        where = 'search_in="body"' if header == "body" else f'search_in="hdr" header="{header}:"'
        parts.append(f'<ereg regexp="{pattern}" {where} check_it="true" assign_to="c{number}"/>')
        variables.append(f"c{number}")
    for variable, header, pattern in keep:
        parts.append(f'<ereg regexp="{pattern}" search_in="hdr" header="{header}:" assign_to="{variable}"/>')
        variables.append(variable)
    if not parts:
        return ""
    return f'<action>{"".join(parts)}</action>', ",".join(variables)


def expect(what, check=(), keep=(), optional=False, go=None, auth=False):
    """A status (number) or a request (name) that must come; `check` is (header, regular expression) pairs."""
    kind = f'response="{what}"' if isinstance(what, int) else f'request="{what}"'
    extra = (' optional="true"' if optional else "") + (f' next="{go}"' if go else "") + (' auth="true"' if auth else "")
    built = _action(check, keep)
    if not built:
        return f"<recv {kind}{extra}/>"
    action, variables = built
    return f'<recv {kind}{extra}>{action}</recv><Reference variables="{variables}"/>'


def pause(millis):
    return f'<pause milliseconds="{millis}"/>'


def label(name):
    return f'<label id="{name}"/>'


def jump(name):
    return f'<nop next="{name}"/>'


def document(name, steps):
    head = f'<?xml version="1.0"?>\n<!DOCTYPE scenario SYSTEM "sipp.dtd">\n<scenario name="{name}">\n'
    return head + "\n".join(steps) + "\n</scenario>\n"


def provisional():
    return [expect(status, optional=True) for status in (100, 180, 183)]


def call(headers=(), body=None):
    """INVITE until it is up."""
    return [send("INVITE", headers=headers, body=body or sdp()), *provisional(), expect(200), send("ACK")]


def hang_up(cseq=2):
    return [send("BYE", cseq), expect(200)]


def take(to_tag=True):
    """The called side until the call is up."""
    return [expect("INVITE"), reply("200 OK", body=sdp(), to_tag=to_tag, retransmit=True), expect("ACK")]


def hung_up():
    return [expect("BYE"), reply("200 OK")]
