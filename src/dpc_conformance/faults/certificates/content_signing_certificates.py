"""Good content signing certificates and mutants of them."""

from dataclasses import replace
from datetime import timedelta

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import bits, sequence, utc_time
from dpc_conformance.faults.certificates.material import (
    NOT_AFTER,
    NOT_BEFORE,
    NOW,
    P7C_URI,
    access,
    authority_key,
    good,
    policies,
    purposes,
)
from dpc_conformance.faults.certificates.other_kinds import beside, content_signing, revoked
from dpc_conformance.faults.certificates.signers import ecdsa
from dpc_conformance.faults.mutants import golden, mutant
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import read_certificate

KIND = "content-signing"


@golden("content signing: nine years", beside, profile=KIND)
def plain() -> bytes:
    return content_signing().signed()


@golden("content signing: signed two years after notBefore", beside, profile=KIND, signed_at=NOW + timedelta(days=730))
def signed_in_time() -> bytes:
    return content_signing().signed()


@mutant("content signing: nonRepudiation too", {"DPC-CS-KU-01"}, beside, profile=KIND)
def non_repudiation() -> bytes:
    return content_signing().with_value(oids.KEY_USAGE, bits(b"\xc0", 6)).signed()


@mutant("content signing: purpose not critical", {"DPC-CS-EKU-01"}, beside, profile=KIND)
def purpose_not_critical() -> bytes:
    return content_signing().with_criticality(oids.EXTENDED_KEY_USAGE, b"").signed()


@mutant("content signing: e-mail protection too", {"DPC-CS-EKU-01"}, beside, profile=KIND)
def mail_too() -> bytes:
    value = purposes(oids.PIV_CONTENT_SIGNING, oids.EMAIL_PROTECTION)
    return content_signing().with_value(oids.EXTENDED_KEY_USAGE, value).signed()


@mutant(
    "content signing: that of PIV-I",
    {"DPC-CS-EKU-01", "DPC-CS-EKU-02", "DPC-CS-POL-01", "DPC-CS-PATH-01"},
    beside,
    profile=KIND,
)
def pivi() -> bytes:
    template = content_signing().with_value(oids.CERTIFICATE_POLICIES, policies(oids.PIVI_CONTENT_SIGNING))
    return template.with_value(oids.EXTENDED_KEY_USAGE, purposes(oids.PIVI_CONTENT_SIGNING_PURPOSE)).signed()


@mutant("content signing: a device policy too", {"DPC-CS-POL-01"}, beside, profile=KIND)
def device_policy_too() -> bytes:
    value = policies(oids.COMMON_PIV_CONTENT_SIGNING, oids.COMMON_DEVICES)
    return content_signing().with_value(oids.CERTIFICATE_POLICIES, value).signed()


@mutant("content signing: .40 taken for its policy", {"DPC-CS-POL-01", "DPC-CS-PATH-01"}, beside, profile=KIND)
def derived_policy() -> bytes:
    return content_signing().with_value(oids.CERTIFICATE_POLICIES, policies(oids.DERIVED_PIV_AUTH)).signed()


@mutant("content signing: subject is a person", {"DPC-CS-SUBJ-01"}, beside, profile=KIND)
def a_person() -> bytes:
    return replace(content_signing(), subject=names.person("John Doe")).signed()


@mutant("content signing: subject without an organisation", {"DPC-CS-SUBJ-01"}, beside, profile=KIND)
def no_organisation() -> bytes:
    return replace(content_signing(), subject=names.name(names.common_name("PIV Signer 7"))).signed()


@mutant(
    "content signing: signed four years after notBefore",
    {"DPC-CS-VALID-01"},
    beside,
    profile=KIND,
    signed_at=NOW + timedelta(days=4 * 365),
)
def signed_late() -> bytes:
    return content_signing().signed()


@mutant("content signing: ten years", {"DPC-CS-VALID-01", "DPC-CERT-VALID-05"}, beside, profile=KIND)
def ten_years() -> bytes:
    return replace(content_signing(), not_after=utc_time(NOT_BEFORE + timedelta(days=3653))).signed()


@mutant("content signing: expires before the certificates on the token", {"DPC-CS-VALID-02"}, beside, profile=KIND)
def expires_first() -> bytes:
    return replace(content_signing(), not_after=utc_time(NOT_AFTER - timedelta(days=180))).signed()


@mutant(
    "content signing: self-signed",
    {"DPC-CS-PATH-01", "DPC-CERT-SIG-01", "DPC-CERT-ISSUER-01", "DPC-CERT-AKI-01"},
    beside,
    profile=KIND,
)
def self_signed() -> bytes:
    signer = ecdsa("content")
    template = replace(content_signing(), signer=signer, issuer=content_signing().subject)
    return template.with_value(oids.AUTHORITY_KEY_IDENTIFIER, authority_key(signer.key_identifier)).signed()


@mutant(
    "content signing: revoked",
    {"DPC-CS-PATH-01"},
    lambda: revoked(read_certificate(content_signing().signed()).serial),
    profile=KIND,
)
def on_the_crl() -> bytes:
    return content_signing().signed()


@mutant("content signing: no OCSP service", {"DPC-CERT-AIA-02"}, beside, profile=KIND)
def no_ocsp() -> bytes:
    value = access((oids.CA_ISSUERS, names.uri(P7C_URI)))
    return content_signing().with_value(oids.AUTHORITY_INFORMATION_ACCESS, value).signed()


@mutant("content signing: alternative names, which have no row", {"DPC-CS-COMMON-01"}, beside, profile=KIND)
def with_names() -> bytes:
    return content_signing().adding(oids.SUBJECT_ALT_NAME, sequence(names.mail())).signed()


@mutant("content signing: basic constraints, which have no row", {"DPC-CS-COMMON-01"}, beside, profile=KIND)
def with_constraints() -> bytes:
    return content_signing().adding(oids.BASIC_CONSTRAINTS, sequence()).signed()


@mutant(
    "content signing: an authentication certificate in its place",
    {"DPC-CS-EKU-01", "DPC-CS-POL-01", "DPC-CS-SUBJ-01", "DPC-CS-VALID-02", "DPC-CS-PATH-01", "DPC-CS-COMMON-01"},
    beside,
    profile=KIND,
)
def authentication() -> bytes:
    return good().signed()
