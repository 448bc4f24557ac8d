"""Mutants of version, serial number, issuer and unique identifiers."""

from dataclasses import replace

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import (
    context,
    implicit,
    integer,
    tlv,
    utf8,
)
from dpc_conformance.faults.certificates.material import (
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
