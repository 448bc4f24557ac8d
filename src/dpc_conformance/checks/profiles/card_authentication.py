"""The Card Authentication profile of the card that derives (Common Policy certificate profiles, worksheet 7)."""

from typing import Final

from dpc_conformance.checks.certificate.card_worksheets import card_policy
from dpc_conformance.checks.profiles import common
from dpc_conformance.checks.profiles.profile import Profile

PARTS: Final = (
    *common.ENCODING,
    *common.SERIAL,
    *common.SIGNATURE,
    *common.DATES,
    *common.KEY,
    *common.LOCATIONS,
    *common.NAMES,
    *common.POLICIES,
    *common.PATH,
    "DPC-CERT-EXT-01",
    "DPC-CERT-VALID-03",
)

CARD_AUTHENTICATION: Final = Profile(
    key="card-authentication",
    name="Card Authentication",
    worksheet="7",
    aggregate="PIV-SRC-CARDAUTH-01",
    parts=PARTS,
    policies=lambda context: frozenset({card_policy(context)}),
    requirements=("PIV-SRC-CARDAUTH-01", *common.CRYPTOGRAPHY, *PARTS),
)
