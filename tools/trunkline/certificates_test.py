"""Certificates are signed by the copy's own CA, name their service, and are kept until they must be renewed."""
import pathlib
import subprocess
import tempfile
import unittest

from . import certificates


class Certificates(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.data = pathlib.Path(self.folder.name)
        self.acd = self.data / "acd"
        certificates.ensure_all(self.data, {"acd": self.acd})

    def tearDown(self):
        self.folder.cleanup()

    def test_a_certificate_serves_its_names_and_only_those(self):
        for host, good in (("acd", True), ("localhost", True), ("ivr", False)):
            done = subprocess.run(["openssl", "verify", "-CAfile", self.acd / "ca.pem", "-verify_hostname", host,
                                   self.acd / "certificate.pem"], capture_output=True, check=False)
            self.assertEqual(done.returncode == 0, good, host)

    def test_keys_are_readable_by_their_owner_only(self):
        self.assertEqual((self.acd / "key.pem").stat().st_mode & 0o777, 0o400)
        self.assertEqual((self.data / "certificates" / "ca.key").stat().st_mode & 0o777, 0o400)

    def test_a_good_certificate_is_kept_and_one_of_another_authority_replaced(self):
        first = (self.acd / "certificate.pem").read_bytes()
        certificates.ensure_all(self.data, {"acd": self.acd})
        self.assertEqual((self.acd / "certificate.pem").read_bytes(), first)
        (self.data / "certificates" / "ca.pem").unlink()
        certificates.ensure_all(self.data, {"acd": self.acd})
        self.assertNotEqual((self.acd / "certificate.pem").read_bytes(), first)

    def test_the_days_left_are_counted(self):
        self.assertIn(certificates.days_left(self.acd / "certificate.pem"), (364, 365))


if __name__ == "__main__":
    unittest.main()
