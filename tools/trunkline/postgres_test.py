"""A service's role reaches its own schema and nothing else; tried on a real cluster of its own."""
import os
import pathlib
import socket
import subprocess
import tempfile
import unittest

from . import postgres, settings


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class OwnPort(settings.Settings):
    """Settings whose PostgreSQL listens on a port that is free now."""

    number = 0

    @property
    def postgres_port(self):
        return self.number


class Bootstrap(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        data = pathlib.Path(cls.folder.name) / "data"
        data.mkdir()
        os.chmod(cls.folder.name, 0o755)
        OwnPort.number = free_port()
        cls.settings = OwnPort(data, data, 20000, 5060, ("acd", "workorder"))
        postgres.ensure_cluster(cls.settings)
        command = postgres.as_account(postgres.command(cls.settings))
        cls.log = open(data / "postgres.log", "w")
        cls.server = subprocess.Popen(command, stdout=cls.log, stderr=cls.log, cwd="/")
        postgres.wait_until_ready(cls.settings)
        for _ in range(2):  # the second run must change nothing
            postgres.bootstrap(cls.settings, cls.settings.services)

    @classmethod
    def tearDownClass(cls):
        postgres.stop_orphan(cls.settings)
        cls.server.wait(30)
        cls.log.close()
        cls.folder.cleanup()

    def query(self, role, sql, database="trunkline", password=None):
        """(exit code, output) of one statement run as the role."""
        secret = password or (self.settings.data / "secrets" / f"{role}.password").read_text().strip()
        done = subprocess.run(["psql", "-X", "-At", "-h", "127.0.0.1", "-p", str(self.settings.postgres_port), "-U", role,
                               "-d", database, "-c", sql], env=os.environ | {"PGPASSWORD": secret},
                              capture_output=True, text=True, check=False)
        return done.returncode, (done.stdout + done.stderr).strip()

    def test_a_role_works_in_its_own_schema(self):
        self.assertEqual(self.query("acd", "CREATE TABLE agents (name text); DROP TABLE agents")[0], 0)
        self.assertEqual(self.query("acd", "SHOW search_path"), (0, "acd"))

    def test_a_role_cannot_reach_the_schema_of_another(self):
        self.assertEqual(self.query("workorder", "CREATE TABLE orders (name text)")[0], 0)
        code, text = self.query("acd", "SELECT * FROM workorder.orders")
        self.assertNotEqual(code, 0)
        self.assertIn("permission denied for schema workorder", text)

    def test_a_role_cannot_write_in_public_or_see_other_databases(self):
        self.assertIn("permission denied for schema public", self.query("acd", "CREATE TABLE public.a (b int)")[1])
        self.assertIn("permission denied for database", self.query("acd", "SELECT 1", database="postgres")[1])
        self.assertIn("permission denied", self.query("acd", "CREATE SCHEMA other")[1])

    def test_a_wrong_password_is_refused(self):
        self.assertIn("password authentication failed", self.query("acd", "SELECT 1", password="wrong")[1])

    def test_secrets_are_readable_by_their_owner_only(self):
        for file in (self.settings.data / "secrets").iterdir():
            self.assertEqual(file.stat().st_mode & 0o777, 0o400, file)


if __name__ == "__main__":
    unittest.main()
