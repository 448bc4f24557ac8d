"""Names for mutants: subjects, general names and the extensions that hold them."""

from dpc_conformance.faults.certificates.encoding import (
    context,
    ia5,
    implicit,
    octets,
    oid,
    printable,
    sequence,
    set_of,
    utf8,
)
from dpc_conformance.formats import oids

CARD_UUID = "6a0d5f0e-5d50-4f0a-9c0b-3f3d0f6f8a11"
UUID = "f81d4fae-7dec-41d0-a765-00a0c91e6bf6"
SISTER_UUID = "0f2c8f6a-2a0b-4f63-8d26-6a6d1f5f8a77"
FASC_N = bytes.fromhex("d4321058210c2c1a8411a41683c21085a8410c0c210942c3f9")[:25]
PERSON = "Alex Example"


def attribute(kind: str, value: bytes) -> bytes:
    """An AttributeTypeAndValue."""
    return sequence(oid(kind), value)


def name(*rdns: bytes) -> bytes:
    """A Name of relative names with one attribute each."""
    return sequence(*(set_of(rdn) for rdn in rdns))


COUNTRY = attribute(oids.COUNTRY, printable("US"))
GOVERNMENT = attribute(oids.ORGANIZATION, printable("U.S. Government"))
DEPARTMENT = attribute(oids.ORGANIZATIONAL_UNIT, printable("Department of Examples"))


def common_name(text: str) -> bytes:
    """A common name as UTF8String."""
    return attribute(oids.COMMON_NAME, utf8(text))


def person(text: str = PERSON) -> bytes:
    """The subject of a person in the geographic form."""
    return name(COUNTRY, GOVERNMENT, DEPARTMENT, common_name(text))


def authority(text: str) -> bytes:
    """The name of a CA."""
    return name(COUNTRY, GOVERNMENT, DEPARTMENT, attribute(oids.ORGANIZATIONAL_UNIT, printable(text)))


def uri(text: str) -> bytes:
    """A GeneralName that is a URI."""
    return implicit(6, text.encode())


def urn(uuid: str) -> bytes:
    """A GeneralName that is a UUID as URI."""
    return uri(f"urn:uuid:{uuid}")


def fasc_n(value: bytes = FASC_N) -> bytes:
    """A GeneralName that is a FASC-N."""
    return context(0, oid(oids.PIV_FASC_N), context(0, octets(value)))


def upn(value: bytes | None = None) -> bytes:
    """A GeneralName that is a user principal name; `value` is its encoding."""
    return context(0, oid(oids.MS_UPN), context(0, value or utf8("alex@dpc.example")))


def mail(address: str = "alex@dpc.example") -> bytes:
    """A GeneralName that is an e-mail address."""
    return implicit(1, ia5(address)[2:])
