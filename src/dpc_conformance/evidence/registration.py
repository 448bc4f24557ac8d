"""What a registration authority has on record about applicants for hardware credentials (Common Policy CP §3.2.3.1)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class KeptSample:
    """A biometric sample in the protected archive. Only this leaves it: reference, SHA-256 (hexadecimal), end."""

    reference: str
    digest: str
    kept_until: datetime


@dataclass(frozen=True)
class Comparison:
    """A one-to-one comparison of the applicant with a biometric of the person that the applicant says to be.

    `result` is match, no-match or not-possible. `source` reads `card 5FC103` (fingerprints), `card 5FC108` (facial
    image), `card 5FC121` (iris), `enrolment record`, or `sample <reference>` for one that was kept in an earlier
    transaction. `sample` is the archive's reference to what was captured, `sample_digest` its SHA-256 (hexadecimal).
    """

    result: str
    matcher: str
    source: str
    sample: str = ""
    sample_digest: str = ""


@dataclass(frozen=True)
class IdentityEvidence:
    """What is examined where no match can be made: a second government identity document with a biometric.

    `document` is its unique number, `declaration` the verifier's signed declaration (28 USC 1746) or where it is
    kept, `sample` and `sample_digest` the biometric of the applicant as in a comparison.
    """

    document: str
    declaration: str
    sample: str = ""
    sample_digest: str = ""


@dataclass(frozen=True)
class Registration:
    """One transaction of an application for a hardware credential, and the certificates that came of the application.

    `channel` is in-person, supervised-remote or unsupervised; `operator_certificate` (DER) is that of the operator's
    log-on, empty when there was none; `identity_verified_at` is when the applicant proved to hold the PIV Card in this
    transaction. `serials` are serial numbers (hexadecimal), those of re-keyed certificates included.
    """

    at: datetime
    application: str
    account: str
    channel: str
    operator: str
    operator_certificate: bytes
    identity_verified_at: datetime
    comparison: Comparison | None
    evidence: IdentityEvidence | None = None
    serials: tuple[str, ...] = ()
