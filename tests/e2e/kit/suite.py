"""The running suite, as an operator sees it: through tlctl, and where its files and ports are."""
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]


class Refused(RuntimeError):
    """tlctl said no; the text is what it printed."""


class Suite:
    def __init__(self, path=None):
        self.facts = json.loads(pathlib.Path(path or os.environ["TRUNKLINE_SUITE"]).read_text())
        self.sip_port = self.facts["sip"]["udp"]
        self.data = pathlib.Path(self.facts["data"])

    def text(self, *arguments):
        """What tlctl prints for people."""
        return self._run(*arguments)

    def ask(self, *arguments):
        """The whole answer of a command."""
        return json.loads(self._run("--json", *arguments))

    def _run(self, *arguments):
        tool = self.facts["tlctl"]
        done = subprocess.run([tool["binary"], "--config", tool["config"], *map(str, arguments)],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Refused(done.stderr.strip() or done.stdout.strip())
        return done.stdout

    def agent(self, agent_id):
        return self.ask("agent", "get", agent_id)

    def contact_of(self, number):
        """The newest live call from this number, or None."""
        calls = [call for call in self.ask("call", "list")["calls"] if call["from_number"] == number]
        return max(calls, key=lambda call: call["start_time"]) if calls else None

    def timeline(self, contact_id):
        return self.ask("figures", "timeline", contact_id)["entries"]

    def figures(self, queue_id):
        """Today's figures of a queue; zeros when nothing happened yet."""
        for row in self.ask("figures", "day", "--queue", queue_id)["queues"]:
            return row
        return {"offered": "0", "answered": "0", "handled_segments": "0", "open_segments": "0"}
