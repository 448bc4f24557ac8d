"""Versions of the Common Policy's certificate profiles: which one applies, and what they differ in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

LISTED_SINCE_2_0: Final = frozenset(
    {
        oids.RSA_PSS,
        oids.RSA_WITH_SHA256,
        oids.RSA_WITH_SHA384,
        oids.RSA_WITH_SHA512,
        oids.ECDSA_WITH_SHA256,
        oids.ECDSA_WITH_SHA384,
        oids.ECDSA_WITH_SHA512,
    }
)
LISTED_BEFORE: Final = frozenset({oids.RSA_PSS, oids.RSA_WITH_SHA256, oids.ECDSA_WITH_SHA256, oids.ECDSA_WITH_SHA384})


class UnknownVersion(ValueError):
    """There is no profile of that version."""


@dataclass(frozen=True, slots=True)
class ProfileVersion:
    """One version and what its derived worksheet says otherwise than its successors. `since` is its first day."""

    name: str
    since: datetime
    signature_algorithms: frozenset[str] = LISTED_SINCE_2_0
    rsa_bits: tuple[int, ...] = (2048, 3072, 4096)
    curves: frozenset[str] = frozenset({oids.P256, oids.P384})
    caps_at_the_card: bool = False
    sha1_key_identifiers: bool = False
    naci_required: bool = False
    purposes_required: bool = True
    allows_issuer_alt_name: bool = False
    also_critical: frozenset[str] = frozenset()
    """Extensions besides key usage whose criticality this version leaves open."""


def _before_2_0(name: str, since: datetime) -> ProfileVersion:
    return ProfileVersion(
        name,
        since,
        signature_algorithms=LISTED_BEFORE,
        rsa_bits=(2048,),
        curves=frozenset({oids.P256}),
        caps_at_the_card=True,
        sha1_key_identifiers=True,
        naci_required=True,
        purposes_required=False,
        allows_issuer_alt_name=True,
    )


V1_7: Final = _before_2_0("1.7", datetime(2015, 5, 5, tzinfo=UTC))
V1_8: Final = _before_2_0("1.8", datetime(2017, 7, 17, tzinfo=UTC))
V1_9: Final = _before_2_0("1.9", datetime(2018, 5, 10, tzinfo=UTC))
V2_0: Final = ProfileVersion("2.0", datetime(2020, 9, 1, tzinfo=UTC), naci_required=True)
V2_1: Final = ProfileVersion(
    "2.1",
    datetime(2021, 2, 1, tzinfo=UTC),
    naci_required=True,
    also_critical=frozenset({oids.CERTIFICATE_POLICIES, oids.BASIC_CONSTRAINTS}),
)
V2_2: Final = ProfileVersion("2.2", datetime(2022, 9, 30, tzinfo=UTC))
VERSIONS: Final = (V1_7, V1_8, V1_9, V2_0, V2_1, V2_2)
BY_NAME: Final = {one.name: one for one in VERSIONS}


def version_at(issued: datetime | None) -> ProfileVersion:
    """The version in force on a day; the newest when the day is unknown, the first for anything earlier."""
    if issued is None or issued >= V2_2.since:
        return V2_2
    return next((one for one in reversed(VERSIONS) if one.since <= issued), V1_7)


def version_of(certificate: CertificateView, context: CertificateContext) -> ProfileVersion:
    """The version a certificate is judged by: the user's choice, else that of its day of issue. UnknownVersion."""
    if context.profile_version is None:
        return version_at(certificate.not_before.moment)
    if context.profile_version not in BY_NAME:
        raise UnknownVersion(f"there is no profile {context.profile_version!r}; there are: {', '.join(BY_NAME)}")
    return BY_NAME[context.profile_version]
