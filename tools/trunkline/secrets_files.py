"""Secrets: random, made once, readable by their owner only."""
import os
import secrets


def write_private(path, text):
    """Writes a file that nobody else could read at any moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def ensure_secret(path):
    """The secret in the file, made now if there is none."""
    if not path.exists():
        write_private(path, secrets.token_hex(32) + "\n")
    return path.read_text().strip()
