"""Mutants of the other extensions, and of which extensions there are."""

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import (
    boolean,
    implicit,
    null,
    octets,
    oid,
    printable,
    sequence,
    set_of,
    tlv,
)
from dpc_conformance.faults.certificates.material import (
    CA_KEY_USAGE,
    CRL_URI,
    access,
    distribution_point,
    good,
    policies,
    purposes,
)
from dpc_conformance.faults.mutants import mutant
from dpc_conformance.formats import oids

PRIVATE = "1.3.6.1.4.1.99999.1"


def _citizenship(country: str) -> bytes:
    return sequence(sequence(oid(oids.COUNTRY_OF_CITIZENSHIP), set_of(printable(country))))


@mutant("NACI critical", {"DPC-CERT-NACI-01", "DPC-CERT-EXT-02", "DPC-PATH-ANCHOR-01"})
def critical_naci() -> bytes:
    return good().adding(oids.PIV_NACI, boolean(True), boolean(True)).signed()


@mutant("NACI TRUE as 01", {"DPC-CERT-NACI-01", "DPC-CERT-DER-01"})
def naci_01() -> bytes:
    return good().adding(oids.PIV_NACI, tlv(1, b"\x01")).signed()


@mutant("citizenship of three letters", {"DPC-CERT-SDA-01"})
def three_letters() -> bytes:
    return good().adding(oids.SUBJECT_DIRECTORY_ATTRIBUTES, _citizenship("USA")).signed()


@mutant("subject directory attributes critical", {"DPC-CERT-SDA-01", "DPC-CERT-EXT-02", "DPC-PATH-ANCHOR-01"})
def critical_attributes() -> bytes:
    return good().adding(oids.SUBJECT_DIRECTORY_ATTRIBUTES, _citizenship("US"), boolean(True)).signed()


@mutant("issuer alternative name present", {"DPC-CERT-EXT-01"})
def issuer_alternative_name() -> bytes:
    return good().adding(oids.ISSUER_ALT_NAME, sequence(names.mail())).signed()


@mutant("policy mappings present", {"DPC-CERT-EXT-01"})
def policy_mappings() -> bytes:
    mapping = sequence(oid(oids.DERIVED_PIV_AUTH), oid("2.16.840.1.101.3.2.1.99.7"))
    return good().adding(oids.POLICY_MAPPINGS, sequence(mapping)).signed()


@mutant("private key usage period present", {"DPC-CERT-EXT-01"})
def private_key_usage_period() -> bytes:
    return good().adding(oids.PRIVATE_KEY_USAGE_PERIOD, sequence(implicit(0, b"20261123000000Z"))).signed()


@mutant("subject information access present", {"DPC-CERT-EXT-01"})
def subject_information_access() -> bytes:
    value = access((oids.CA_REPOSITORY, names.uri("http://repo.dpc.example/all.p7c")))
    return good().adding(oids.SUBJECT_INFORMATION_ACCESS, value).signed()


@mutant("ocsp-nocheck present", {"DPC-CERT-EXT-01"})
def ocsp_nocheck() -> bytes:
    return good().adding(oids.OCSP_NOCHECK, null()).signed()


@mutant("freshest CRL present, which is for delta CRLs only", {"DPC-CERT-EXT-01"})
def freshest_crl() -> bytes:
    return good().adding(oids.FRESHEST_CRL, sequence(distribution_point(names.uri(CRL_URI)))).signed()


@mutant("unknown private extension critical", {"DPC-CERT-EXT-02", "DPC-PATH-ANCHOR-01"})
def critical_private() -> bytes:
    return good().adding(PRIVATE, octets(b"private"), boolean(True)).signed()


TWICE = {"DPC-CERT-EXT-04"}


@mutant("a second key usage, for signing certificates", TWICE | {"DPC-CERT-KU-01"})
def key_usage_twice() -> bytes:
    return good().adding(oids.KEY_USAGE, CA_KEY_USAGE, boolean(True)).signed()


@mutant("a second extended key usage, for code signing", TWICE | {"DPC-CERT-EKU-03"})
def purposes_twice() -> bytes:
    return good().adding(oids.EXTENDED_KEY_USAGE, purposes(oids.CODE_SIGNING)).signed()


@mutant("second certificate policies, of PIV Authentication", TWICE | {"DPC-CERT-POL-04", "DPC-PATH-POLICY-01"})
def policies_twice() -> bytes:
    return good().adding(oids.CERTIFICATE_POLICIES, policies(oids.COMMON_AUTHENTICATION)).signed()


@mutant("second basic constraints, of a CA", TWICE | {"DPC-CERT-BC-01"})
def constraints_twice() -> bytes:
    once = good().adding(oids.BASIC_CONSTRAINTS, sequence())
    return once.adding(oids.BASIC_CONSTRAINTS, sequence(boolean(True))).signed()


@mutant("two subject alternative names", {"DPC-CERT-EXT-04"})
def names_twice() -> bytes:
    return good().adding(oids.SUBJECT_ALT_NAME, sequence(names.mail())).signed()
