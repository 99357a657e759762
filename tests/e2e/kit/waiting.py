"""Waiting for what must happen, with the name of it in the failure."""
import time


class Missed(AssertionError):
    """Something that had to happen did not, or a check failed."""


def wait_until(condition, what, seconds=15, every=0.05):
    """Returns the condition's value once it is true; raises Missed after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Missed(f"not within {seconds} s: {what}")
        time.sleep(every)


def check(condition, what):
    if not condition:
        raise Missed(what)
