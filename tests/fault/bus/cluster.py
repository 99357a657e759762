"""A PostgreSQL with fsync on that can be killed and started again."""
import glob
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

BINARIES = "/usr/lib/postgresql/15/bin/"


def free_port():
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="trunkline-fault-")
        self.data = self.folder + "/data"
        self.as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.as_server:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-U", "trunkline", "-A", "trust", "-E", "UTF8", "--locale=C")
        self.port = free_port()
        self.url = f"postgresql://trunkline@127.0.0.1:{self.port}/postgres"
        self.start()

    def _run(self, program, *arguments):
        subprocess.run([*self.as_server, BINARIES + program, "-D", self.data, *arguments], check=True, cwd="/",
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def start(self):
        options = (f"-p {self.port} -h 127.0.0.1 -c unix_socket_directories= -c fsync=on -c synchronous_commit=on"
                   " -c max_connections=60")
        self._run("pg_ctl", "-w", "-l", self.folder + "/log", "-o", options, "start")

    def _processes(self):
        """The server's process ids, the postmaster first."""
        with open(self.data + "/postmaster.pid", encoding="ascii") as file:
            postmaster = int(file.readline())
        with open(f"/proc/{postmaster}/task/{postmaster}/children", encoding="ascii") as file:
            return [postmaster, *map(int, file.read().split())]

    def kill_backend(self, random):
        """SIGKILL to one connection's process; the server then throws out all of them and recovers."""
        backends = []
        for pid in self._processes()[1:]:
            with open(f"/proc/{pid}/cmdline", encoding="ascii", errors="replace") as file:
                if "127.0.0.1(" in file.read():
                    backends.append(pid)
        if backends:
            os.kill(random.choice(backends), signal.SIGKILL)

    def kill(self):
        """SIGKILL to the whole server."""
        for pid in self._processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        while any(self._inside(path) for path in glob.glob("/proc/[0-9]*/cwd")):
            time.sleep(0.01)
        os.remove(self.data + "/postmaster.pid")

    def _inside(self, path):
        try:
            return os.readlink(path) == self.data
        except OSError:
            return False

    def sql(self, statement):
        """Rows of text; tries again while the server recovers."""
        end = time.monotonic() + 30
        while True:
            done = subprocess.run(["psql", "-XAtq", "-F", "|", "-v", "ON_ERROR_STOP=1", "-c", statement, self.url],
                                  capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return [line.split("|") for line in done.stdout.splitlines()]
            if done.returncode == 1 or time.monotonic() > end:
                raise RuntimeError(done.stderr)
            time.sleep(0.1)

    def close(self):
        subprocess.run([*self.as_server, BINARIES + "pg_ctl", "-D", self.data, "-m", "immediate", "stop"], check=False,
                       cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.rmtree(self.folder, ignore_errors=True)
