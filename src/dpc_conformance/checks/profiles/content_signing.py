"""The content signing profile (Common Policy certificate profiles, worksheet 5)."""

from typing import Final

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
    "DPC-CERT-POL-08",
    "DPC-CERT-EXT-01",
)

CONTENT_SIGNING: Final = Profile(
    key="content-signing",
    name="PIV Content Signing",
    worksheet="5",
    aggregate="DPC-CS-COMMON-01",
    parts=PARTS,
    requirements=(
        "DPC-CS-KU-01",
        "DPC-CS-EKU-01",
        "DPC-CS-EKU-02",
        "DPC-CS-POL-01",
        "DPC-CS-SUBJ-01",
        "DPC-CS-VALID-01",
        "DPC-CS-VALID-02",
        "DPC-CS-PATH-01",
        "DPC-CS-COMMON-01",
        *common.CRYPTOGRAPHY,
        *PARTS,
    ),
)
