"""What a correspondent believes, and whose certificates the correspondent's own are."""

from dataclasses import dataclass, field
from datetime import datetime

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.crl_download import download_crls
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.authority import Identity
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, ec_key


@dataclass(frozen=True)
class MailTrust:
    """Roots, the CA certificates below them, and the way to CRLs; `proxy` is for programs that fetch by themselves."""

    anchors: tuple[x509.Certificate, ...]
    authorities: tuple[x509.Certificate, ...]
    http: httpx.Client
    proxy: str
    clock: RunClock

    @classmethod
    def of(cls, pki: TestPki, http: httpx.Client, proxy: str, clock: RunClock) -> "MailTrust":
        """The root of that PKI and what stands below it."""
        return cls((pki.trust_anchor,), tuple(pki.intermediates()), http, proxy, clock)

    def crls(self, certificates: tuple[x509.Certificate, ...]) -> tuple[bytes, ...]:
        """The CRLs (DER) that these and all CA certificates name, fetched now; what does not answer is missing."""
        everyone = (*certificates, *self.authorities)
        return download_crls(self.http, [each.public_bytes(Encoding.DER) for each in everyone])


@dataclass(frozen=True)
class MailIdentity:
    """A person with two certificates for mail: one signs only, one is encrypted to only."""

    name: str
    address: str
    signature: Identity = field(repr=False)
    encryption: Identity = field(repr=False)


def mail_identity(
    pki: TestPki, name: str, address: str, now: datetime, entropy: Entropy, pool: KeyPool
) -> MailIdentity:
    """A colleague of the cardholder's: a P-256 key signs, an RSA-2048 key is encrypted to (SP 800-78-5 table 1)."""
    authority, subject = pki.piv_authority, naming.directory_name(name)
    signs, opens = ec_key(entropy.branch("signature"), ec.SECP256R1()), pool.rsa(2048, entropy.branch("encryption"))
    signature = profiles.piv_signature(authority, subject, signs.public_key(), address, now, entropy)
    encryption = profiles.piv_key_management(authority, subject, opens.public_key(), address, now, entropy)
    return MailIdentity(
        name, address, Identity(authority.sign(signature), signs), Identity(authority.sign(encryption), opens)
    )
