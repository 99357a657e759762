"""What a person sees: steps with their times, and errors that name the thing and the way out."""
import contextlib
import sys
import time


class Failure(Exception):
    """Ends the command with exit code 1; the text names the thing that is wrong and what to do."""


def say(text=""):
    print(text, flush=True)


@contextlib.contextmanager
def step(title):
    """Prints the title, runs the body, and prints how long it took."""
    started = time.monotonic()
    again = ""
    if sys.stdout.isatty():
        print(f"  {title} ...", end="", flush=True)
        again = "\r"
    try:
        yield
    except BaseException:
        print(f"{again}  {title}: failed after {time.monotonic() - started:.1f} s", flush=True)
        raise
    print(f"{again}  {title:<46} {time.monotonic() - started:6.1f} s", flush=True)


def table(head, rows):
    """Prints rows of text in columns as wide as their content."""
    widths = [max(len(str(row[column])) for row in [head, *rows]) for column in range(len(head))]
    for row in [head, *rows]:
        say("  " + "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)).rstrip())


def last_lines(path, count):
    """The last lines of a text file, or one line that says why there are none."""
    try:
        return path.read_text(errors="replace").splitlines()[-count:]
    except OSError as error:
        return [f"({error.strerror}: {path})"]
