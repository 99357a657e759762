"""The arrows of the design: who may include whom, who may read the clock, and where SQL may be written."""
import re

import lint

INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]')
DECLARED = re.compile(r"trunkline_lib\(\s*(\w+)([^)]*)\)")
SERVICE_SECTION = re.compile(r"\b(DOMAIN|APP|ADAPTERS)\b([^)A-Z]*)")
VOCABULARY = {"result", "ids", "clock"}
# Headers of a technology; domain and app are free of them.
TECHNOLOGY = re.compile(r"^(grpc|grpcpp|pqxx|zmq|google/protobuf|prometheus|openssl|yaml-cpp|sys/socket|trunkline)\b")
CLOCK = re.compile(r"\b(system_clock::now|sleep_for|sleep_until|gettimeofday|clock_gettime|usleep|nanosleep)\b|(?<![\w:.>])(?:std::|::)?time\(")
SLEEP = re.compile(r"\b(sleep_for|sleep_until|usleep|nanosleep)\b")
SQL = re.compile(r"\b(SELECT\b.+\bFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE|ALTER TABLE)\b")
SQL_LIBS = ("libs/db/", "libs/bus/", "libs/versions/")


def find(files):
    libs = _libs(files)
    for file in files:
        if not file.path.endswith(lint.CPP):
            continue
        part = file.path.split("/")
        if part[0] == "libs":
            yield from _lib_includes(file, part[1], libs)
        elif part[0] == "services" and len(part) > 3:
            yield from _service_includes(file, part[1], part[2], libs, files)
        if part[0] in ("libs", "services"):
            yield from _clock(file)
            yield from _sql(file)


def _code(line):
    return line.split("//", 1)[0]


def _includes(file):
    for number, line in enumerate(file.lines, 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1]


def _libs(files):
    """What each library may use: itself and, transitively, what libs/CMakeLists.txt declares for it."""
    text = next((file.text for file in files if file.path == "libs/CMakeLists.txt"), "")
    direct = {name: set(rest.replace("DEPS", " ").split()) for name, rest in DECLARED.findall(text)}

    def closure(name):
        return {name}.union(*(closure(other) for other in direct.get(name, ()) if other in direct))

    return {name: closure(name) for name in direct}


def _lib_includes(file, word, libs):
    allowed = libs.get(word, {word})
    if file.name.endswith("_test.cpp") or word == "testing":
        return
    for number, header in _includes(file):
        other = header.split("/")[0]
        if other in libs and other not in allowed:
            yield lint.Finding(file.path, number, f"library {word} does not declare {other} in libs/CMakeLists.txt")


def _service_includes(file, word, layer, libs, files):
    services = {other.path.split("/")[1] for other in files if other.path.startswith("services/")}
    declared = _declared(word, files)
    inner = {"domain": ("domain",), "app": ("domain", "app")}.get(layer)
    words = VOCABULARY | declared.get("DOMAIN", set()) | (declared.get("APP", set()) if layer == "app" else set())
    reachable = set().union(*(libs.get(name, {name}) for name in words))
    is_test = file.name.endswith("_test.cpp")
    for number, header in _includes(file):
        part = header.split("/")
        if part[0] in services and part[0] != word and len(part) > 2:
            yield lint.Finding(file.path, number, f"service {word} must not include service {part[0]}; they meet in proto/")
        if inner is None:
            continue
        if part[0] == word and len(part) > 1 and part[1] not in inner:
            yield lint.Finding(file.path, number, f"{layer}/ must not include {'/'.join(part[:2])}/")
        elif part[0] in libs and part[0] not in reachable and not (is_test and part[0] == "testing"):
            yield lint.Finding(file.path, number, f"{layer}/ must not include library {part[0]}")
        elif TECHNOLOGY.match(header):
            yield lint.Finding(file.path, number, f"{layer}/ must be free of technology: {header}")


def _declared(word, files):
    text = next((file.text for file in files if file.path == f"services/{word}/CMakeLists.txt"), "")
    call = re.search(rf"trunkline_service\(\s*{word}\b([^)]*)\)", text)
    sections = SERVICE_SECTION.findall(call[1]) if call else ()
    return {name: set(rest.split()) for name, rest in sections}


def _clock(file):
    if file.path.startswith("libs/clock/"):
        return
    banned = SLEEP if file.name.endswith("_test.cpp") else CLOCK
    for number, line in enumerate(file.lines, 1):
        if banned.search(_code(line)):
            yield lint.Finding(file.path, number, "time comes from a Clock or a `now` argument, and nothing sleeps")


def _sql(file):
    if file.name.startswith("postgres_") or file.name.endswith("_test.cpp") or file.path.startswith(SQL_LIBS):
        return
    if file.path.startswith("libs/testing/database/"):
        return
    for number, line in enumerate(file.lines, 1):
        if SQL.search(_code(line)):
            yield lint.Finding(file.path, number, "SQL belongs in adapters/postgres_*.cpp or migrations/")


if __name__ == "__main__":
    lint.main("layers", find)
