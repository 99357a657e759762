"""The demonstration: everything from a fresh checkout to a call that was checked step by step."""
import dataclasses
import os
import subprocess
import sys

from . import build, configs, lifecycle
from .output import Failure, say
from .settings import ROOT

SCRIPT = ROOT / "tests" / "e2e" / "demo.py"


def demo(settings, once):
    """Builds, starts, plays the call; with `once` stops everything again. Returns the exit code of the play."""
    build.build(settings.build)
    settings = dataclasses.replace(settings, training=True)
    try:
        lifecycle.up(settings)
        code = run_with_suite(settings, [sys.executable, SCRIPT])
    finally:
        if once:
            lifecycle.down(settings)
    if code != 0:
        say(f"the demo failed; logs are in {settings.logs}")
    elif not once:
        say(f"the suite stays up: call sip:96166@127.0.0.1:{settings.sip_port}; ./trunkline status shows it, "
            "./trunkline down stops it")
        say(f"the page: {settings.page}; log in as 1001, supervisor, branch, inspector, editor or administrator, "
            "password demo-desk-NAME (demo-desk-1001)")
        say("to take a call alone: log in as 1001, sign in, go ready, and press \"模拟来电 / Call me\"; "
            "a customer calls the hotline, chooses 2 and speaks")
    return code


def run_with_suite(settings, command, **options):
    """Runs a program that talks to a running suite; TRUNKLINE_SUITE names the file that says where everything is."""
    if not settings.summary.exists():
        raise Failure(f"the suite was never started in {settings.data}; run ./trunkline up")
    environment = os.environ | {
        "TRUNKLINE_SUITE": str(settings.summary),
        "TRUNKLINE_DATA": str(settings.data),
        "TRUNKLINE_TLCTL_CONFIG": str(settings.service_folder(configs.CLIENT) / "config.yaml"),
        "PATH": f"{settings.binaries}:{os.environ.get('PATH', '')}",
    }
    return subprocess.run([*map(str, command)], env=environment, check=False, cwd=ROOT, **options).returncode
