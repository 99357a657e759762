"""clang-tidy on the sources that changed against origin/main, or in the last commit when that is where we are.

Bounded: at most --limit files and --seconds in all; what was not reached is said, not hidden."""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import lint

# What GCC's precompiled headers add to a command line; clang reads the sources without them.
PRECOMPILED = re.compile(r"\s-Winvalid-pch|\s-fpch-preprocess|\s-include\s+\S*cmake_pch\S*")


def git(*arguments):
    done = subprocess.run(["git", "-C", lint.ROOT, *arguments], capture_output=True, text=True, check=False)
    return done.stdout.split() if done.returncode == 0 else []


def changed_paths():
    """Paths that differ from the base, and what is not committed yet. Without any base, everything."""
    head, main = git("rev-parse", "HEAD"), git("merge-base", "HEAD", "origin/main")
    base = main if main and main != head else git("rev-parse", "--verify", "--quiet", "HEAD~1")
    if not base:
        return set(git("ls-files", "--cached", "--others", "--exclude-standard"))
    return set(git("diff", "--name-only", base[0])) | set(git("ls-files", "--others", "--exclude-standard"))


def sources(build):
    """The compile commands of changed sources, without what only GCC understands."""
    changed = changed_paths()
    for command in json.loads((build / "compile_commands.json").read_text()):
        try:
            path = str(pathlib.Path(command["file"]).relative_to(lint.ROOT))
        except ValueError:
            continue  # generated
        if path in changed:
            yield path, command | {"command": PRECOMPILED.sub("", command["command"])}


def tidy(path, folder, deadline):
    """(path, output, state) where state is "good", "bad" or "not reached"."""
    left = deadline - time.monotonic()
    if left <= 0:
        return path, "", "not reached"
    try:
        done = subprocess.run(["clang-tidy", "--quiet", "--extra-arg=-Wno-unknown-warning-option", "-p", folder, path], cwd=lint.ROOT,
                              capture_output=True, text=True, check=False, timeout=left)
    except subprocess.TimeoutExpired:
        return path, "", "not reached"
    return path, done.stdout, "good" if done.returncode == 0 else "bad"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, default=lint.ROOT / "build", help="a configured and built folder")
    parser.add_argument("--limit", type=int, default=60, help="files at most")
    parser.add_argument("--seconds", type=int, default=300, help="time at most")
    parser.add_argument("--under", default="", help="only paths that begin so")
    arguments = parser.parse_args()
    found = {path: command for path, command in sources(arguments.build) if path.startswith(arguments.under)}
    chosen = sorted(found)[: arguments.limit]
    deadline = time.monotonic() + arguments.seconds
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        (pathlib.Path(folder) / "compile_commands.json").write_text(json.dumps([found[path] for path in chosen]))
        results = list(pool.map(lambda path: tidy(path, folder, deadline), chosen))
    states = {state: [path for path, _, other in results if other == state] for state in ("good", "bad", "not reached")}
    for path, output, state in results:
        if state == "bad":
            print(f"{path}:\n{output}")
    skipped = len(found) - len(chosen) + len(states["not reached"])
    print(f"check_tidy: {len(found)} changed sources, {len(states['good'])} good, {len(states['bad'])} bad, "
          f"{skipped} not looked at (limits: {arguments.limit} files, {arguments.seconds} s)")
    sys.exit(1 if states["bad"] else 0)


if __name__ == "__main__":
    main()
