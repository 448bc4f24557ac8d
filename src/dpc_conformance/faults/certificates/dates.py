"""Mutants of the dates, in the certificate and beside its CA and card."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dpc_conformance.faults.certificates.encoding import (
    boolean,
    generalized_time,
    tlv,
    utc_time,
)
from dpc_conformance.faults.certificates.material import (
    NOT_AFTER,
    NOW,
    ca_template,
    good,
)
from dpc_conformance.faults.mutants import mutant
from dpc_conformance.formats import oids


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
    return good().lasting(OLD, OLD + timedelta(days=730)).adding(oids.PIV_NACI, boolean(True)).signed()


UNDER_1_9 = datetime(2019, 10, 1, tzinfo=UTC)


@mutant(
    "issued in October 2019 with clientAuth only",
    {"DPC-CERT-EKU-06"},
    lambda: {"issuer": replace(ca_template(), not_before=utc_time(OLD)).signed(), "crls": ()},
    moment=UNDER_1_9 + timedelta(days=1),
    card_expiry=datetime(2023, 1, 1, tzinfo=UTC),
)
def no_pkinit_in_2019() -> bytes:
    return good().lasting(UNDER_1_9, UNDER_1_9 + timedelta(days=730)).adding(oids.PIV_NACI, boolean(True)).signed()


@mutant("expired a day ago", {"DPC-PATH-TIME-01"}, moment=NOT_AFTER + timedelta(days=1))
def expired() -> bytes:
    return good().signed()


@mutant("expired a second ago", {"DPC-PATH-TIME-01"}, moment=NOT_AFTER + timedelta(seconds=1))
def just_expired() -> bytes:
    return good().signed()


@mutant("not valid before tomorrow", {"DPC-PATH-TIME-01"})
def from_tomorrow() -> bytes:
    return replace(good(), not_before=utc_time(NOW + timedelta(days=1))).signed()
