"""What a product has in files where there is nothing of it that could be asked."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Artefacts:
    """Certificates, CRL and OCSP response of an issuer, as DER, and what the tester says about them.

    `certificates` are the derived ones by usage: authentication, signature, key-management. `crl` and `ocsp_response`
    are empty where there are none. What is not known is None or empty, and what depends on it cannot be told.
    """

    certificates: dict[str, bytes]
    crl: bytes = b""
    ocsp_response: bytes = b""
    anchors: tuple[bytes, ...] = ()
    authorities: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    """Further CRLs, to tell revocation by."""
    card_certificates: tuple[bytes, ...] = ()
    """Those of the PIV Card, the PIV Authentication certificate first."""
    at: datetime | None = None
    """The moment as of which they are judged; None for the run's."""
    person: str | None = None
    agency: str | None = None
    affiliate: bool | None = None
    key_in_hardware: bool | None = None
    card_expires: datetime | None = None
    test_pki: bool = False
