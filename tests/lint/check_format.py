"""clang-format would change nothing."""
import re
import subprocess

import lint

BATCH = 50


def find(files, root=lint.ROOT):
    sources = [file.path for file in files if file.path.endswith(lint.CPP)]
    for first in range(0, len(sources), BATCH):
        done = subprocess.run(["clang-format", "--dry-run", "--style=file", *sources[first:first + BATCH]],
                              cwd=root, capture_output=True, text=True, check=True)
        lines = {}
        for match in re.finditer(r"^(\S+?):(\d+):\d+: warning", done.stderr, re.MULTILINE):
            lines.setdefault(match[1], int(match[2]))
        for path, line in lines.items():
            yield lint.Finding(path, line, f"not formatted; run clang-format -i {path}")


if __name__ == "__main__":
    lint.main("format", find)
