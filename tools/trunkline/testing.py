"""Runs the sections of tools/tests.toml and counts what passed and failed."""
import dataclasses
import os
import re
import shutil
import signal
import subprocess
import time
import tomllib

from .output import Failure, last_lines, say
from .settings import ROOT

SECTIONS = ROOT / "tools" / "tests.toml"
SHOWN_LINES = 60

# How test programs close: a line of their own, ctest's, and unittest's two.
PLAIN = re.compile(r"^(?:\w+: )?(\d+) passed, (\d+) failed", re.MULTILINE)
CTEST = re.compile(r"tests passed, (\d+) tests? failed out of (\d+)")
UNITTEST = re.compile(r"^Ran (\d+) tests? in .*\n\n(?:OK|FAILED \((.*)\))", re.MULTILINE)


@dataclasses.dataclass
class Tally:
    passed: int = 0
    failed: int = 0


def run(settings, only, list_only):
    """Runs the sections in order, all of them even when one fails; returns the exit code."""
    sections = tomllib.loads(SECTIONS.read_text())["section"]
    names = [section["name"] for section in sections]
    for name in only or ():
        if name not in names:
            raise Failure(f"there is no test section {name}; the sections are {', '.join(names)}")
    chosen = [section for section in sections
              if (section["name"] in only if only else list_only or not section.get("optional"))]
    if list_only:
        for section in chosen:
            say(f"{section['name']}: {section['about']}{'; only when named' if section.get('optional') else ''}")
            for step in section["steps"]:
                say(f"    {step}")
        return 0
    started = time.monotonic()
    tally = Tally()
    work = settings.build / "test"
    shutil.rmtree(work / "logs", ignore_errors=True)
    (work / "logs").mkdir(parents=True)
    for section in chosen:
        _run_section(settings, section, work, tally)
    say(f"\nall sections took {_minutes(time.monotonic() - started)}; full output in {work / 'logs'}")
    say(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


def _run_section(settings, section, work, tally):
    say(f"\n== {section['name']}: {section['about']}")
    started = time.monotonic()
    environment = _environment(settings, work)
    if section.get("training"):
        environment["TRUNKLINE_TRAINING"] = "1"
    suite = _Suite(environment, work) if section.get("suite") else None
    if suite and not suite.start():
        tally.failed += 1
    else:
        for number, step in enumerate(section["steps"], 1):
            log = work / "logs" / f"{section['name']}-{number}.log"
            _run_step(step, environment, log, section["minutes"] * 60, tally)
    if suite and not suite.stop():
        tally.failed += 1
    say(f"== {section['name']} took {_minutes(time.monotonic() - started)}")


def _environment(settings, work):
    """The steps see these; a suite that a section starts is apart from one that a person runs."""
    return os.environ | {
        "BUILD": str(settings.build),
        "WORK": str(work),
        "TRUNKLINE_BUILD": str(settings.build),
        "TRUNKLINE_DATA": str(work / "data"),
        "TRUNKLINE_PORT_BASE": os.environ.get("TRUNKLINE_TEST_PORT_BASE", "27000"),
        "TRUNKLINE_SIP_PORT": os.environ.get("TRUNKLINE_TEST_SIP_PORT", "26060"),
    }


def _run_step(step, environment, log, seconds, tally):
    started = time.monotonic()
    code = _execute(step, environment, log, seconds)
    passed, failed = _count(log, code)
    tally.passed += passed
    tally.failed += failed
    verdict = "ok    " if failed == 0 else "FAILED"
    say(f"  {verdict} {step:<84} {passed:>4} passed {failed:>3} failed {time.monotonic() - started:7.1f} s")
    if failed:
        if code is None:
            say(f"    | stopped: it took longer than the section's limit of {seconds / 60:.0f} min")
        for line in last_lines(log, SHOWN_LINES):
            say(f"    | {line}")


def _execute(step, environment, log, seconds):
    """The step's exit code, or None when it was stopped at the limit, with everything it had started."""
    with open(log, "w") as output:
        process = subprocess.Popen(["bash", "-c", step], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                                   stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return None
        except KeyboardInterrupt:
            os.killpg(process.pid, signal.SIGTERM)
            raise


def _count(log, code):
    """(passed, failed): from the closing line when the step prints one it is known by, else one for the exit code."""
    reported = _reported(log.read_text(errors="replace"))
    if reported is None:
        return (1, 0) if code == 0 else (0, 1)
    passed, failed = reported
    if failed == 0 and (code != 0 or passed == 0):
        failed = 1
    return passed, failed


def _reported(text):
    plain, ctest, unittest = ([*pattern.finditer(text)] for pattern in (PLAIN, CTEST, UNITTEST))
    if plain:
        return int(plain[-1][1]), int(plain[-1][2])
    if ctest:
        return int(ctest[-1][2]) - int(ctest[-1][1]), int(ctest[-1][1])
    if unittest:
        failed = sum(map(int, re.findall(r"(?:failures|errors)=(\d+)", unittest[-1][2] or "")))
        return int(unittest[-1][1]) - failed, failed
    return None


class _Suite:
    """A suite of its own for the steps of one section."""

    def __init__(self, environment, work):
        self._environment = environment
        self._log = work / "logs" / "suite.log"

    def start(self):
        return self._call("up")

    def stop(self):
        return self._call("down")

    def _call(self, command):
        started = time.monotonic()
        good = _execute(f"./trunkline {command}", self._environment, self._log, 300) == 0
        say(f"  {'ok    ' if good else 'FAILED'} ./trunkline {command:<72} {time.monotonic() - started:29.1f} s")
        if not good:
            for line in last_lines(self._log, SHOWN_LINES):
                say(f"    | {line}")
        return good


def _minutes(seconds):
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"
