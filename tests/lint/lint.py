"""What the checks share: the files of the tree, findings, the dated allow-list, and how a check reports."""
import dataclasses
import datetime
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ALLOWED = pathlib.Path(__file__).resolve().parent / "allowed.txt"
CPP = (".cpp", ".hpp")


@dataclasses.dataclass(frozen=True)
class Finding:
    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


@dataclasses.dataclass(frozen=True)
class File:
    """One text file of the tree; `path` is relative to its root and uses slashes."""

    path: str
    text: str

    @property
    def lines(self):
        return self.text.splitlines()

    @property
    def name(self):
        return self.path.rsplit("/", 1)[-1]


def tree(root=ROOT):
    """The text files that git knows or would add."""
    listed = subprocess.run(["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            capture_output=True, text=True, check=True).stdout.split("\0")
    files = []
    for name in sorted(set(filter(None, listed))):
        path = root / name
        if path.is_file() and not path.is_symlink():
            try:
                files.append(File(name, path.read_text()))
            except UnicodeDecodeError:
                continue  # not text
    return files


def is_allowed(check, finding, today=None):
    """Whether the allow-list excuses the finding: lines "check path until reason", void after the date."""
    today = today or datetime.date.today()
    for line in ALLOWED.read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        word, path, until, _reason = line.split(maxsplit=3)
        if word == check and path == finding.path and today <= datetime.date.fromisoformat(until):
            return True
    return False


def main(check, find):
    """Runs a check over the tree, prints what it found, and ends the program with its exit code."""
    files = tree()
    findings = [finding for finding in find(files) if not is_allowed(check, finding)]
    for finding in findings:
        print(finding)
    print(f"check_{check}: {len(files)} files looked at, {len(findings)} findings")
    sys.exit(1 if findings else 0)
