"""The rows that the worksheets have in common, under the ids they have for derived authentication certificates."""

from typing import Final

# Imported for the checks they declare.
from dpc_conformance.checks.certificate import (  # noqa: F401
    annual_test,
    authority_information_access,
    basic_constraints,
    card_worksheets,
    certificate_policies,
    crl_distribution_points,
    encoding,
    extended_key_usage,
    extensions,
    key_identifiers,
    key_strength,
    key_usage,
    organisation,
    other_policies,
    piv_naci,
    responder,
    serial_number,
    signature_algorithm,
    signature_strength,
    subject,
    subject_alt_name,
    subject_directory_attributes,
    subject_public_key,
    usages,
    validity,
    version,
)
from dpc_conformance.checks.relations import (  # noqa: F401
    card,
    certification_path,
    issuing_authority,
    key_separation,
    population,
    predecessor,
)

ENCODING: Final = ("DPC-CERT-DER-01", "DPC-CERT-VER-01", "DPC-CERT-UID-01", "DPC-CERT-EXT-04")
SERIAL: Final = ("DPC-CERT-SER-01", "DPC-CERT-SER-02", "DPC-CERT-SER-03", "DPC-CERT-SER-04")
SIGNATURE: Final = (
    "DPC-CERT-SIGALG-01",
    "DPC-CERT-SIGALG-02",
    "DPC-CERT-SIGALG-03",
    "DPC-CERT-SIGALG-04",
    "DPC-CERT-SIGALG-05",
    "DPC-CERT-SIGALG-06",
    "DPC-CERT-SIG-01",
    "DPC-CERT-ISSUER-01",
)
DATES: Final = ("DPC-CERT-VALID-01", "DPC-CERT-VALID-02", "DPC-CERT-VALID-04", "DPC-CERT-VALID-05")
KEY: Final = (
    "DPC-CERT-SPKI-01",
    "DPC-CERT-SPKI-02",
    "DPC-CERT-SPKI-03",
    "DPC-CERT-SPKI-04",
    "DPC-CERT-SPKI-05",
    "DPC-CERT-SPKI-06",
    "DPC-CERT-SKI-01",
    "DPC-CERT-AKI-01",
    "DPC-CERT-AKI-02",
)
LOCATIONS: Final = (
    "DPC-CERT-CRLDP-01",
    "DPC-CERT-CRLDP-02",
    "DPC-CERT-CRLDP-03",
    "DPC-CERT-CRLDP-04",
    "DPC-CERT-AIA-01",
    "DPC-CERT-AIA-02",
    "DPC-CERT-AIA-03",
)
EXTENSIONS: Final = ("DPC-CERT-EXT-01", "DPC-CERT-EXT-02", "DPC-CERT-BC-01")
NAMES: Final = ("DPC-CERT-SUBJ-02", "DPC-CERT-SUBJ-04")
PERSON: Final = ("DPC-CERT-SUBJ-01", "DPC-CERT-SUBJ-03", "DPC-CERT-SUBJ-05", "DPC-CERT-SUBJ-06")
POLICIES: Final = ("DPC-CERT-POL-06", "DPC-CERT-POL-08", "DPC-CERT-POL-09", "DPC-CERT-POL-10")
PATH: Final = (
    "DPC-PATH-ANCHOR-01",
    "DPC-PATH-POLICY-01",
    "DPC-PATH-TIME-01",
    "DPC-PATH-CA-01",
    "DPC-PATH-NC-01",
)
CRYPTOGRAPHY: Final = ("DPC-CRY-EXP-01", "DPC-CRY-SIG-01", "DPC-CRY-STRENGTH-01", "DPC-CRY-HASH-01", "DPC-CRY-PQC-01")
ALL_ROWS: Final = (*ENCODING, *SERIAL, *SIGNATURE, *DATES, *KEY, *LOCATIONS, *EXTENSIONS, *NAMES, *POLICIES)
