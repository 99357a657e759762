"""Every complaint in tests/complaints.toml has a test, and the test that it names is there."""
import re
import tomllib

import lint

TABLE = "tests/complaints.toml"
FIELDS = {"link", "says", "test", "name"}


def find(files):
    texts = {file.path: file.text for file in files}
    table = texts.get(TABLE)
    if table is None:
        yield lint.Finding(TABLE, 1, "is missing")
        return
    for complaint in tomllib.loads(table)["complaint"]:
        link = complaint.get("link", "?")
        if set(complaint) != FIELDS or not all(complaint.values()):
            yield lint.Finding(TABLE, _line(table, link), f"{link} must have {', '.join(sorted(FIELDS))}")
        elif complaint["name"] not in names(texts.get(complaint["test"], "")):
            yield lint.Finding(TABLE, _line(table, link), f"{complaint['test']} has no test \"{complaint['name']}\"")


def names(text):
    """The tests of a file: Catch2's names, and unittest's functions."""
    found = re.findall(r'TEST_CASE(?:_METHOD)?\(\s*(?:\w+,\s*)?"((?:[^"\\]|\\.)*)"', text)
    return set(found) | set(re.findall(r"^\s*def (test_\w+)\(", text, re.MULTILINE))


def _line(table, text):
    return next((number for number, line in enumerate(table.splitlines(), 1) if text in line), 1)


if __name__ == "__main__":
    lint.main("complaints", find)
