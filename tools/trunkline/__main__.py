"""The table of commands."""
import argparse
import sys

from . import bench, build, container, demo, doctor, lifecycle, settings, testing
from .output import Failure

ABOUT = """Trunkline, a contact-centre suite: one command builds it, runs it and tests it.
Two copies run side by side when --data, --port-base and --sip-port differ; `up` remembers them in the data folder."""


def _parser():
    parser = argparse.ArgumentParser(prog="./trunkline", description=ABOUT,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name, text, details="", **options):
        command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}. {details}".strip(), **options)
        settings.add_flags(command)
        return command

    add("demo", "install, build, start, and play one real call from INVITE to the closed work order",
        "Leaves the suite running afterwards.").add_argument(
            "--once", action="store_true", help="stop everything at the end; exit 0 only if every step was verified")
    add("up", "start PostgreSQL, every service and Prometheus, and wait until all are ready")
    add("down", "stop everything that up started; the data stays")
    add("status", "show each process with pid, uptime and health", "Exits 1 unless all are ready.")
    logs = add("logs", "show the log of one process")
    logs.add_argument("process", metavar="SERVICE", help="a service, postgres, prometheus or supervisord")
    logs.add_argument("-n", "--lines", type=int, default=50, help="how many lines (default 50)")
    logs.add_argument("-f", "--follow", action="store_true", help="keep showing what is added")
    add("doctor", "check packages, ports, disk, memory, database and certificates, and say how to mend what is wrong")
    make = add("build", "build everything with CMake and Ninja")
    make.add_argument("targets", nargs="*", help="only these targets of the build")
    make.add_argument("--sanitize", action="store_true",
                      help="with AddressSanitizer and UndefinedBehaviorSanitizer; needs a build folder of its own")
    test = add("test", "run lint, build, unit, integration, SIP corpus, end-to-end tests and the demo",
               "Ends with a line \"N passed, N failed\" and exits 1 if any failed. The sections are data: tools/tests.toml.")
    test.add_argument("--only", metavar="NAME", action="append", help="only this section; may be given again")
    test.add_argument("--list", action="store_true", help="list the sections and their steps")
    bench.add_commands(commands.add_parser("bench", help="measure the suite under load"), settings.add_flags)
    add("ready", "wait until a suite that runs elsewhere, in containers for one, is ready; write its suite.json")
    add("container", "run an errand inside a container; docker-compose.yml calls it").add_argument(
        "errand", choices=container.ERRANDS)
    commands.add_parser("help", help="show this text")
    return parser


def _run(parser, arguments):
    """Runs one command; returns its exit code."""
    if arguments.command == "help":
        parser.print_help()
        return 0
    chosen = settings.load(arguments)
    if arguments.command == "demo":
        return demo.demo(chosen, arguments.once)
    if arguments.command == "status":
        return 0 if lifecycle.status(chosen) else 1
    if arguments.command == "doctor":
        return 0 if doctor.examine(chosen) else 1
    if arguments.command == "test":
        return testing.run(chosen, arguments.only, arguments.list)
    if arguments.command == "bench":
        return bench.run(chosen, arguments)
    plain = {
        "up": lambda: lifecycle.up(chosen),
        "down": lambda: lifecycle.down(chosen),
        "logs": lambda: lifecycle.logs(chosen, arguments.process, arguments.lines, arguments.follow),
        "build": lambda: build.build(chosen.build, arguments.targets, build.SANITIZE if arguments.sanitize else ()),
        "ready": lambda: lifecycle.ready(chosen),
        "container": lambda: container.run(chosen, arguments.errand),
    }
    plain[arguments.command]()
    return 0


def main():
    parser = _parser()
    try:
        return _run(parser, parser.parse_args())
    except Failure as failure:
        print(f"trunkline: {failure}", file=sys.stderr)
    except KeyboardInterrupt:
        print("trunkline: interrupted", file=sys.stderr)
    return 1


sys.exit(main())
