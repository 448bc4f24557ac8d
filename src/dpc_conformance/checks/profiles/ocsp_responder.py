"""The profile of a delegated OCSP responder (Common Policy certificate profiles, worksheet 13)."""

from typing import Final

from dpc_conformance.checks.profiles import common
from dpc_conformance.checks.profiles.profile import Profile

PARTS: Final = (
    *common.ENCODING,
    *common.SERIAL,
    *common.SIGNATURE,
    *common.DATES,
    *common.KEY,
    *common.NAMES,
    "DPC-CERT-POL-08",
)

OCSP_RESPONDER: Final = Profile(
    key="ocsp-responder",
    name="OCSP Responder",
    worksheet="13",
    parts=PARTS,
    requirements=(
        "DPC-OCSP-CERT-01",
        "DPC-OCSP-CERT-02",
        "DPC-OCSP-CERT-03",
        "DPC-OCSP-CERT-04",
        "DPC-OCSP-CERT-05",
        "DPC-OCSP-CERT-06",
        "DPC-OCSP-CERT-07",
        *common.CRYPTOGRAPHY,
        *PARTS,
    ),
)
