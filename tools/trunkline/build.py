"""Builds the tree with CMake and Ninja."""
import subprocess
import time

from .output import Failure, say
from .settings import ROOT


SANITIZE = ("-DTRUNKLINE_SANITIZE=ON", "-DCMAKE_BUILD_TYPE=Debug")


def build(folder, targets=(), options=()):
    """Configures when needed and builds; raises Failure when either does not work."""
    started = time.monotonic()
    if not (folder / "build.ninja").exists():
        _run(["cmake", "-S", ROOT, "-B", folder, "-G", "Ninja", *options], "cmake could not configure the build")
    _run(["ninja", "-C", folder, *targets], "the build failed; the first error is above")
    seconds = time.monotonic() - started
    say(f"built in {seconds // 60:.0f} min {seconds % 60:.1f} s: {folder}")


def _run(command, what):
    if subprocess.run([*map(str, command)], check=False).returncode != 0:
        raise Failure(what)
