"""Good CRLs and mutants of them."""

from dataclasses import replace
from datetime import timedelta

from dpc_conformance.checks.status.lifetime import OF_OTHERS
from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import (
    context,
    generalized_time,
    implicit,
    integer,
    null,
    octets,
    oid,
    sequence,
    tlv,
    utc_time,
    utf8,
)
from dpc_conformance.faults.certificates.material import (
    CA,
    CA_NAME,
    CRL_URI,
    NOW,
    P384_CA,
    authority_key,
    ca_template,
    distribution_point,
    good,
)
from dpc_conformance.faults.certificates.signers import ecdsa, rsa_pkcs1
from dpc_conformance.faults.certificates.template import ExtensionParts
from dpc_conformance.faults.mutants import CRL, golden, mutant
from dpc_conformance.faults.status.material import CRITICAL, MADE, REVOKED_SERIAL, CrlTemplate, entry, reason
from dpc_conformance.formats import oids

GOOD = CrlTemplate()
POINT = context(0, context(0, names.uri(CRL_URI)))
DIRECTORY = context(4, CA_NAME)


@golden("CRL with one revocation", kind=CRL)
def one_revocation() -> bytes:
    return GOOD.signed()


@golden("CRL without revocations", kind=CRL)
def no_revocations() -> bytes:
    return replace(GOOD, entries=b"").signed()


@golden("CRL whose entry is on hold, named by a location of the certificate", kind=CRL)
def on_hold() -> bytes:
    held = replace(GOOD, entries=sequence(entry(REVOKED_SERIAL, reason(6))))
    return held.adding(oids.ISSUING_DISTRIBUTION_POINT, sequence(POINT), CRITICAL).signed()


def _found_in_a_directory() -> dict[str, object]:
    points = sequence(distribution_point(names.uri(CRL_URI)), distribution_point(DIRECTORY))
    return {"certificate": good().with_value(oids.CRL_DISTRIBUTION_POINTS, points).signed()}


@golden("CRL named by a directory entry that the certificate names too", _found_in_a_directory, kind=CRL)
def found_in_a_directory() -> bytes:
    return GOOD.adding(oids.ISSUING_DISTRIBUTION_POINT, sequence(context(0, context(0, DIRECTORY))), CRITICAL).signed()


@golden("CRL after another", lambda: {"previous_crl": GOOD.signed()}, kind=CRL)
def the_next() -> bytes:
    aki = GOOD.extensions[0]
    return replace(GOOD, extensions=(aki, ExtensionParts(oids.CRL_NUMBER, integer(8)))).signed()


@mutant("CRL of version 1", {"DPC-CRL-VER-01"}, kind=CRL)
def version_1() -> bytes:
    return replace(GOOD, version=b"").signed()


@mutant("CRL signed by another key of the same name", {"DPC-CRL-SIG-01"}, kind=CRL)
def another_key() -> bytes:
    return replace(GOOD, signer=ecdsa("impostor")).signed()


@mutant(
    "CRL signed with SHA-1",
    {"DPC-CRL-SIG-01", "DPC-CRL-STRENGTH-01", "DPC-CRL-EXT-01"},
    lambda: {"issuer": ca_template(rsa_pkcs1()).signed()},
    kind=CRL,
)
def sha1() -> bytes:
    return replace(GOOD, signer=replace(CA, algorithm=sequence(oid(oids.RSA_WITH_SHA1), null()))).signed()


@mutant(
    "CRL with SHA-256 for a certificate with SHA-384",
    {"DPC-CRL-STRENGTH-01"},
    lambda: {"certificate": good(P384_CA).signed()},
    kind=CRL,
)
def shorter_hash() -> bytes:
    return GOOD.signed()


@mutant("CRL issuer of another string type", {"DPC-CRL-ISSUER-01"}, kind=CRL)
def issuer_retyped() -> bytes:
    unit = names.attribute(oids.ORGANIZATIONAL_UNIT, utf8("Mutants Derived CA"))
    return replace(GOOD, issuer=names.name(names.COUNTRY, names.GOVERNMENT, names.DEPARTMENT, unit)).signed()


@mutant("CRL without nextUpdate", {"DPC-CRL-TIME-01"}, kind=CRL)
def no_next_update() -> bytes:
    return replace(GOOD, next_update=b"").signed()


@mutant("CRL with an early GeneralizedTime", {"DPC-CRL-TIME-01"}, kind=CRL)
def generalized() -> bytes:
    return replace(GOOD, this_update=generalized_time(MADE)).signed()


@mutant("CRL whose nextUpdate names no seconds", {"DPC-CRL-TIME-01"}, kind=CRL)
def no_seconds() -> bytes:
    return replace(GOOD, next_update=tlv(0x17, b"2611242300Z")).signed()


@mutant("CRL for seven days", {"DPC-CRL-TIME-02"}, kind=CRL)
def seven_days() -> bytes:
    return replace(GOOD, next_update=utc_time(MADE + timedelta(days=7))).signed()


@golden("CRL for seven days of a CA that serves one agency", kind=CRL, longest=OF_OTHERS)
def seven_days_of_others() -> bytes:
    return replace(GOOD, next_update=utc_time(MADE + timedelta(days=7))).signed()


@mutant("CRL for eight days", {"DPC-CRL-TIME-02"}, kind=CRL, longest=None)
def eight_days() -> bytes:
    return replace(GOOD, next_update=utc_time(MADE + timedelta(days=8))).signed()


@mutant("CRL that has lapsed", {"DPC-CRL-TIME-03"}, kind=CRL, moment=NOW + timedelta(days=3))
def lapsed() -> bytes:
    return GOOD.signed()


@mutant("CRL without authority key identifier", {"DPC-CRL-EXT-01"}, kind=CRL)
def no_key_identifier() -> bytes:
    return replace(GOOD, extensions=GOOD.extensions[1:]).signed()


@mutant("CRL with issuer and serial in the authority key identifier", {"DPC-CRL-EXT-01"}, kind=CRL)
def key_identifier_with_issuer() -> bytes:
    value = sequence(implicit(0, CA.key_identifier), context(1, context(4, CA_NAME)), implicit(2, b"\x01"))
    return replace(GOOD, extensions=(ExtensionParts(oids.AUTHORITY_KEY_IDENTIFIER, value), GOOD.extensions[1])).signed()


@mutant("CRL of the former key", {"DPC-CRL-EXT-01"}, kind=CRL)
def former_key() -> bytes:
    value = authority_key(ecdsa("former").key_identifier)
    return replace(GOOD, extensions=(ExtensionParts(oids.AUTHORITY_KEY_IDENTIFIER, value), GOOD.extensions[1])).signed()


@mutant("CRL without a number", {"DPC-CRL-EXT-01"}, kind=CRL)
def no_number() -> bytes:
    return replace(GOOD, extensions=GOOD.extensions[:1]).signed()


@mutant("CRL number that does not grow", {"DPC-CRL-EXT-01"}, lambda: {"previous_crl": GOOD.signed()}, kind=CRL)
def same_number() -> bytes:
    return GOOD.signed()


@mutant("CRL for CA certificates only", {"DPC-CRL-IDP-01"}, kind=CRL)
def for_cas_only() -> bytes:
    value = sequence(POINT, implicit(2, b"\xff"))
    return GOOD.adding(oids.ISSUING_DISTRIBUTION_POINT, value, CRITICAL).signed()


@mutant("CRL whose distribution point is not critical", {"DPC-CRL-IDP-01"}, kind=CRL)
def point_not_critical() -> bytes:
    return GOOD.adding(oids.ISSUING_DISTRIBUTION_POINT, sequence(POINT)).signed()


@mutant("CRL of another location", {"DPC-CRL-IDP-01"}, kind=CRL)
def another_location() -> bytes:
    elsewhere = context(0, context(0, names.uri("http://crl.dpc.example/others.crl")))
    return GOOD.adding(oids.ISSUING_DISTRIBUTION_POINT, sequence(elsewhere), CRITICAL).signed()


@mutant("CRL of a location relative to the CA's name", {"DPC-CRL-IDP-01"}, kind=CRL)
def relative_location() -> bytes:
    relative = context(0, context(1, names.common_name("CRL 1")))
    return GOOD.adding(oids.ISSUING_DISTRIBUTION_POINT, sequence(relative), CRITICAL).signed()


@mutant("CRL with two distribution points, the second for CA certificates", {"DPC-CRL-IDP-01"}, kind=CRL)
def two_points() -> bytes:
    first = GOOD.adding(oids.ISSUING_DISTRIBUTION_POINT, sequence(POINT), CRITICAL)
    return first.adding(oids.ISSUING_DISTRIBUTION_POINT, sequence(POINT, implicit(2, b"\xff")), CRITICAL).signed()


@mutant("delta CRL", {"DPC-CRL-FULL-01", "DPC-CRL-CRIT-01"}, kind=CRL)
def delta() -> bytes:
    return GOOD.adding(oids.DELTA_CRL_INDICATOR, integer(6), CRITICAL).signed()


@mutant("unknown CRL extension critical", {"DPC-CRL-CRIT-01"}, kind=CRL)
def unknown_critical() -> bytes:
    return GOOD.adding("1.3.6.1.4.1.99999.1", octets(b"private"), CRITICAL).signed()


@mutant("a page instead of a CRL", {"DPC-CRL-HTTP-01"}, kind=CRL)
def a_page() -> bytes:
    return b"<html><body>not found</body></html>"


@mutant("an octet after the CRL", {"DPC-CRL-HTTP-01"}, kind=CRL)
def trailing_octet() -> bytes:
    return GOOD.signed() + b"\n"
