"""A telephone in a real browser: Chromium on tests/browser/telephone.html, driven by tests/browser/telephone.mjs."""
import json
import pathlib
import subprocess

from . import audio
from .suite import ROOT

FOLDER = ROOT / "tests" / "browser"


class BrowserFailed(RuntimeError):
    """The page, or the browser, said no."""


def install():
    """The packages of the lock file, once."""
    if not (FOLDER / "node_modules" / "playwright-core").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=FOLDER, check=True,
                       stdout=subprocess.DEVNULL)


class Browser:
    """Its microphone hears a steady tone."""

    def __init__(self, folder, suite, tone):
        install()
        self.tone = tone
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True)
        # Half an hour, as Chromium leaves a pause when it starts a file again.
        audio.make_tone(folder / "microphone.wav", tone, 1800)
        secrets = pathlib.Path(suite.facts["tlctl"]["config"]).parent
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "node", str(FOLDER / "telephone.mjs"),
             suite.facts["services"]["trunk"]["grpc"], str(secrets), str(folder / "microphone.wav")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def _do(self, **command):
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise BrowserFailed("the browser has ended")
        answer = json.loads(line)
        if "error" in answer:
            raise BrowserFailed(answer["error"])
        return answer["value"]

    def page(self, phone):
        return Page(self, phone)

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


class Page:
    """The page of one phone; `open` also loads it again."""

    def __init__(self, browser, phone):
        self.browser, self.phone = browser, phone

    def open(self):
        self.browser._do(do="open", phone=self.phone)

    def close(self):
        self.browser._do(do="close", phone=self.phone)

    def evaluate(self, text):
        return self.browser._do(do="evaluate", phone=self.phone, text=text)

    def media(self):
        return self.evaluate("telephone.media")

    def legs(self, state=None):
        legs = self.evaluate("Object.values(telephone.legs)")
        return [leg for leg in legs if state is None or leg["state"] == state]

    def call(self, method, **fields):
        return self.evaluate(f"telephone.call({json.dumps(method)}, {json.dumps(fields)})")

    def hears_tone(self, hertz):
        return self.evaluate(f"telephone.share({hertz})") > 0.6
