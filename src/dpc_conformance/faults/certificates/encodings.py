"""Mutants of the encoding: what a lenient library would not notice."""

from dataclasses import replace

from dpc_conformance.faults.certificates.encoding import bits, boolean, context, oid, sequence, tlv
from dpc_conformance.faults.certificates.material import CA, good
from dpc_conformance.faults.mutants import mutant
from dpc_conformance.formats import oids

DER = "DPC-CERT-DER-01"


@mutant("a NUL after the certificate", {DER})
def trailing_octet() -> bytes:
    return good().signed() + b"\x00"


@mutant("criticality FALSE encoded", {DER})
def explicit_not_critical() -> bytes:
    return good().with_criticality(oids.EXTENDED_KEY_USAGE, boolean(False)).signed()


@mutant("a length with a leading zero", {DER})
def long_length() -> bytes:
    whole = good().signed()
    return whole[:1] + b"\x83\x00" + whole[2:] if whole[1] == 0x82 else b""


@mutant("a length in the long form that fits the short", {DER})
def long_form() -> bytes:
    serial = b"\x02\x81\x10" + good().serial[2:]
    return replace(good(), serial=serial).signed()


@mutant("indefinite length", {DER})
def indefinite_length() -> bytes:
    tbs = good().tbs()
    return b"\x30\x80" + tbs + CA.algorithm + bits(CA.sign(tbs)) + b"\x00\x00"


@mutant("a certificate cut short", {DER})
def cut_short() -> bytes:
    return good().signed()[:-20]


@mutant("nothing at all", {DER})
def nothing() -> bytes:
    return b""


@mutant("a private key in the place of a certificate", {DER})
def another_object() -> bytes:
    return sequence(tlv(2, b"\x01"), tlv(4, bytes(32)), context(0, oid(oids.P256)))


@mutant("nested beyond any use", {DER})
def nested() -> bytes:
    inner = b""
    for _ in range(200):
        inner = sequence(inner)
    return replace(good(), subject=inner).signed()


@mutant("an OBJECT IDENTIFIER with a padded arc", {DER})
def padded_oid() -> bytes:
    padded = oid(oids.CLIENT_AUTH)
    value = sequence(tlv(6, padded[2:4] + b"\x80" + padded[4:]))
    return good().with_value(oids.EXTENDED_KEY_USAGE, value).signed()
