"""Mutants of the subject alternative names."""

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import context, ia5, octets, oid, sequence
from dpc_conformance.faults.certificates.material import card, card_template, good
from dpc_conformance.faults.mutants import mutant
from dpc_conformance.formats import oids

OTHER_FASC_N = bytes(range(25))


def _names(*general_names: bytes) -> bytes:
    return good().with_value(oids.SUBJECT_ALT_NAME, sequence(*general_names)).signed()


@mutant("subject alternative names missing", {"DPC-CERT-SAN-01"})
def no_names() -> bytes:
    return good().without(oids.SUBJECT_ALT_NAME).signed()


@mutant("URI uuid: without urn:", {"DPC-CERT-SAN-01"})
def no_urn() -> bytes:
    return _names(names.uri(f"uuid:{names.UUID}"))


@mutant("UUID without a scheme", {"DPC-CERT-SAN-01"})
def bare_uuid() -> bytes:
    return _names(names.uri(names.UUID))


@mutant("UUID in braces", {"DPC-CERT-SAN-01"})
def braces() -> bytes:
    return _names(names.urn(f"{{{names.UUID}}}"))


@mutant("UUID without hyphens", {"DPC-CERT-SAN-01"})
def no_hyphens() -> bytes:
    return _names(names.urn(names.UUID.replace("-", "")))


@mutant("UUID of another derived certificate", {"DPC-CERT-SAN-02", "DPC-ISS-DUP-01"})
def uuid_of_the_sister() -> bytes:
    return _names(names.urn(names.SISTER_UUID))


@mutant("Card UUID of the PIV Card", {"DPC-CERT-SAN-03"})
def uuid_of_the_card() -> bytes:
    return _names(names.urn(names.CARD_UUID))


@mutant("Card UUID in upper case", {"DPC-CERT-SAN-03"})
def uuid_of_the_card_in_capitals() -> bytes:
    return _names(names.urn(names.CARD_UUID.upper()))


def _older_card() -> dict[str, object]:
    older = card_template().with_value(oids.SUBJECT_ALT_NAME, sequence(names.fasc_n()))
    return {"card_certificate": older.signed(), "card_certificates": (card(),)}


@mutant("Card UUID that only another certificate of the card has", {"DPC-CERT-SAN-03"}, _older_card)
def uuid_of_another_certificate() -> bytes:
    return _names(names.urn(names.CARD_UUID))


@mutant("nil UUID", {"DPC-CERT-SAN-04"})
def nil_uuid() -> bytes:
    return _names(names.urn("00000000-0000-0000-0000-000000000000"))


@mutant("UUID of no variant of RFC 4122", {"DPC-CERT-SAN-04"})
def wrong_variant() -> bytes:
    return _names(names.urn("f81d4fae-7dec-41d0-0765-00a0c91e6bf6"))


@mutant("FASC-N of the PIV Card", {"DPC-CERT-SAN-05"})
def fasc_n_of_the_card() -> bytes:
    return _names(names.fasc_n(), names.urn(names.UUID))


@mutant("FASC-N of nobody", {"DPC-CERT-SAN-05"})
def any_fasc_n() -> bytes:
    return _names(names.fasc_n(OTHER_FASC_N), names.urn(names.UUID))


@mutant("two UUIDs, one of them the card's", {"DPC-CERT-SAN-06", "DPC-CERT-SAN-03"})
def two_uuids() -> bytes:
    return _names(names.urn(names.UUID), names.urn(names.CARD_UUID))


@mutant("user principal name as IA5String", {"DPC-CERT-SAN-07"})
def ia5_upn() -> bytes:
    return _names(names.upn(ia5("alex@dpc.example")), names.urn(names.UUID))


@mutant("subject alternative names critical", {"DPC-CERT-SAN-09", "DPC-CERT-EXT-02"})
def critical_names() -> bytes:
    return good().with_criticality(oids.SUBJECT_ALT_NAME).signed()


@mutant("otherName without its tag", {"DPC-CERT-SAN-01", "DPC-CERT-DER-01"})
def malformed_other_name() -> bytes:
    return _names(context(0, oid(oids.PIV_FASC_N), octets(OTHER_FASC_N)), names.urn(names.UUID))
