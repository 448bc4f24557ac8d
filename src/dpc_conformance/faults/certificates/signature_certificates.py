"""Good digital signature certificates and mutants of them."""

from dataclasses import replace
from datetime import timedelta

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import bits, sequence, utc_time
from dpc_conformance.faults.certificates.material import NOT_BEFORE, P7C_URI, access, good, policies, purposes, with_key
from dpc_conformance.faults.certificates.other_kinds import beside, key_management, signature
from dpc_conformance.faults.certificates.signers import ec_key, rsa_spki, spki
from dpc_conformance.faults.mutants import golden, mutant
from dpc_conformance.formats import oids

KIND = "signature"


@golden("signature: P-256 key, software policy", beside, profile=KIND)
def plain() -> bytes:
    return signature().signed()


@golden(
    "signature: beside a key management certificate with another key",
    lambda: beside(other_certificates=(key_management().signed(),)),
    profile=KIND,
)
def with_management() -> bytes:
    return signature().signed()


@golden("signature: hardware policy for a key in hardware", beside, profile=KIND, key_in_hardware=True)
def hardware() -> bytes:
    return signature().with_value(oids.CERTIFICATE_POLICIES, policies(oids.COMMON_HARDWARE)).signed()


@golden("signature: RSA-3072 key, for documents only", beside, profile=KIND)
def documents() -> bytes:
    template = with_key(signature(), rsa_spki(3072)).with_value(
        oids.EXTENDED_KEY_USAGE, purposes(oids.MS_DOCUMENT_SIGNING)
    )
    return template.signed()


@mutant("signature: digitalSignature only", {"DPC-SIG-KU-01"}, beside, profile=KIND)
def no_non_repudiation() -> bytes:
    return signature().with_value(oids.KEY_USAGE, bits(b"\x80", 7)).signed()


@mutant("signature: keyEncipherment too", {"DPC-SIG-KU-01"}, beside, profile=KIND)
def encipherment_too() -> bytes:
    return signature().with_value(oids.KEY_USAGE, bits(b"\xe0", 5)).signed()


@mutant("signature: no purposes", {"DPC-SIG-EKU-01"}, beside, profile=KIND)
def no_purposes() -> bytes:
    return signature().without(oids.EXTENDED_KEY_USAGE).signed()


@mutant("signature: any purpose", {"DPC-SIG-EKU-01"}, beside, profile=KIND)
def any_purpose() -> bytes:
    value = purposes(oids.EMAIL_PROTECTION, oids.ANY_EXTENDED_KEY_USAGE)
    return signature().with_value(oids.EXTENDED_KEY_USAGE, value).signed()


@mutant("signature: code signing", {"DPC-SIG-EKU-01"}, beside, profile=KIND)
def code_signing() -> bytes:
    value = purposes(oids.EMAIL_PROTECTION, oids.CODE_SIGNING)
    return signature().with_value(oids.EXTENDED_KEY_USAGE, value).signed()


@mutant("signature: the policy of authentication", {"DPC-SIG-POL-01", "DPC-PATH-POLICY-01"}, beside, profile=KIND)
def derived_policy() -> bytes:
    return signature().with_value(oids.CERTIFICATE_POLICIES, policies(oids.DERIVED_PIV_AUTH)).signed()


@mutant("signature: hardware policy for a key in a PKCS#12 file", {"DPC-SIG-POL-02"}, beside, profile=KIND)
def hardware_policy() -> bytes:
    return signature().with_value(oids.CERTIFICATE_POLICIES, policies(oids.COMMON_HARDWARE)).signed()


@mutant("signature: e-mail protection without an address", {"DPC-SIG-SAN-01"}, beside, profile=KIND)
def no_address() -> bytes:
    return signature().without(oids.SUBJECT_ALT_NAME).signed()


@mutant("signature: a name before the address", {"DPC-SIG-SAN-01"}, beside, profile=KIND)
def name_before_the_address() -> bytes:
    address = names.mail(f"{names.PERSON} <alex@dpc.example>")
    return signature().with_value(oids.SUBJECT_ALT_NAME, sequence(address)).signed()


@mutant("signature: the key of the card's signature certificate", {"DPC-SIG-KEY-01"}, beside, profile=KIND)
def key_of_the_card() -> bytes:
    return with_key(signature(), spki(ec_key("card-9c"))).signed()


@mutant(
    "signature: one key pair for signing and encryption",
    {"DPC-SIG-KEY-01", "DPC-SIG-KEY-02"},
    lambda: beside(other_certificates=(key_management().signed(),)),
    profile=KIND,
)
def key_of_management() -> bytes:
    return with_key(signature(), spki(ec_key("km"))).signed()


@mutant("signature: five years", {"DPC-SIG-VALID-01"}, beside, profile=KIND)
def five_years() -> bytes:
    return replace(signature(), not_after=utc_time(NOT_BEFORE + timedelta(days=5 * 365))).signed()


@mutant("signature: no OCSP service", {"DPC-CERT-AIA-02"}, beside, profile=KIND)
def no_ocsp() -> bytes:
    value = access((oids.CA_ISSUERS, names.uri(P7C_URI)))
    return signature().with_value(oids.AUTHORITY_INFORMATION_ACCESS, value).signed()


@mutant("signature: RSA-4096 key", {"DPC-CRY-KEY-03"}, beside, profile=KIND)
def rsa_4096() -> bytes:
    return with_key(signature(), rsa_spki(4096)).signed()


@mutant("signature: subject alternative names critical", {"DPC-CERT-EXT-02"}, beside, profile=KIND)
def critical_names() -> bytes:
    return signature().with_criticality(oids.SUBJECT_ALT_NAME).signed()


@mutant(
    "signature: an authentication certificate in its place",
    {"DPC-SIG-KU-01", "DPC-SIG-EKU-01", "DPC-SIG-POL-01", "DPC-PATH-POLICY-01"},
    beside,
    profile=KIND,
)
def authentication() -> bytes:
    return good().signed()
