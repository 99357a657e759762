"""Load measurements: tests/load/*_bench.py against the running suite, and the build's own *_bench programs."""
import os
import subprocess
import sys

from . import demo, lifecycle, supervisor
from .output import Failure, say
from .settings import ROOT

FOLDER = ROOT / "tests" / "load"


def run(settings, names):
    """Runs the measurements and returns 1 if any failed. Starts the suite when one needs it and it is not running."""
    scripts = {path.stem.removesuffix("_bench"): path for path in sorted(FOLDER.glob("*_bench.py"))}
    programs = {path.name.removesuffix("_bench"): path for path in sorted(settings.binaries.glob("*_bench"))}
    found = programs | scripts
    chosen = names or list(found)
    unknown = [name for name in chosen if name not in found]
    if unknown or not found:
        raise Failure(f"there is no measurement {' '.join(unknown)}; there are: {', '.join(found) or 'none'} "
                      f"(./trunkline build makes those of {settings.binaries})")
    needs_suite = any(name in scripts for name in chosen)
    starts_suite = needs_suite and not supervisor.is_running(settings)
    failed = []
    try:
        if needs_suite:
            lifecycle.up(settings)
        for name in chosen:
            say(f"\n== {name}")
            if _measure(settings, found[name], name in scripts) != 0:
                failed.append(name)
    finally:
        if starts_suite:
            lifecycle.down(settings)
    say(f"failed: {', '.join(failed)}" if failed else "all measurements done")
    return 1 if failed else 0


def _measure(settings, path, is_script):
    if is_script:
        return demo.run_with_suite(settings, [sys.executable, path])
    return subprocess.run([path], check=False, cwd=ROOT, env=os.environ).returncode
