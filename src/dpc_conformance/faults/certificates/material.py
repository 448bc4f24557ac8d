"""A small PKI of its own for mutants: root, CAs, CRLs, the card, a sister certificate, and the golden template."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import (
    bits,
    boolean,
    context,
    implicit,
    integer,
    octets,
    oid,
    sequence,
    utc_time,
)
from dpc_conformance.faults.certificates.signers import Signer, ec_key, ecdsa, key_identifier, spki
from dpc_conformance.faults.certificates.template import ExtensionParts, Template
from dpc_conformance.formats import oids

NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
NOT_BEFORE = datetime(2026, 11, 23, 0, 0, 0, tzinfo=UTC)
NOT_AFTER = NOT_BEFORE + timedelta(days=1096)
CA_FROM = datetime(2026, 1, 1, tzinfo=UTC)
CA_UNTIL = datetime(2035, 12, 31, tzinfo=UTC)
ROOT_NAME = names.authority("Mutants Root CA")
CA_NAME = names.authority("Mutants Derived CA")
CARD_CA_NAME = names.authority("Mutants Card CA")
DIGITAL_SIGNATURE = bits(b"\x80", 7)
CA_KEY_USAGE = bits(b"\x06", 1)
CRL_URI = "http://crl.dpc.example/mutants.crl"
P7C_URI = "http://repo.dpc.example/mutants.p7c"
OCSP_URI = "http://ocsp.dpc.example/mutants"
ROOT = ecdsa("root")
CA = ecdsa("ca")
CA_SERIAL = 0x10002
SERIAL = 0x5A3F9C1E77B0D2468ACE0F1E2D3C4B5A


def purposes(*kinds: str) -> bytes:
    """The value of extKeyUsage."""
    return sequence(*(oid(kind) for kind in kinds))


def policies(*kinds: str) -> bytes:
    """The value of certificatePolicies without qualifiers."""
    return sequence(*(sequence(oid(kind)) for kind in kinds))


def distribution_point(*general_names: bytes, more: bytes = b"") -> bytes:
    """A DistributionPoint with a fullName; `more` are its other fields."""
    return sequence(context(0, context(0, *general_names)), more)


def access(*descriptions: tuple[str, bytes]) -> bytes:
    """The value of authorityInfoAccess."""
    return sequence(*(sequence(oid(method), location) for method, location in descriptions))


def authority_key(identifier: bytes) -> bytes:
    """The value of authorityKeyIdentifier with a keyIdentifier only."""
    return sequence(implicit(0, identifier))


AIA = access((oids.CA_ISSUERS, names.uri(P7C_URI)), (oids.OCSP, names.uri(OCSP_URI)))


def ca_extensions(signer: Signer, asserted: tuple[str, ...]) -> tuple[ExtensionParts, ...]:
    """The extensions of a CA certificate signed by the root."""
    critical = boolean(True)
    return (
        ExtensionParts(oids.BASIC_CONSTRAINTS, sequence(boolean(True), integer(0)), critical),
        ExtensionParts(oids.KEY_USAGE, CA_KEY_USAGE, critical),
        ExtensionParts(oids.SUBJECT_KEY_IDENTIFIER, octets(signer.key_identifier)),
        ExtensionParts(oids.AUTHORITY_KEY_IDENTIFIER, authority_key(ROOT.key_identifier)),
        ExtensionParts(oids.CERTIFICATE_POLICIES, policies(*asserted)),
        ExtensionParts(oids.CRL_DISTRIBUTION_POINTS, sequence(distribution_point(names.uri(CRL_URI)))),
    )


ASSERTED = (
    oids.DERIVED_PIV_AUTH,
    oids.DERIVED_PIV_AUTH_HARDWARE,
    oids.TEST_DERIVED_PIV_AUTH,
    oids.TEST_DERIVED_PIV_AUTH_HARDWARE,
    oids.COMMON_POLICY,
    oids.COMMON_HARDWARE,
    oids.COMMON_HIGH,
    oids.COMMON_AUTHENTICATION,
    oids.COMMON_CARD_AUTH,
    oids.COMMON_PIV_CONTENT_SIGNING,
    oids.TEST_POLICY,
)


def ca_template(signer: Signer = CA, asserted: tuple[str, ...] = ASSERTED) -> Template:
    """The certificate of the issuing CA, in pieces."""
    return Template(
        serial=integer(CA_SERIAL),
        signer=ROOT,
        issuer=ROOT_NAME,
        not_before=utc_time(CA_FROM),
        not_after=utc_time(CA_UNTIL),
        subject=CA_NAME,
        public_key=signer.public_key,
        extensions=ca_extensions(signer, asserted),
    )


def root_template(signer: Signer = ROOT) -> Template:
    """The self-signed certificate of a root, in pieces."""
    template = replace(
        ca_template(), serial=integer(0x10001), signer=signer, subject=ROOT_NAME, public_key=signer.public_key
    )
    return replace(
        template,
        extensions=(
            ExtensionParts(oids.BASIC_CONSTRAINTS, sequence(boolean(True)), boolean(True)),
            ExtensionParts(oids.KEY_USAGE, CA_KEY_USAGE, boolean(True)),
            ExtensionParts(oids.SUBJECT_KEY_IDENTIFIER, octets(signer.key_identifier)),
        ),
    )


def good(signer: Signer = CA, policy: str = oids.DERIVED_PIV_AUTH) -> Template:
    """A good Derived PIV Authentication certificate of a P-256 key, in pieces."""
    public_key = spki(ec_key("phone"))
    return Template(
        serial=integer(SERIAL),
        signer=signer,
        issuer=CA_NAME,
        not_before=utc_time(NOT_BEFORE),
        not_after=utc_time(NOT_AFTER),
        subject=names.person(),
        public_key=public_key,
        extensions=(
            ExtensionParts(oids.KEY_USAGE, DIGITAL_SIGNATURE, boolean(True)),
            ExtensionParts(oids.EXTENDED_KEY_USAGE, purposes(oids.CLIENT_AUTH)),
            ExtensionParts(oids.CERTIFICATE_POLICIES, policies(policy)),
            ExtensionParts(oids.SUBJECT_ALT_NAME, sequence(names.urn(names.UUID))),
            ExtensionParts(oids.SUBJECT_KEY_IDENTIFIER, octets(key_identifier(public_key))),
            ExtensionParts(oids.AUTHORITY_KEY_IDENTIFIER, authority_key(signer.key_identifier)),
            ExtensionParts(oids.CRL_DISTRIBUTION_POINTS, sequence(distribution_point(names.uri(CRL_URI)))),
            ExtensionParts(oids.AUTHORITY_INFORMATION_ACCESS, AIA),
        ),
    )


def with_key(template: Template, public_key: bytes) -> Template:
    """The same with another subject key and its key identifier."""
    changed = replace(template, public_key=public_key)
    if public_key == template.public_key:
        return changed
    return changed.with_value(oids.SUBJECT_KEY_IDENTIFIER, octets(key_identifier(public_key)))


def crl(signer: Signer, issuer: bytes, *serials: int, made: datetime = NOW) -> bytes:
    """A CRL made six hours before `made` that ends 36 hours later."""
    begin = made - timedelta(hours=6)
    entries = sequence(*(sequence(integer(serial), utc_time(begin)) for serial in serials)) if serials else b""
    extensions = (
        ExtensionParts(oids.AUTHORITY_KEY_IDENTIFIER, authority_key(signer.key_identifier)),
        ExtensionParts(oids.CRL_NUMBER, integer(7)),
    )
    tbs = sequence(
        integer(1),
        signer.algorithm,
        issuer,
        utc_time(begin),
        utc_time(begin + timedelta(hours=36)),
        entries,
        context(0, sequence(*(one.encoded() for one in extensions))),
    )
    return sequence(tbs, signer.algorithm, bits(signer.sign(tbs)))


def card_template() -> Template:
    """The PIV Authentication certificate of the card, in pieces: what a derived certificate must not share."""
    template = with_key(good(), spki(ec_key("card")))
    template = template.with_value(oids.SUBJECT_ALT_NAME, sequence(names.fasc_n(), names.urn(names.CARD_UUID)))
    template = template.with_value(oids.CERTIFICATE_POLICIES, policies(oids.COMMON_AUTHENTICATION))
    return replace(template, serial=integer(0x1111222233334444), issuer=CARD_CA_NAME)


@cache
def card() -> bytes:
    """That certificate."""
    return card_template().signed()


def sister_template() -> Template:
    """Another derived certificate of the same holder, in pieces."""
    template = with_key(good(), spki(ec_key("tablet")))
    template = template.with_value(oids.SUBJECT_ALT_NAME, sequence(names.urn(names.SISTER_UUID)))
    return replace(template, serial=integer(0x2F1E0D9C8B7A69584736251403F2E1D0))


@cache
def evidence(signer: Signer = CA) -> dict[str, Any]:
    """What the judge is told besides the certificate, by the names it gives to these things."""
    return {
        "moment": NOW,
        "issuer": ca_template(signer).signed(),
        "card_certificate": card(),
        "other_certificates": (sister_template().signed(),),
        "person": names.PERSON,
        "agency": "Department of Examples",
        "affiliate": False,
        "key_in_hardware": False,
        "trust_anchors": (root_template().signed(),),
        "crls": (crl(ROOT, ROOT_NAME), crl(signer, CA_NAME)),
    }


def issued_by(signer: Signer) -> dict[str, Any]:
    """The part of the evidence that changes with the issuing CA's key."""
    whole = evidence(signer)
    return {"issuer": whole["issuer"], "crls": whole["crls"]}


P384_CA = ecdsa("ca-384", ec.SECP384R1, sha384=True)
