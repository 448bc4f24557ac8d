"""Mutants of version, serial number, dates, issuer and unique identifiers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import (
    context,
    generalized_time,
    implicit,
    integer,
    tlv,
    utc_time,
    utf8,
)
from dpc_conformance.faults.certificates.material import (
    NOT_AFTER,
    NOW,
    ca_template,
    good,
    sister_template,
)
from dpc_conformance.faults.mutants import mutant
from dpc_conformance.formats import oids


@mutant("version omitted, which means v1", {"DPC-CERT-VER-01"})
def version_omitted() -> bytes:
    return replace(good(), version=b"").signed()


@mutant("version v2", {"DPC-CERT-VER-01"})
def version_2() -> bytes:
    return replace(good(), version=context(0, integer(1))).signed()


@mutant("version v1 encoded", {"DPC-CERT-VER-01", "DPC-CERT-DER-01"})
def version_1_encoded() -> bytes:
    return replace(good(), version=context(0, integer(0))).signed()


@mutant("serial is zero", {"DPC-CERT-SER-01", "DPC-CERT-SER-04"})
def serial_zero() -> bytes:
    return replace(good(), serial=integer(0)).signed()


@mutant("serial is negative", {"DPC-CERT-SER-01"})
def serial_negative() -> bytes:
    return replace(good(), serial=tlv(2, bytes.fromhex("9f3a5b6c7d8e9fa0"))).signed()


@mutant("serial with a leading zero too many", {"DPC-CERT-SER-01", "DPC-CERT-DER-01"})
def serial_not_minimal() -> bytes:
    return replace(good(), serial=tlv(2, bytes.fromhex("001a2b3c4d5e6f708192"))).signed()


@mutant("serial of 21 octets", {"DPC-CERT-SER-02"})
def serial_too_long() -> bytes:
    return replace(good(), serial=tlv(2, b"\x00" + b"\x9c" * 20)).signed()


@mutant("serial of another derived certificate", {"DPC-CERT-SER-03", "DPC-ISS-DUP-01"})
def serial_repeated() -> bytes:
    return replace(good(), serial=sister_template().serial).signed()


@mutant("serial that counts", {"DPC-CERT-SER-04"})
def serial_short() -> bytes:
    return replace(good(), serial=integer(5001)).signed()


def _in_progression() -> dict[str, object]:
    sister = sister_template()
    return {
        "other_certificates": tuple(
            replace(sister, serial=integer(0x5000000000000000 + number)).signed() for number in (1, 2)
        )
    }


@mutant("serial next in a progression", {"DPC-CERT-SER-04"}, _in_progression)
def serial_in_progression() -> bytes:
    return replace(good(), serial=integer(0x5000000000000003)).signed()


@mutant("notAfter of 2029 as GeneralizedTime", {"DPC-CERT-VALID-01"})
def early_generalized_time() -> bytes:
    return replace(good(), not_after=generalized_time(NOT_AFTER)).signed()


@mutant("notAfter without seconds", {"DPC-CERT-VALID-02"})
def no_seconds() -> bytes:
    return replace(good(), not_after=tlv(0x17, b"2911230000Z")).signed()


@mutant("notBefore with an offset", {"DPC-CERT-VALID-02"})
def with_offset() -> bytes:
    return replace(good(), not_before=tlv(0x17, b"261123000000+0000")).signed()


@mutant("notBefore with a fraction", {"DPC-CERT-VALID-01", "DPC-CERT-VALID-02"})
def with_fraction() -> bytes:
    return replace(good(), not_before=tlv(0x18, b"20261123000000.5Z")).signed()


@mutant("notAfter that is no date", {"DPC-CERT-VALID-02"})
def no_date() -> bytes:
    return replace(good(), not_after=tlv(0x17, b"291332000000Z")).signed()


@mutant("life of three years and ten days", {"DPC-CERT-VALID-03"})
def lives_too_long() -> bytes:
    return replace(good(), not_after=utc_time(NOT_AFTER + timedelta(days=10))).signed()


@mutant("notBefore a day after notAfter", {"DPC-CERT-VALID-04", "DPC-PATH-TIME-01"})
def ends_before_it_begins() -> bytes:
    return replace(good(), not_before=utc_time(NOT_AFTER + timedelta(days=1))).signed()


def _ca_until_2028() -> dict[str, object]:
    return {"issuer": replace(ca_template(), not_after=utc_time(NOT_AFTER - timedelta(days=30))).signed()}


@mutant("notAfter a month after that of the CA", {"DPC-CERT-VALID-05"}, _ca_until_2028)
def outlives_the_ca() -> bytes:
    return good().signed()


def _ca_of_2018() -> dict[str, object]:
    begin = datetime(2018, 1, 1, tzinfo=UTC)
    return {"issuer": replace(ca_template(), not_before=utc_time(begin)).signed()}


@mutant("notAfter beyond ten years of use of the CA key", {"DPC-CERT-VALID-05"}, _ca_of_2018)
def outlives_the_ca_key() -> bytes:
    return good().signed()


OLD = datetime(2018, 6, 1, tzinfo=UTC)


@mutant(
    "issued in 2018, outlives the card",
    {"DPC-CERT-VALID-06"},
    lambda: {"issuer": replace(ca_template(), not_before=utc_time(OLD - timedelta(days=365))).signed(), "crls": ()},
    moment=OLD + timedelta(days=1),
    card_expiry=OLD + timedelta(days=365),
)
def outlives_the_card() -> bytes:
    return good().lasting(OLD, OLD + timedelta(days=730)).signed()


UNDER_1_9 = datetime(2019, 10, 1, tzinfo=UTC)


@mutant(
    "issued in October 2019 with clientAuth only",
    {"DPC-CERT-EKU-06"},
    lambda: {"issuer": replace(ca_template(), not_before=utc_time(OLD)).signed(), "crls": ()},
    moment=UNDER_1_9 + timedelta(days=1),
    card_expiry=datetime(2023, 1, 1, tzinfo=UTC),
)
def no_pkinit_in_2019() -> bytes:
    return good().lasting(UNDER_1_9, UNDER_1_9 + timedelta(days=730)).signed()


@mutant("expired a day ago", {"DPC-PATH-TIME-01"}, moment=NOT_AFTER + timedelta(days=1))
def expired() -> bytes:
    return good().signed()


@mutant("expired a second ago", {"DPC-PATH-TIME-01"}, moment=NOT_AFTER + timedelta(seconds=1))
def just_expired() -> bytes:
    return good().signed()


@mutant("not valid before tomorrow", {"DPC-PATH-TIME-01"})
def from_tomorrow() -> bytes:
    return replace(good(), not_before=utc_time(NOW + timedelta(days=1))).signed()


@mutant("issuer with another string type than the CA's subject", {"DPC-CERT-ISSUER-01"})
def issuer_retyped() -> bytes:
    unit = names.attribute(oids.ORGANIZATIONAL_UNIT, utf8("Mutants Derived CA"))
    return replace(good(), issuer=names.name(names.COUNTRY, names.GOVERNMENT, names.DEPARTMENT, unit)).signed()


@mutant("issuer is another CA", {"DPC-CERT-ISSUER-01", "DPC-PATH-ANCHOR-01"})
def issuer_of_another_name() -> bytes:
    return replace(good(), issuer=names.authority("Somebody Else's CA")).signed()


@mutant("subjectUniqueID present", {"DPC-CERT-UID-01"})
def subject_unique_id() -> bytes:
    return replace(good(), unique_identifiers=implicit(2, b"\x00\xca\xfe")).signed()


@mutant("issuerUniqueID present", {"DPC-CERT-UID-01"})
def issuer_unique_id() -> bytes:
    return replace(good(), unique_identifiers=implicit(1, b"\x00\xca\xfe")).signed()
