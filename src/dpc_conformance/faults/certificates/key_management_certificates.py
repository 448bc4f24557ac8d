"""Good key management certificates, issued and recovered, and mutants of them."""

from dataclasses import replace
from datetime import timedelta

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import bits, context, implicit, integer, oid, sequence, utc_time
from dpc_conformance.faults.certificates.material import (
    CA,
    CA_SERIAL,
    NOT_BEFORE,
    ROOT_NAME,
    policies,
    purposes,
    with_key,
)
from dpc_conformance.faults.certificates.other_kinds import (
    KEY_ENCIPHERMENT,
    beside,
    card_key_management,
    key_management,
    rsa_key_management,
)
from dpc_conformance.faults.certificates.signers import rsa_spki
from dpc_conformance.faults.mutants import golden, mutant
from dpc_conformance.formats import oids

KIND = "key-management"
X25519 = sequence(sequence(oid("1.3.101.110")), bits(bytes(range(32))))


@golden("key management: P-256 key", beside, profile=KIND)
def plain() -> bytes:
    return key_management().signed()


@golden("key management: RSA-2048 key", beside, profile=KIND)
def rsa() -> bytes:
    return rsa_key_management().signed()


@golden("key management: recovered from escrow, that of the card", beside, profile=KIND, recovered=True)
def recovered() -> bytes:
    return card_key_management()


@golden("key management: hardware policy for a key in hardware", beside, profile=KIND, key_in_hardware=True)
def hardware() -> bytes:
    return _hardware()


def _old_key() -> bytes:
    return with_key(rsa_key_management(), rsa_spki(2048, 65539)).signed()


@golden(
    "key management: recovered, with an older exponent",
    lambda: beside(card_certificates=(_old_key(),)),
    profile=KIND,
    recovered=True,
)
def recovered_exponent() -> bytes:
    return _old_key()


@mutant("key management: dataEncipherment too", {"DPC-KM-KU-01"}, beside, profile=KIND)
def data_encipherment() -> bytes:
    return rsa_key_management().with_value(oids.KEY_USAGE, bits(b"\x30", 4)).signed()


@mutant("key management: EC key with keyEncipherment", {"DPC-KM-KU-02"}, beside, profile=KIND)
def ec_encipherment() -> bytes:
    return key_management().with_value(oids.KEY_USAGE, KEY_ENCIPHERMENT).signed()


@mutant("key management: encipherOnly too", {"DPC-KM-KU-02"}, beside, profile=KIND)
def encipher_only() -> bytes:
    return key_management().with_value(oids.KEY_USAGE, bits(b"\x09", 0)).signed()


@mutant("key management: no purposes", {"DPC-KM-EKU-01"}, beside, profile=KIND)
def no_purposes() -> bytes:
    return key_management().without(oids.EXTENDED_KEY_USAGE).signed()


@mutant("key management: code signing", {"DPC-KM-EKU-01"}, beside, profile=KIND)
def code_signing() -> bytes:
    value = purposes(oids.EMAIL_PROTECTION, oids.CODE_SIGNING)
    return key_management().with_value(oids.EXTENDED_KEY_USAGE, value).signed()


@mutant(
    "key management: the hardware policy of authentication",
    {"DPC-KM-POL-01", "DPC-PATH-POLICY-01"},
    beside,
    profile=KIND,
)
def derived_policy() -> bytes:
    return key_management().with_value(oids.CERTIFICATE_POLICIES, policies(oids.DERIVED_PIV_AUTH_HARDWARE)).signed()


def _hardware() -> bytes:
    return key_management().with_value(oids.CERTIFICATE_POLICIES, policies(oids.COMMON_HARDWARE)).signed()


@mutant(
    "key management: recovered key of a hardware policy in a software keychain",
    {"DPC-KM-POL-02"},
    lambda: beside(card_certificates=(_hardware(),)),
    profile=KIND,
    recovered=True,
)
def hardware_policy() -> bytes:
    return _hardware()


@mutant("key management: recovered, but not that of the card", {"DPC-KM-REC-07"}, beside, profile=KIND, recovered=True)
def another_than_the_cards() -> bytes:
    return key_management().signed()


@mutant("key management: e-mail protection without an address", {"DPC-KM-SAN-01"}, beside, profile=KIND)
def no_address() -> bytes:
    return key_management().without(oids.SUBJECT_ALT_NAME).signed()


@mutant("key management: an empty address", {"DPC-KM-SAN-01"}, beside, profile=KIND)
def empty_address() -> bytes:
    return key_management().with_value(oids.SUBJECT_ALT_NAME, sequence(names.mail(""))).signed()


@mutant("key management: e-mail address with a control character", {"DPC-KM-SAN-01"}, beside, profile=KIND)
def control_character() -> bytes:
    value = sequence(names.mail("alex\x00@dpc.example"))
    return key_management().with_value(oids.SUBJECT_ALT_NAME, value).signed()


@mutant("key management: four years", {"DPC-KM-VALID-01"}, beside, profile=KIND)
def four_years() -> bytes:
    return replace(key_management(), not_after=utc_time(NOT_BEFORE + timedelta(days=4 * 365))).signed()


@mutant(
    "key management: issuer and serial number in the authority key identifier",
    {"DPC-CERT-AKI-02"},
    beside,
    profile=KIND,
)
def aki_with_issuer() -> bytes:
    value = sequence(
        implicit(0, CA.key_identifier), context(1, context(4, ROOT_NAME)), implicit(2, integer(CA_SERIAL)[2:])
    )
    return key_management().with_value(oids.AUTHORITY_KEY_IDENTIFIER, value).signed()


@mutant("key management: X25519 key", {"DPC-CERT-SPKI-01", "DPC-CRY-KEY-03"}, beside, profile=KIND)
def x25519() -> bytes:
    return with_key(key_management(), X25519).signed()


@mutant("key management: RSA-4096 key", {"DPC-CRY-KEY-03"}, beside, profile=KIND)
def rsa_4096() -> bytes:
    return with_key(rsa_key_management(), rsa_spki(4096)).signed()


@mutant(
    "key management: recovered with exponent 3",
    {"DPC-CRY-EXP-01"},
    lambda: beside(card_certificates=(with_key(rsa_key_management(), rsa_spki(2048, 3)).signed(),)),
    profile=KIND,
    recovered=True,
)
def recovered_exponent_3() -> bytes:
    return with_key(rsa_key_management(), rsa_spki(2048, 3)).signed()
