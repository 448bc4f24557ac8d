"""The PIV Authentication profile of the card that derives (Common Policy certificate profiles, worksheet 6)."""

from typing import Final

from dpc_conformance.checks.certificate.card_worksheets import authentication_policy
from dpc_conformance.checks.profiles import common
from dpc_conformance.checks.profiles.profile import Profile

PARTS: Final = (*common.ALL_ROWS, *common.PERSON, *common.PATH, "DPC-CERT-VALID-03", "DPC-CERT-NACI-01")

PIV_AUTHENTICATION: Final = Profile(
    key="piv-authentication",
    name="PIV Authentication",
    worksheet="6",
    aggregate="PIV-SRC-AUTHCERT-01",
    parts=PARTS,
    policies=lambda context: frozenset({authentication_policy(context)}),
    requirements=("PIV-SRC-AUTHCERT-01", *common.CRYPTOGRAPHY, *PARTS),
)
