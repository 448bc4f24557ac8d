"""Mutants of the subject."""

from dataclasses import replace

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import printable, sequence, set_of, tlv, utf8
from dpc_conformance.faults.certificates.material import good
from dpc_conformance.faults.mutants import mutant
from dpc_conformance.formats import oids


def _subject(*rdns: bytes) -> bytes:
    return replace(good(), subject=names.name(*rdns)).signed()


@mutant("subject names a device only", {"DPC-CERT-SUBJ-01", "DPC-CERT-SUBJ-06"})
def device_only() -> bytes:
    return _subject(names.common_name("johndoe-iphone"))


@mutant(
    "subject is a serial number without a common name", {"DPC-CERT-SUBJ-01", "DPC-CERT-SUBJ-05", "DPC-CERT-SUBJ-06"}
)
def serial_number_only() -> bytes:
    serial = names.attribute(oids.SERIAL_NUMBER, printable(names.UUID))
    return _subject(names.COUNTRY, names.GOVERNMENT, names.DEPARTMENT, serial)


@mutant("common name of one word", {"DPC-CERT-SUBJ-01", "DPC-CERT-SUBJ-06"})
def one_word() -> bytes:
    return replace(good(), subject=names.person("aexample")).signed()


@mutant("subject without an agency", {"DPC-CERT-SUBJ-01", "DPC-CERT-SUBJ-06"})
def no_agency() -> bytes:
    return _subject(names.COUNTRY, names.GOVERNMENT, names.common_name(names.PERSON))


@mutant("organization as T61String", {"DPC-CERT-SUBJ-02"})
def teletex() -> bytes:
    organization = names.attribute(oids.ORGANIZATION, tlv(0x14, b"U.S. Government"))
    return _subject(names.COUNTRY, organization, names.DEPARTMENT, names.common_name(names.PERSON))


@mutant("common name as BMPString", {"DPC-CERT-SUBJ-02"})
def bmp() -> bytes:
    person = names.attribute(oids.COMMON_NAME, tlv(0x1E, names.PERSON.encode("utf-16-be")))
    return _subject(names.COUNTRY, names.GOVERNMENT, names.DEPARTMENT, person)


@mutant("country as UTF8String", {"DPC-CERT-SUBJ-02"})
def utf8_country() -> bytes:
    country = names.attribute(oids.COUNTRY, utf8("US"))
    return _subject(country, names.GOVERNMENT, names.DEPARTMENT, names.common_name(names.PERSON))


@mutant("country of two digits", {"DPC-CERT-SUBJ-02", "DPC-CERT-SUBJ-01"})
def country_of_digits() -> bytes:
    country = names.attribute(oids.COUNTRY, printable("12"))
    return _subject(country, names.GOVERNMENT, names.DEPARTMENT, names.common_name(names.PERSON))


@mutant("country and organization in one relative name", {"DPC-CERT-SUBJ-01"})
def country_beside_organization() -> bytes:
    first = set_of(names.COUNTRY, names.GOVERNMENT)
    rest = (set_of(one) for one in (names.DEPARTMENT, names.common_name(names.PERSON)))
    return replace(good(), subject=sequence(first, *rest)).signed()


@mutant("contractor without the affiliate marker", {"DPC-CERT-SUBJ-03"}, affiliate=True)
def unmarked_affiliate() -> bytes:
    return good().signed()


@mutant("empty subject", {"DPC-CERT-SUBJ-04", "DPC-CERT-SUBJ-06"})
def empty() -> bytes:
    return replace(good(), subject=sequence()).signed()


@mutant("UID before the organizational unit", {"DPC-CERT-SUBJ-05"})
def early_uid() -> bytes:
    uid = names.attribute(oids.USER_ID, utf8("1234567890"))
    return _subject(names.COUNTRY, names.GOVERNMENT, uid, names.DEPARTMENT, names.common_name(names.PERSON))


@mutant("common name of another employee", {"DPC-CERT-SUBJ-06"})
def somebody_else() -> bytes:
    return replace(good(), subject=names.person("Sam Sample")).signed()


@mutant("organizational unit of another agency", {"DPC-CERT-SUBJ-06"})
def another_agency() -> bytes:
    unit = names.attribute(oids.ORGANIZATIONAL_UNIT, printable("Department of Samples"))
    return _subject(names.COUNTRY, names.GOVERNMENT, unit, names.common_name(names.PERSON))


@mutant("attributes of one relative name out of order", {"DPC-CERT-DER-01"})
def unsorted_rdn() -> bytes:
    members = sorted((names.common_name(names.PERSON), names.attribute(oids.USER_ID, utf8("12"))), reverse=True)
    whole = (*(set_of(one) for one in (names.COUNTRY, names.GOVERNMENT, names.DEPARTMENT)), tlv(0x31, *members))
    return replace(good(), subject=sequence(*whole)).signed()
