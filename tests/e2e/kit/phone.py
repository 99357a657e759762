"""A SIP telephone: a real baresip of its own, driven over its control port, its SIP trace and what it heard at hand."""
import json
import pathlib
import random
import re
import shutil
import socket
import subprocess
import time

from . import audio
from .waiting import wait_until

CONFIG = """poll_method epoll
sip_listen 127.0.0.1:{sip_port}
net_interface 127.0.0.1
audio_source aufile,{folder}/tone.wav
audio_player aufile,{folder}/played.wav
audio_alert aufile,{folder}/alert.wav
audio_buffer 20-160
rtp_ports {rtp_port}-{rtp_last}
module_path {modules}
module g711.so
module aufile.so
module sndfile.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:{control_port}
snd_path {folder}/heard
call_local_timeout 120
call_max_calls 4
dns_server 127.0.0.1:53
"""


def free_port(first=11000, last=14000):
    """An even port that is free for UDP and TCP, below those the system gives to outgoing connections."""
    while True:
        port = random.randrange(first, last, 2)
        try:
            for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
                with socket.socket(socket.AF_INET, kind) as probe:
                    probe.bind(("127.0.0.1", port))
            return port
        except OSError:
            continue


class Phone:
    """`name` is its user part; `tone` the frequency it sends, unless it plays `sound`, a WAV file. With a password it
    registers at the suite."""

    def __init__(self, folder, name, tone, sip_port, password=None, answers=True, codec="PCMA", sound=None):
        self.folder = pathlib.Path(folder).absolute()
        self.name, self.tone, self.suite_port = name, tone, sip_port
        (self.folder / "heard").mkdir(parents=True)
        if sound:
            shutil.copyfile(sound, self.folder / "tone.wav")
        else:
            audio.make_tone(self.folder / "tone.wav", tone)
        self.control_port = free_port()
        self.port = free_port()
        self._write_config(password, answers, codec)
        self.trace = self.folder / "trace.log"
        with self.trace.open("w") as log:
            # It must not outlive this program: a stale phone would go on registering, and ring instead of the next one.
            command = ["setpriv", "--pdeathsig", "TERM", "stdbuf", "-oL", "baresip", "-f", str(self.folder), "-s"]
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT)
        wait_until(lambda: "baresip is ready" in self.text(), f"phone {name} starts", 10)
        if password:
            wait_until(lambda: re.search(r"\} 200 OK .*binding", self.text()), f"phone {name} registers", 10)

    def _write_config(self, password, answers, codec):
        modules = next(iter(sorted(pathlib.Path("/usr/lib").glob("**/baresip/modules"))))
        rtp_port = free_port(14000, 16000)
        (self.folder / "config").write_text(CONFIG.format(
            sip_port=self.port, folder=self.folder, rtp_port=rtp_port, rtp_last=rtp_port + 40, modules=modules,
            control_port=self.control_port))
        (self.folder / "contacts").write_text("")
        mode = "auto" if answers else "manual"
        account = f";regint=0;audio_codecs={codec};answermode={mode}"
        domain = f"127.0.0.1:{self.port}"
        if password:
            domain = f"127.0.0.1:{self.suite_port}"
            account = f";auth_user={self.name};auth_pass={password};regint=60;audio_codecs={codec};answermode={mode}"
        (self.folder / "accounts").write_text(f"<sip:{self.name}@{domain}>{account}\n")

    def text(self):
        """The SIP trace so far."""
        return self.trace.read_text(errors="replace")

    def command(self, command, parameter=""):
        """Sends one command; raises when the phone refuses it."""
        message = json.dumps({"command": command, "params": parameter, "token": "t"}).encode()
        with socket.create_connection(("127.0.0.1", self.control_port), timeout=5) as control:
            control.sendall(b"%d:%s," % (len(message), message))
            answer = b""
            while b'"response":true' not in answer:
                part = control.recv(65536)
                if not part:
                    raise RuntimeError(f"phone {self.name} closed its control port at '{command}'")
                answer += part

    def dial(self, number):
        self.command("dial", f"sip:{number}@127.0.0.1:{self.suite_port}")

    def press(self, keys):
        self.command("sndcode", keys)

    def received_key(self, key):
        """Did this key of the other side arrive as an RTP event?"""
        return f"received event: '{key}'" in self.text()

    def hold(self):
        self.command("hold")

    def resume(self):
        self.command("resume")

    def transfer(self, extension):
        self.command("transfer", f"sip:{extension}@127.0.0.1:{self.suite_port}")

    def hang_up(self):
        self.command("hangup")

    def heard(self, seconds=None):
        """What arrived in the newest call: the last seconds of it, or all."""
        files = sorted((self.folder / "heard").glob("*-dec.wav"), key=lambda file: file.stat().st_mtime)
        if not files:
            return []
        channel = audio.samples(files[-1])[0]
        return channel if seconds is None else channel[-int(seconds * audio.RATE):]

    def heard_seconds(self):
        return len(self.heard()) / audio.RATE

    def hears_tone(self, hertz, seconds=0.6):
        return audio.hears(self.heard(seconds), hertz)

    def is_answered(self):
        """Did the other side take the call that it dialled?"""
        return any(" INVITE" in text for text in self.messages("SIP/2.0 200"))

    def has_ended(self):
        """Was its call ended or refused?"""
        return "session closed" in self.text() or bool(self.messages("BYE sip:"))

    def messages(self, start_line):
        """Every SIP message of the trace whose first line matches, as text."""
        return re.findall(rf"^({start_line}.*?)(?=\n\n|\r\n\r\n)", self.text().replace("\r", ""), re.S | re.M)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def settle(seconds):
    """Lets real audio flow; the only wait that is not for an event."""
    time.sleep(seconds)
