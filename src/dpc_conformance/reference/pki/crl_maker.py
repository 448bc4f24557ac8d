"""CRLs, signed when they are due or when something changed, and kept until then."""

import threading
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.reference.pki import profiles
from dpc_conformance.reference.pki.authority import Authority
from dpc_conformance.reference.pki.keys import signature_hash
from dpc_conformance.reference.pki.revocation import Revocation, RevocationList


class CrlMaker:
    """Issues full CRLs for authorities.

    A CRL is replaced `issue_every` (Common Policy CP §4.9.7: at most 18 hours) and announces its end after `lifetime`
    (at most 48 hours). Both may be changed between requests.
    """

    def __init__(self, revocations: RevocationList) -> None:
        self.revocations = revocations
        self.issue_every = timedelta(hours=12)
        self.lifetime = timedelta(hours=36)
        self._kept: dict[str, tuple[datetime, int, bytes]] = {}
        self._lock = threading.Lock()

    def crl(self, authority: Authority, now: datetime) -> bytes:
        """The authority's current CRL, DER."""
        with self._lock:
            revision = self.revocations.revision
            made, made_revision, der = self._kept.get(authority.name, (now, -1, b""))
            if made_revision != revision or now - made >= self.issue_every:
                der = self._sign(authority, now, revision)
                self._kept[authority.name] = (now, revision, der)
            return der

    def entry(self, revocation: Revocation) -> x509.RevokedCertificate:
        """The entry of one certificate, with its reason unless there is none (RFC 5280 §5.3.1)."""
        builder = x509.RevokedCertificateBuilder().serial_number(revocation.serial_number)
        builder = builder.revocation_date(revocation.since)
        if revocation.reason is not x509.ReasonFlags.unspecified:
            builder = builder.add_extension(x509.CRLReason(revocation.reason), critical=False)
        return builder.build()

    def _sign(self, authority: Authority, now: datetime, revision: int) -> bytes:
        # Grows with time, and within one moment with every change (RFC 5280 §5.2.3).
        number = (int(now.timestamp()) << 20) + revision
        entries = tuple(self.entry(revocation) for revocation in self.revocations.of(authority))
        builder = profiles.crl(authority, number, now, now + self.lifetime, entries)
        return builder.sign(authority.key, signature_hash(authority.key)).public_bytes(Encoding.DER)
