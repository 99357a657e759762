"""Simulated customers for demonstrations and training: on request one calls the hotline with real SIP and a recorded voice.

    python3 tests/e2e/training.py --listen 127.0.0.1:17064 --folder STATE --tls CERTIFICATES --sip-port 5060

Serves trunkline.training.v1.Training over mutual TLS. Each customer is a baresip of his own, which presses the key of the
queue and speaks until somebody hangs up."""
import argparse
import concurrent.futures
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time

import grpc
from kit.phone import Phone

HOTLINE, KEY = "96166", "2"
# After the answer: in the menu, and once more should the greeting have taken longer.
KEY_SECONDS = (8, 14)
CALLERS = ("13800138000", "13911112222", "13700137002")
LONGEST_SECONDS = 240
VOICE = ("您好，我姓张。今天早上我在人民广场站等十二路公交车，等了四十分钟，一辆也没有来。"
         "我想问一下，是不是改线了？末班车是几点？麻烦您帮我查一查，谢谢。")


def make_voice(path):
    """The customer's words again and again, with a pause in which the agent can speak."""
    with tempfile.TemporaryDirectory() as folder:
        spoken = pathlib.Path(folder) / "spoken.wav"
        subprocess.run(["espeak-ng", "-v", "cmn-latn-pinyin", "-s", "150", "-w", str(spoken), VOICE], check=True)
        subprocess.run(["sox", str(spoken), "-r", "8000", "-c", "1", "-b", "16", str(path),
                        "gain", "-3", "pad", "1", "5", "repeat", "12"], check=True)


class Customers:
    """Those who call now, at most one for each agent."""

    def __init__(self, folder, sip_port):
        self.folder, self.sip_port = folder, sip_port
        self.voice = folder / "voice.wav"
        make_voice(self.voice)
        self.lock = threading.Lock()
        self.by_agent = {}

    def place(self, agent, context):
        with self.lock:
            if agent in self.by_agent:
                context.abort(grpc.StatusCode.ABORTED, "your simulated customer is still there; finish that call first")
            free = [number for number in CALLERS if number not in self.by_agent.values()]
            if not free:
                context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, "too many simulated customers; try again later")
            self.by_agent[agent] = free[0]
        threading.Thread(target=self._call, args=(agent, free[0]), daemon=True).start()
        return free[0]

    def _call(self, agent, number):
        folder = self.folder / number
        shutil.rmtree(folder, ignore_errors=True)
        try:
            phone = Phone(folder, number, None, self.sip_port, sound=self.voice)
            try:
                phone.dial(HOTLINE)
                self._stay(phone)
            finally:
                phone.stop()
        finally:
            with self.lock:
                del self.by_agent[agent]

    @staticmethod
    def _stay(phone):
        answered, keys = None, list(KEY_SECONDS)
        end = time.monotonic() + LONGEST_SECONDS
        while time.monotonic() < end and not phone.has_ended():
            now = time.monotonic()
            if answered is None and phone.is_answered():
                answered = now
            if answered is not None and keys and now - answered > keys[0]:
                keys.pop(0)
                phone.press(KEY)
            time.sleep(0.2)


def text_field(number, text):
    """One text field of a protobuf message; the two messages here are too small for generated code."""
    data = text.encode()
    return bytes([number << 3 | 2, len(data)]) + data


def first_text(message):
    """The text of field 1, "" without one."""
    return message[2:2 + message[1]].decode() if message[:1] == b"\x0a" and len(message) > 1 else ""


def serve(arguments):
    folder = pathlib.Path(arguments.folder)
    customers = Customers(folder, arguments.sip_port)
    tls = pathlib.Path(arguments.tls)
    credentials = grpc.ssl_server_credentials(
        [((tls / "key.pem").read_bytes(), (tls / "certificate.pem").read_bytes())], (tls / "ca.pem").read_bytes(), True)
    methods = {
        "GetTraining": grpc.unary_unary_rpc_method_handler(lambda _, context: text_field(1, HOTLINE)),
        "PlaceCall": grpc.unary_unary_rpc_method_handler(
            lambda request, context: text_field(1, customers.place(first_text(request), context))),
    }
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(4))
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("trunkline.training.v1.Training", methods),))
    server.add_secure_port(arguments.listen, credentials)
    server.start()
    print(f"simulated customers are ready on {arguments.listen}", flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--listen", "--folder", "--tls"):
        parser.add_argument(name, required=True)
    parser.add_argument("--sip-port", type=int, required=True)
    serve(parser.parse_args())
