"""The relying party lets in whom its judge names and writes down every decision."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from werkzeug.test import Client

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.audit_log import MemoryAuditLog
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.relying_party.application import ReferenceRelyingParty
from dpc_conformance.reference.relying_party.parts import RelyingPartyParts
from dpc_conformance.reference.relying_party.sign_in import DerivedCredentialSignIn
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.reasons import Reason

START = datetime(2020, 6, 1, tzinfo=UTC)
ALEX = Person("acct-alex", "Alex <b>", "Archer", "alex@agency.example", "alex.archer@agency.example")
UPN = x509.ObjectIdentifier("1.3.6.1.4.1.311.20.2.3")


def certificate(upn="alex@agency.example", value=None):
    """A certificate (DER) with a user principal name, or with that `value` (DER) in its place."""
    key = ec.generate_private_key(ec.SECP256R1())
    value = value if value is not None else b"\x0c" + bytes([len(upn)]) + upn.encode()
    name = x509.SubjectAlternativeName([x509.OtherName(UPN, value)])
    builder = x509.CertificateBuilder(
        x509.Name([]), x509.Name([]), key.public_key(), 1, START, START + timedelta(days=1)
    )
    return builder.add_extension(name, critical=False).sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


class Judge:
    """Says what it was told to say."""

    def __init__(self, refusal=None):
        self.refusal = refusal

    def judge(self, *_):
        return self.refusal


@pytest.fixture
def application():
    def make(judge=None):
        sign_in = DerivedCredentialSignIn(judge or Judge(), lambda: [ALEX])
        return ReferenceRelyingParty(RelyingPartyParts(sign_in, MemoryAuditLog(RunClock(START))))

    return make


def visit(application, chain):
    return Client(application.app).get("/", environ_overrides={"dpc.client_chain": chain})


def test_a_known_person_is_welcome(application):
    site = application()
    answer = visit(site, [certificate("Alex@Agency.example")])
    assert answer.status_code == 200
    assert "Welcome, Alex &lt;b&gt; Archer." in answer.text
    (record,) = site.audit()
    assert (record.at, record.actor, record.action, record.outcome) == (START, "acct-alex", "sign-in", "accepted")


@pytest.mark.parametrize("reason", [Reason.REVOKED, Reason.PATH, Reason.POLICY, Reason.STATUS_UNAVAILABLE])
def test_the_reason_of_a_refusal_is_in_the_audit(application, reason):
    site = application(Judge(Refusal(reason, "because")))
    assert visit(site, [certificate()]).status_code == 403
    (record,) = site.audit()
    assert (record.outcome, record.reason, record.detail) == ("refused", reason.value, "because")


@pytest.mark.parametrize(
    ("chain", "reason"),
    [
        ([], Reason.NO_CERTIFICATE),
        ([b"junk"], Reason.PATH),
        ([certificate(value=b"\x04\x01a")], Reason.PATH),
        ([certificate("nobody@agency.example")], Reason.UNKNOWN_ACCOUNT),
    ],
)
def test_who_cannot_be_named_is_not_let_in(application, chain, reason):
    site = application()
    assert visit(site, chain).status_code == 403
    assert site.audit()[-1].reason == reason.value


def test_a_failed_handshake_is_on_record(application):
    site = application()
    site.refused_at_tls("bad signature")
    (record,) = site.audit()
    assert (record.reason, record.detail) == ("challenge-response", "bad signature")


def test_its_address_is_on_the_port_that_asks_for_a_certificate(application):
    assert application().address == "https://app.dpc.example:8443/"
