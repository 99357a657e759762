"""Listening: which tone is in a stretch of sound? Plain Goertzel (ITU-T Q.23 practice) over 8 kHz, 16 bit samples."""
import math
import pathlib
import struct
import subprocess

RATE = 8000
HEADER = 44
# Of full scale. Speech and music are well above, a silent line is far below.
SILENCE = 0.005


def make_tone(path, hertz, seconds=240):
    """A WAV file with a steady tone at a third of full scale."""
    subprocess.run(["sox", "-n", "-r", str(RATE), "-c", "1", "-b", "16", str(path),
                    "synth", str(seconds), "sine", str(hertz), "vol", "0.33"], check=True)


def samples(path, channels=1):
    """The samples of each channel; also of a file that is still being written, whose header is not final."""
    data = pathlib.Path(path).read_bytes()[HEADER:]
    count = len(data) // (2 * channels) * channels
    values = struct.unpack(f"<{count}h", data[: count * 2])
    return [[value / 32768 for value in values[channel::channels]] for channel in range(channels)]


def loudness(window):
    """Root mean square, 0 to 1."""
    return math.sqrt(sum(value * value for value in window) / len(window)) if window else 0.0


def share(window, hertz):
    """How much of the window's power lies at this frequency, 0 to 1."""
    power = sum(value * value for value in window)
    if not window or power / len(window) < SILENCE * SILENCE:
        return 0.0
    coefficient = 2 * math.cos(2 * math.pi * hertz / RATE)
    before = last = 0.0
    for value in window:
        before, last = last, value + coefficient * last - before
    tone = before * before + last * last - coefficient * before * last
    return min(1.0, 2 * tone / (len(window) * power))


def hears(window, hertz):
    """Is this tone what the window mostly holds?"""
    return share(window, hertz) > 0.6


def contains(window, hertz):
    """Is this tone among those that the window holds?"""
    return share(window, hertz) > 0.15


def stretches(channel, hertz, step=0.1):
    """The seconds [from, to) in which a tone is heard, as a list of stretches."""
    size = int(RATE * step)
    found = []
    for at in range(0, len(channel) - size + 1, size):
        if hears(channel[at : at + size], hertz):
            start = at / RATE
            if found and abs(found[-1][1] - start) < step * 1.5:
                found[-1][1] = start + step
            else:
                found.append([start, start + step])
    return found
