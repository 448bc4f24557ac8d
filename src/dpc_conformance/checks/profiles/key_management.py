"""The key management profile (Common Policy certificate profiles, worksheet 9), issued or recovered."""

from typing import Final

from dpc_conformance.checks.certificate.other_policies import human_policies
from dpc_conformance.checks.profiles import common
from dpc_conformance.checks.profiles.profile import Profile

PARTS: Final = (*common.ALL_ROWS, *common.PERSON, *common.PATH)

KEY_MANAGEMENT: Final = Profile(
    key="key-management",
    name="Key Management",
    worksheet="9",
    aggregate="DPC-KM-COMMON-01",
    parts=PARTS,
    policies=human_policies,
    requirements=(
        "DPC-KM-KU-01",
        "DPC-KM-KU-02",
        "DPC-KM-EKU-01",
        "DPC-KM-POL-01",
        "DPC-KM-POL-02",
        "DPC-KM-SAN-01",
        "DPC-KM-VALID-01",
        "DPC-KM-REC-07",
        "DPC-CRY-KEY-03",
        *common.CRYPTOGRAPHY,
        *PARTS,
    ),
)
