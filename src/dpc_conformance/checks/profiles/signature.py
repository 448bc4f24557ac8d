"""The digital signature profile (Common Policy certificate profiles, worksheet 8)."""

from typing import Final

from dpc_conformance.checks.certificate.other_policies import human_policies
from dpc_conformance.checks.profiles import common
from dpc_conformance.checks.profiles.profile import Profile

PARTS: Final = (*common.ALL_ROWS, *common.PERSON, *common.PATH)

SIGNATURE: Final = Profile(
    key="signature",
    name="Digital Signature",
    worksheet="8",
    aggregate="DPC-SIG-COMMON-01",
    parts=PARTS,
    policies=human_policies,
    requirements=(
        "DPC-SIG-KU-01",
        "DPC-SIG-EKU-01",
        "DPC-SIG-POL-01",
        "DPC-SIG-POL-02",
        "DPC-SIG-SAN-01",
        "DPC-SIG-KEY-01",
        "DPC-SIG-KEY-02",
        "DPC-SIG-VALID-01",
        "DPC-CRY-KEY-03",
        *common.CRYPTOGRAPHY,
        *PARTS,
    ),
)
