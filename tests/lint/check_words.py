"""No paths of one machine, no notes to self, and every source file opens with a sentence that says what it is."""
import re

import lint

# Written in parts, so that this file does not find itself.
NOTES = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
PATHS = re.compile(r"(?<![\w.}])/(work|home/\w+|root/\w+|Users/\w+)/")
OPENINGS = {
    ".cpp": ("//",), ".hpp": ("//",), ".proto": ("//", "syntax"), ".py": ('"""', "#"), ".sh": ("#",), ".sql": ("--",),
    ".cmake": ("#",), ".yaml": ("#",), ".toml": ("#",),
}


def find(files):
    for file in files:
        for number, line in enumerate(file.lines, 1):
            if NOTES.search(line):
                yield lint.Finding(file.path, number, "a note to self; do it, or open an issue")
            if PATHS.search(line):
                yield lint.Finding(file.path, number, "a path of one machine; make it relative or a setting")
        yield from _opening(file)


def _opening(file):
    marks = next((marks for ending, marks in OPENINGS.items() if file.path.endswith(ending)), None)
    first = next((line for line in file.lines if line.strip() and not line.startswith("#!")), "")
    if marks and not first.startswith(marks):
        yield lint.Finding(file.path, 1, "must open with a comment sentence that says what the file is for")


if __name__ == "__main__":
    lint.main("words", find)
