"""Every method names the right it needs, enums begin with UNSPECIFIED, a package is its folder, services have READMEs."""
import re

import lint

HEADINGS = ("What it does", "How to run it", "API", "Events", "Metrics", "Data", "Decisions")
RPC = re.compile(r"\brpc\s+(\w+)\s*\([^)]*\)\s*returns\s*\([^)]*\)\s*(;|\{)")
RIGHT = re.compile(r"option\s*\(\s*trunkline\.options\.v1\.right\s*\)\s*=\s*\"[a-z_.]+\"")
ENUM = re.compile(r"\benum\s+(\w+)\s*\{([^}]*)\}")
FIRST_VALUE = re.compile(r"^\s*(\w+)\s*=\s*(\d+)", re.MULTILINE)


def find(files):
    for file in files:
        if file.path.startswith("proto/") and file.path.endswith(".proto"):
            text = re.sub(r"//[^\n]*", "", file.text)
            yield from _package(file, text)
            yield from _methods(file, text)
            yield from _enums(file, text)
    yield from _readmes(files)


def _line(text, offset):
    return text.count("\n", 0, offset) + 1


def _package(file, text):
    expected = file.path.removeprefix("proto/").rsplit("/", 1)[0].replace("/", ".")
    if not re.search(rf"^package\s+{re.escape(expected)}\s*;", text, re.MULTILINE):
        yield lint.Finding(file.path, 1, f"the package must be the folder: {expected}")


def _methods(file, text):
    for method in RPC.finditer(text):
        body = _block(text, method.end() - 1) if method[2] == "{" else ""
        if not RIGHT.search(body):
            yield lint.Finding(file.path, _line(text, method.start()),
                               f"{method[1]} lacks option (trunkline.options.v1.right), so nobody could call it")


def _block(text, start):
    depth = 0
    for end in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        if depth == 0:
            return text[start:end]
    return text[start:]


def _enums(file, text):
    for enum in ENUM.finditer(text):
        prefix = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", enum[1]).upper()
        first = FIRST_VALUE.search(enum[2])
        if not first or first[1] != f"{prefix}_UNSPECIFIED" or first[2] != "0":
            yield lint.Finding(file.path, _line(text, enum.start()), f"{enum[1]} must begin with {prefix}_UNSPECIFIED = 0")


def _readmes(files):
    paths = {file.path: file for file in files}
    services = {path.split("/")[1] for path in paths if path.startswith("services/") and path.count("/") > 1}
    for service in sorted(services):
        readme = paths.get(f"services/{service}/README.md")
        found = re.findall(r"^## (.+?)\s*$", readme.text, re.MULTILINE) if readme else ()
        missing = [heading for heading in HEADINGS if heading not in found]
        if missing:
            yield lint.Finding(f"services/{service}/README.md", 1, f"lacks the headings: {', '.join(missing)}")


if __name__ == "__main__":
    lint.main("protos", find)
