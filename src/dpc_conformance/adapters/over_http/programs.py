"""CMP and SCEP by programs made by others: they make and read the messages, we carry them."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from dpc_conformance.adapters.over_http.enrolment import ProductWire
from dpc_conformance.adapters.over_http.relay import Relay
from dpc_conformance.evidence.records import CertificateRequested
from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.reference.phone.keystore import PrivateKey
from dpc_conformance.roles.errors import MachineLacks, Unreachable

SECONDS = 60
"""Machine time that one call of a program may take."""
PACKAGES = {"openssl": "openssl", "scepclient": "scep"}
"""The Debian package that brings a program."""


class CmpWire(ProductWire):
    """CMP over HTTP (RFC 4210, RFC 6712) by `openssl cmp`: a PKCS #10 request under the shared secret."""

    def certificate(self, request: x509.CertificateSigningRequest, key: PrivateKey, usage: str) -> x509.Certificate:
        """A request of type p10cr, and the confirmation of its answer."""
        with tempfile.TemporaryDirectory() as place, Relay(self.http, self.terms.table.url) as relay:
            folder = Path(place)
            (folder / "request.pem").write_bytes(request.public_bytes(Encoding.PEM))
            label = self.terms.table.labels[usage]
            words = [
                "openssl", "cmp", "-config", "", "-batch", "-cmd", "p10cr", "-csr", "request.pem",
                "-server", relay.address, "-path", f"/{quote(label, safe='/')}" if label else "/",
                "-ref", self.name, "-secret", "env:CMP_SECRET", "-certout", "certificate.pem",
                "-total_timeout", str(SECONDS // 2),
            ]  # fmt: skip
            words += ["-implicit_confirm"] if self.terms.table.implicit_confirm else []
            run(words, folder, {"CMP_SECRET": self.token}, relay)
            return self._granted(folder / "certificate.pem", key, request.public_bytes(Encoding.DER), relay)

    def _granted(self, file: Path, key: PrivateKey, request: bytes, relay: Relay) -> x509.Certificate:
        """What came, on record with the request; that is empty where it holds a secret."""
        if not file.exists():
            raise EnrolmentRefused(relay.status, "", "the product answered with no certificate")
        asked_for = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.terms.recorder.record(CertificateRequested(self.terms.clock.now(), asked_for, request))
        return x509.load_pem_x509_certificate(file.read_bytes())


def run(words: Sequence[str], folder: Path, secrets: Mapping[str, str], relay: Relay) -> None:
    """Run a program in a folder of its own; `secrets` go through its environment.

    Raises EnrolmentRefused with its last words, MachineLacks, and what the network says.
    """
    program = shutil.which(words[0])
    if program is None:
        raise MachineLacks(f"{words[0]} is not installed; the Debian package {PACKAGES[words[0]]} brings it")
    home = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C.UTF-8", **secrets}
    try:
        ended = subprocess.run(
            [program, *words[1:]], cwd=folder, env=home, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Unreachable(relay.address, f"{words[0]} got no answer within {SECONDS} seconds") from None
    relay.expect_carried()
    if ended.returncode != 0:
        said = (ended.stderr or ended.stdout).decode(errors="replace").strip().splitlines()
        raise EnrolmentRefused(relay.status, "", said[-1] if said else f"{words[0]} ended with {ended.returncode}")


def private_key_file(file: Path, key: PrivateKey) -> None:
    """Write a private key (PKCS#1 PEM) that nobody else can read."""
    file.touch(mode=0o600)
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()))
