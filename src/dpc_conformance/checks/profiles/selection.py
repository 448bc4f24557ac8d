"""Which profile a certificate is judged by: found from its policies, purposes and key usage, or named by the user."""

from collections.abc import Collection
from typing import Final

from dpc_conformance.checks.certificate.certificate_policies import DERIVED, TEST_DERIVED
from dpc_conformance.checks.certificate.other_policies import HUMAN, TEST_HUMAN
from dpc_conformance.checks.profiles.card_authentication import CARD_AUTHENTICATION
from dpc_conformance.checks.profiles.content_signing import CONTENT_SIGNING
from dpc_conformance.checks.profiles.derived_authentication import DERIVED_AUTHENTICATION
from dpc_conformance.checks.profiles.key_management import KEY_MANAGEMENT
from dpc_conformance.checks.profiles.ocsp_responder import OCSP_RESPONDER
from dpc_conformance.checks.profiles.piv_authentication import PIV_AUTHENTICATION
from dpc_conformance.checks.profiles.profile import Profile
from dpc_conformance.checks.profiles.signature import SIGNATURE
from dpc_conformance.checks.relations.key_separation import encrypts
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

PROFILES: Final = (
    DERIVED_AUTHENTICATION,
    SIGNATURE,
    KEY_MANAGEMENT,
    CONTENT_SIGNING,
    OCSP_RESPONDER,
    PIV_AUTHENTICATION,
    CARD_AUTHENTICATION,
)
BY_KEY: Final = {profile.key: profile for profile in PROFILES}
_OF_ONE_POLICY: Final = (
    (DERIVED | TEST_DERIVED, DERIVED_AUTHENTICATION),
    ({oids.COMMON_PIV_CONTENT_SIGNING, oids.TEST_PIV_CONTENT_SIGNING, oids.PIVI_CONTENT_SIGNING}, CONTENT_SIGNING),
    ({oids.COMMON_CARD_AUTH, oids.TEST_CARD_AUTH, oids.PIVI_CARD_AUTH}, CARD_AUTHENTICATION),
    ({oids.COMMON_AUTHENTICATION, oids.TEST_AUTHENTICATION, oids.PIVI_AUTHENTICATION}, PIV_AUTHENTICATION),
)
_OF_ONE_PURPOSE: Final = (
    ({oids.OCSP_SIGNING}, OCSP_RESPONDER),
    ({oids.PIV_CONTENT_SIGNING, oids.PIVI_CONTENT_SIGNING_PURPOSE}, CONTENT_SIGNING),
    ({oids.PIV_CARD_AUTH}, CARD_AUTHENTICATION),
)


def profile_of(certificate: CertificateView) -> Profile | None:
    """The profile that a certificate means to follow; None for a CA and for what no profile is about.

    A responder asserts the policies of others, so its purpose decides; for everything else the policy comes first.
    """
    constraints = certificate.basic_constraints
    if constraints is not None and constraints.ca:
        return None
    purposes = certificate.extended_key_usage
    if oids.OCSP_NOCHECK in certificate.by_oid and oids.OCSP_SIGNING in purposes or purposes == (oids.OCSP_SIGNING,):
        return OCSP_RESPONDER
    asserted = certificate.policy_oids
    found = _first(_OF_ONE_POLICY, asserted)
    if found is None and (HUMAN | TEST_HUMAN).intersection(asserted):
        found = KEY_MANAGEMENT if encrypts(certificate) else SIGNATURE
    return found or _first(_OF_ONE_PURPOSE, purposes)


def _first(rules: tuple[tuple[Collection[str], Profile], ...], among: tuple[str, ...]) -> Profile | None:
    return next((profile for kinds, profile in rules if not set(kinds).isdisjoint(among)), None)
