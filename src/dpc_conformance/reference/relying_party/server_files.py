"""The files that every server of the organisation has: its TLS certificate and key, whom it trusts, what is revoked."""

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.reference.pki.tls import TlsIdentity


@dataclass(frozen=True)
class ServerFiles:
    """PEM files in one folder. `root` has the trust anchor alone, `authorities` the CAs below it as well.

    `crls` has the CRLs of all of them, `root_and_crls` both for programs that want one file.
    """

    folder: Path

    @property
    def certificate(self) -> Path:
        """The server's own chain."""
        return self.folder / "server.pem"

    @property
    def key(self) -> Path:
        """Its key, readable by its owner only."""
        return self.folder / "server.key"

    @property
    def root(self) -> Path:
        """See the class."""
        return self.folder / "root.pem"

    @property
    def authorities(self) -> Path:
        """See the class."""
        return self.folder / "authorities.pem"

    @property
    def crls(self) -> Path:
        """See the class."""
        return self.folder / "crls.pem"

    @property
    def root_and_crls(self) -> Path:
        """See the class."""
        return self.folder / "root-and-crls.pem"

    def write(self, identity: TlsIdentity, root: x509.Certificate, others: list[x509.Certificate]) -> None:
        """What stays the same; `others` are the CAs below the root."""
        self.key.touch(mode=0o600)
        self.key.write_bytes(identity.key_pem)
        self.certificate.write_bytes(identity.chain_pem)
        self.root.write_bytes(_pem(root))
        self.authorities.write_bytes(b"".join(map(_pem, [root, *others])))

    def write_crls(self, crls: bytes) -> None:
        """What changes."""
        self.crls.write_bytes(crls)
        self.root_and_crls.write_bytes(self.root.read_bytes() + crls)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)
