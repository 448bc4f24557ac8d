"""Mutants of CRLs in the entries of what is revoked (RFC 5280 5.3)."""

from dataclasses import replace

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import (
    boolean,
    context,
    integer,
    octets,
    sequence,
    set_of,
    tlv,
    utc_time,
)
from dpc_conformance.faults.certificates.template import ExtensionParts
from dpc_conformance.faults.mutants import CRL, mutant
from dpc_conformance.faults.status.material import CRITICAL, MADE, REVOKED_SERIAL, CrlTemplate, entry, reason
from dpc_conformance.formats import oids

GOOD = CrlTemplate()


@mutant("CRL with an entry of another issuer", {"DPC-CRL-FULL-01"}, kind=CRL)
def another_issuer() -> bytes:
    of = ExtensionParts(oids.CERTIFICATE_ISSUER, sequence(context(4, names.authority("Somebody Else's CA"))), CRITICAL)
    return replace(GOOD, entries=sequence(entry(REVOKED_SERIAL, of))).signed()


@mutant("reason unspecified encoded", {"DPC-CRL-ENTRY-01"}, kind=CRL)
def unspecified() -> bytes:
    return replace(GOOD, entries=sequence(entry(REVOKED_SERIAL, reason(0)))).signed()


@mutant("removeFromCRL in a full CRL", {"DPC-CRL-ENTRY-01"}, kind=CRL)
def remove_from_crl() -> bytes:
    return replace(GOOD, entries=sequence(entry(REVOKED_SERIAL, reason(8)))).signed()


@mutant("reason that RFC 5280 does not know", {"DPC-CRL-ENTRY-01"}, kind=CRL)
def unknown_reason() -> bytes:
    return replace(GOOD, entries=sequence(entry(REVOKED_SERIAL, reason(11)))).signed()


@mutant("removeFromCRL in a delta CRL", {"DPC-CRL-FULL-01", "DPC-CRL-CRIT-01"}, kind=CRL)
def remove_from_delta() -> bytes:
    removed = replace(GOOD, entries=sequence(entry(REVOKED_SERIAL, reason(8))))
    return removed.adding(oids.DELTA_CRL_INDICATOR, integer(6), CRITICAL).signed()


@mutant("reason critical", {"DPC-CRL-ENTRY-01"}, kind=CRL)
def reason_critical() -> bytes:
    return replace(GOOD, entries=sequence(entry(REVOKED_SERIAL, reason(1, boolean(True))))).signed()


@mutant("empty list of revocations", {"DPC-CRL-ENTRY-02"}, kind=CRL)
def empty_list() -> bytes:
    return replace(GOOD, entries=sequence()).signed()


@mutant("unknown extension of an entry critical", {"DPC-CRL-CRIT-01"}, kind=CRL)
def unknown_critical_in_an_entry() -> bytes:
    private = ExtensionParts("1.3.6.1.4.1.99999.1", octets(b"private"), CRITICAL)
    return replace(GOOD, entries=sequence(entry(REVOKED_SERIAL, private))).signed()


@mutant("serial of an entry with an octet too many", {"DPC-CRL-HTTP-01"}, kind=CRL)
def long_serial() -> bytes:
    entries = sequence(sequence(tlv(0x02, b"\x00\x00\x05"), utc_time(MADE)))
    return replace(GOOD, entries=entries).signed()


@mutant("entry that is a SET", {"DPC-CRL-HTTP-01"}, kind=CRL)
def entry_under_another_tag() -> bytes:
    return replace(GOOD, entries=sequence(set_of(integer(REVOKED_SERIAL), utc_time(MADE)))).signed()


@mutant("entry revoked on no date", {"DPC-CRL-HTTP-01"}, kind=CRL)
def revoked_on_no_date() -> bytes:
    return replace(GOOD, entries=sequence(sequence(integer(REVOKED_SERIAL), tlv(0x17, b"261332000000Z")))).signed()
