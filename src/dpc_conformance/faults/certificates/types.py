"""Mutants of the types: tags and characters that the ASN.1 of RFC 5280 does not have in that place."""

from dataclasses import replace

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import context, implicit, oid, printable, sequence, tlv, utf8
from dpc_conformance.faults.certificates.material import CRL_URI, OCSP_URI, P7C_URI, good
from dpc_conformance.faults.mutants import mutant
from dpc_conformance.formats import oids

DER = "DPC-CERT-DER-01"
RESEARCH = "Research & Development"


@mutant("access description that is no SEQUENCE", {DER, "DPC-CERT-AIA-01", "DPC-CERT-AIA-02"})
def access_under_another_tag() -> bytes:
    issuers = context(2, oid(oids.CA_ISSUERS), names.uri(P7C_URI))
    value = sequence(issuers, sequence(oid(oids.OCSP), names.uri(OCSP_URI)))
    return good().with_value(oids.AUTHORITY_INFORMATION_ACCESS, value).signed()


@mutant("distribution point's name under a private tag", {DER, "DPC-CERT-CRLDP-01"})
def point_under_a_private_tag() -> bytes:
    point = sequence(tlv(0xE0, context(0, names.uri(CRL_URI))))
    return good().with_value(oids.CRL_DISTRIBUTION_POINTS, sequence(point)).signed()


@mutant("policy whose qualifiers are no SEQUENCE", {DER, "DPC-CERT-POL-01"})
def qualifiers_under_another_tag() -> bytes:
    qualifier = sequence(oid(oids.CPS_QUALIFIER), tlv(0x16, b"http://repo.dpc.example/cps"))
    value = sequence(sequence(oid(oids.DERIVED_PIV_AUTH), context(0, qualifier)))
    return good().with_value(oids.CERTIFICATE_POLICIES, value).signed()


@mutant("key identifier of the authority under an application tag", {DER, "DPC-CERT-AKI-01"})
def identifier_under_an_application_tag() -> bytes:
    value = sequence(tlv(0x40, good().signer.key_identifier))
    return good().with_value(oids.AUTHORITY_KEY_IDENTIFIER, value).signed()


@mutant("alternative name of a kind that is constructed, and is not", {DER, "DPC-CERT-SAN-01"})
def primitive_party_name() -> bytes:
    value = sequence(names.urn(names.UUID), implicit(5, b"alex"))
    return good().with_value(oids.SUBJECT_ALT_NAME, value).signed()


@mutant("e-mail address with an octet that is no character", {DER, "DPC-CERT-SAN-01"})
def address_beyond_ascii() -> bytes:
    value = sequence(names.urn(names.UUID), implicit(1, b"al\xa0x@dpc.example"))
    return good().with_value(oids.SUBJECT_ALT_NAME, value).signed()


@mutant("ampersand in a PrintableString", {DER}, agency=RESEARCH)
def ampersand() -> bytes:
    unit = names.attribute(oids.ORGANIZATIONAL_UNIT, printable(RESEARCH))
    subject = names.name(names.COUNTRY, names.GOVERNMENT, unit, names.common_name(names.PERSON))
    return replace(good(), subject=subject).signed()


@mutant("organization without a value", {DER, "DPC-CERT-SUBJ-01"})
def empty_organization() -> bytes:
    nobody = names.attribute(oids.ORGANIZATION, printable(""))
    subject = names.name(names.COUNTRY, nobody, names.DEPARTMENT, names.common_name(names.PERSON))
    return replace(good(), subject=subject).signed()


@mutant("subject directory attribute without a value", {DER})
def empty_attribute() -> bytes:
    value = sequence(sequence(oid(oids.COUNTRY_OF_CITIZENSHIP), tlv(0x31)))
    return good().adding(oids.SUBJECT_DIRECTORY_ATTRIBUTES, value).signed()


@mutant("common name in UTF-8 that is none", {DER, "DPC-CERT-SUBJ-01", "DPC-CERT-SUBJ-02", "DPC-CERT-SUBJ-06"})
def broken_utf8() -> bytes:
    broken = names.attribute(oids.COMMON_NAME, tlv(0x0C, utf8("Alex Exampl")[2:], b"\xe9"))
    return replace(good(), subject=names.name(names.COUNTRY, names.GOVERNMENT, names.DEPARTMENT, broken)).signed()
