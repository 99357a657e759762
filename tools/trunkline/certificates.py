"""Certificates for mutual TLS: a CA of this copy of the suite, and one certificate for each process."""
import calendar
import shutil
import subprocess
import time

from .output import Failure

CA_DAYS = 3650
CERTIFICATE_DAYS = 365
RENEW_SECONDS = 14 * 24 * 3600


def ensure_all(data, folders):
    """Makes what is missing or ends within 14 days. `folders` maps a process name to the folder of its files."""
    authority = data / "certificates"
    authority.mkdir(parents=True, exist_ok=True)
    authority.chmod(0o700)
    if not _is_good(authority / "ca.pem", authority / "ca.pem"):
        _make_authority(authority)
    for name, folder in folders.items():
        folder.mkdir(parents=True, exist_ok=True)
        if not _is_good(folder / "certificate.pem", authority / "ca.pem"):
            _make_certificate(authority, name, folder)
        shutil.copyfile(authority / "ca.pem", folder / "ca.pem")


def days_left(certificate):
    """Whole days until the certificate ends; raises Failure when it cannot be read."""
    text = _openssl("x509", "-in", certificate, "-noout", "-enddate", "-dateopt", "iso_8601").strip()
    ends = time.strptime(text.removeprefix("notAfter="), "%Y-%m-%d %H:%M:%SZ")
    return (calendar.timegm(ends) - calendar.timegm(time.gmtime())) // 86400


def _is_good(certificate, authority):
    if not certificate.exists():
        return False
    lasts = subprocess.run(["openssl", "x509", "-in", certificate, "-noout", "-checkend", str(RENEW_SECONDS)],
                           capture_output=True, check=False).returncode == 0
    signed = subprocess.run(["openssl", "verify", "-CAfile", authority, certificate],
                            capture_output=True, check=False).returncode == 0
    return lasts and signed


def _make_authority(folder):
    _make_key(folder / "ca.key")
    _openssl("req", "-x509", "-new", "-key", folder / "ca.key", "-out", folder / "ca.pem", "-days", CA_DAYS,
             "-subj", "/O=Trunkline/CN=Trunkline test authority",
             "-addext", "keyUsage=critical,keyCertSign,cRLSign")


def _make_certificate(authority, name, folder):
    key, request = folder / "key.pem", folder / "request.pem"
    _make_key(key)
    _openssl("req", "-new", "-key", key, "-out", request, "-subj", f"/O=Trunkline/CN={name}")
    extensions = folder / "extensions.cnf"
    extensions.write_text(f"subjectAltName=DNS:{name},DNS:localhost,IP:127.0.0.1,IP:::1\n"
                          "keyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth,clientAuth\n")
    _openssl("x509", "-req", "-in", request, "-CA", authority / "ca.pem", "-CAkey", authority / "ca.key",
             "-CAcreateserial", "-days", CERTIFICATE_DAYS, "-extfile", extensions, "-out", folder / "certificate.pem")
    request.unlink()
    extensions.unlink()


def _make_key(path):
    path.unlink(missing_ok=True)
    path.touch(0o600)
    _openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path)
    path.chmod(0o400)


def _openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"openssl {arguments[0]} failed: {done.stderr.strip()}")
    return done.stdout
