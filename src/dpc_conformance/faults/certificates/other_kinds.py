"""Good certificates of the other kinds, in pieces: signature, key management, content signing, responder, card."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import bits, integer, null, printable, sequence
from dpc_conformance.faults.certificates.material import (
    CA_NAME,
    NOT_AFTER,
    NOT_BEFORE,
    ROOT,
    ROOT_NAME,
    crl,
    good,
    purposes,
    with_key,
)
from dpc_conformance.faults.certificates.signers import ec_key, ecdsa, rsa_key, spki
from dpc_conformance.faults.certificates.template import Template
from dpc_conformance.formats import oids

NON_REPUDIATION = bits(b"\xc0", 6)
KEY_ENCIPHERMENT = bits(b"\x20", 5)
KEY_AGREEMENT = bits(b"\x08", 3)
CARD_EXPIRY = NOT_AFTER


def _kind(serial: int, label: str, policy: str, purpose: str, usage: bytes) -> Template:
    template = with_key(good(policy=policy), spki(ec_key(label)))
    held = {oids.KEY_USAGE: usage, oids.EXTENDED_KEY_USAGE: purposes(purpose)}
    extensions = tuple(replace(one, value=held.get(one.oid, one.value)) for one in template.extensions)
    return replace(template, serial=integer(serial), extensions=extensions)


def signature() -> Template:
    """A derived signature certificate of a software key."""
    template = _kind(0x1B2C3D4E5F60718293A4B5C6, "sig", oids.COMMON_POLICY, oids.EMAIL_PROTECTION, NON_REPUDIATION)
    return template.with_value(oids.SUBJECT_ALT_NAME, sequence(names.mail()))


def key_management() -> Template:
    """A key management certificate of an EC key in software."""
    template = _kind(0x2C3D4E5F60718293A4B5C6D7, "km", oids.COMMON_POLICY, oids.EMAIL_PROTECTION, KEY_AGREEMENT)
    return template.with_value(oids.SUBJECT_ALT_NAME, sequence(names.mail()))


def rsa_key_management() -> Template:
    """A key management certificate of an RSA key in software."""
    return with_key(key_management(), spki(rsa_key())).with_value(oids.KEY_USAGE, KEY_ENCIPHERMENT)


def content_signing() -> Template:
    """A content signing certificate for nine years."""
    template = _kind(
        0x3D4E5F60718293A4B5C6D7E8,
        "content",
        oids.COMMON_PIV_CONTENT_SIGNING,
        oids.PIV_CONTENT_SIGNING,
        bits(b"\x80", 7),
    )
    template = template.with_criticality(oids.EXTENDED_KEY_USAGE).without(oids.SUBJECT_ALT_NAME)
    template = template.lasting(NOT_BEFORE, NOT_BEFORE + timedelta(days=9 * 365))
    subject = names.name(names.COUNTRY, names.GOVERNMENT, names.DEPARTMENT, names.common_name("Mutants PIV Signer"))
    return replace(template, subject=subject)


def responder() -> Template:
    """The certificate of a delegated OCSP responder for 120 days."""
    template = _kind(
        0x4E5F60718293A4B5C6D7E8F9, "responder", oids.DERIVED_PIV_AUTH, oids.OCSP_SIGNING, bits(b"\x80", 7)
    )
    template = template.with_criticality(oids.EXTENDED_KEY_USAGE).without(oids.SUBJECT_ALT_NAME)
    for kind in (oids.CRL_DISTRIBUTION_POINTS, oids.AUTHORITY_INFORMATION_ACCESS):
        template = template.without(kind)
    template = template.adding(oids.OCSP_NOCHECK, null()).adding(oids.BASIC_CONSTRAINTS, sequence())
    template = template.lasting(NOT_BEFORE, NOT_BEFORE + timedelta(days=120))
    return replace(template, subject=names.authority("Mutants OCSP Responder"))


def piv_authentication() -> Template:
    """The PIV Authentication certificate of the card."""
    template = _kind(0x5F60718293A4B5C6D7E8F90A, "card", oids.COMMON_AUTHENTICATION, oids.CLIENT_AUTH, bits(b"\x80", 7))
    template = template.with_value(oids.EXTENDED_KEY_USAGE, purposes(oids.CLIENT_AUTH, oids.SMARTCARD_LOGON))
    return template.with_value(oids.SUBJECT_ALT_NAME, sequence(names.fasc_n(), names.urn(names.CARD_UUID)))


def card_authentication() -> Template:
    """The Card Authentication certificate of the card."""
    template = _kind(0x60718293A4B5C6D7E8F90A1B, "card-9e", oids.COMMON_CARD_AUTH, oids.PIV_CARD_AUTH, bits(b"\x80", 7))
    template = template.with_criticality(oids.EXTENDED_KEY_USAGE)
    template = template.with_value(oids.SUBJECT_ALT_NAME, sequence(names.fasc_n(), names.urn(names.CARD_UUID)))
    serial = names.attribute(oids.SERIAL_NUMBER, printable(names.CARD_UUID))
    return replace(template, subject=names.name(names.COUNTRY, names.GOVERNMENT, names.DEPARTMENT, serial))


def card_signature() -> bytes:
    """The signature certificate of the card (container 5FC10A)."""
    template = with_key(signature(), spki(ec_key("card-9c")))
    return replace(template, serial=integer(0x7182930A4B5C6D7E8F901A2B)).signed()


def card_key_management() -> bytes:
    """The key management certificate of the card (container 5FC10B)."""
    template = with_key(key_management(), spki(ec_key("card-9d")))
    return replace(template, serial=integer(0x082930A4B5C6D7E8F901A2B3)).signed()


def beside(**changes: Any) -> dict[str, Any]:
    """The card's certificates and expiry beside a certificate of one of these kinds."""
    held = {
        "card_certificates": (card_signature(), card_key_management()),
        "card_expiry": CARD_EXPIRY,
        "covered_certificates": (good().signed(),),
    }
    return {**held, **changes}


def revoked(serial: int) -> dict[str, Any]:
    """The same where the CA's CRL lists that serial."""
    return beside(crls=(crl(ROOT, ROOT_NAME), crl(ecdsa("ca"), CA_NAME, serial)))
