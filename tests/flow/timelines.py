"""What timelines for the judge of flows are made of: a holder, certificates, and what the issuer has on record."""

from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.checks.flow.lifecycle import serial
from dpc_conformance.evidence.decisions import AuditRecord, IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.records import MailReceived
from dpc_conformance.formats import oids

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
P256 = ec.SECP256R1()
HOLDER, COLLEAGUE, MAIL = "grace.goode", "anders.other", "grace.goode@agency.example"


@cache
def certificate(
    label, policy=oids.DERIVED_PIV_AUTH, until=AT + 365 * DAY, name="Grace Goode", signs=True, commits=False, curve=P256
):
    """A certificate (DER) of its own for each label, with a UUID; `signs` and `commits` are bits of its key usage."""
    key = ec.generate_private_key(curve)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    number = x509.random_serial_number()
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), number, AT - DAY, until)
    policies = x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(policy), None)])
    names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(f"urn:uuid:{UUID(int=number % 2**128)}")])
    usage = x509.KeyUsage(signs, commits, not signs, *(False,) * 6)
    for extension in (policies, names, usage):
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


CARD = certificate("the card", oids.COMMON_AUTHENTICATION)


def credential(label="phone", issued_at=AT, **changes):
    """A derived credential of the holder in the issuer's records."""
    kept = {
        "account": HOLDER, "device_id": "phone-1", "usage": "authentication", "certificate": certificate(label),
        "issued_at": issued_at, "identity_verified_at": issued_at, "status": "delivered",
        "piv_authentication_certificate": CARD, "key_origin": "device",
    }  # fmt: skip
    return IssuedCredential(**{**kept, **changes})


def number(label="phone"):
    """The serial number of a certificate as audit records have it."""
    return serial(certificate(label))


def entry(action, subject="", at=AT, actor=HOLDER, outcome="accepted", **more):
    """A decision in the issuer's audit record."""
    return AuditRecord(at, actor, action, subject, outcome, **more)


def mail(subject, at=AT, body="", recipient=MAIL):
    """An e-mail, which tells whole seconds."""
    return MailReceived(at.replace(microsecond=0), "issuer@agency.example", recipient, subject, body)


def facts(timeline=(), audit=(), credentials=(), now=AT + 30 * DAY, **changes):
    """What is known at the end of a scenario."""
    known = {
        "published": (), "account": HOLDER, "mail": MAIL, "card_certificate": CARD, "secret_in_mail": False, **changes,
    }  # fmt: skip
    return ScenarioFacts(now, tuple(timeline), tuple(audit), tuple(credentials), **known)
