"""What is concluded from uses of a credential, and what is not."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.checks.finding import CannotTell, Finding
from dpc_conformance.checks.flow import assurance, use
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.use import CredentialUsed, NetworkTried
from dpc_conformance.formats import oids

NOW = datetime(2026, 6, 1, tzinfo=UTC)
NGINX, HTTPD = "nginx", "httpd"


def certificate(name="Grace Goode", key=None, policy=None):
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number(), NOW, NOW)
    if policy:
        information = x509.PolicyInformation(x509.ObjectIdentifier(policy), None)
        builder = builder.add_extension(x509.CertificatePolicies([information]), critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


GRACE, NAMESAKE, OTHER = certificate(), certificate(), certificate("Anders Other")
THREE = certificate(key=rsa.generate_private_key(3, 2048))


def used(held=GRACE, accepted=True, at=NGINX, holder="grace", account="grace", reason=""):
    return CredentialUsed(NOW, at, held, holder, accepted, account if accepted else "", reason)


def facts(*records):
    return ScenarioFacts(NOW, records, (), (), (), "", "", b"", False)


def kind(answer):
    return type(answer)


@pytest.mark.parametrize(
    ("records", "answer"),
    [
        ([used(), used(at=HTTPD)], type(None)),
        ([used(), used(at=HTTPD, accepted=False, reason="path")], Finding),
        ([used(), used(at=HTTPD, accepted=False)], Finding),
        ([used(), used(at=HTTPD, accepted=False, reason="revoked")], CannotTell),
        ([], Finding),
    ],
)
def test_a_credential_is_valid_where_relying_parties_accept_it(records, answer):
    assert kind(use.validated_by_relying_parties(facts(*records))) is answer


def test_a_policy_that_is_not_the_one_demanded_is_not_about_the_path():
    refused = used(accepted=False, reason="policy")
    assert kind(use.validated_by_relying_parties(facts(refused))) is CannotTell
    assert kind(use.meets_the_policies_demanded(facts(refused))) is Finding


@pytest.mark.parametrize(
    ("records", "answer"),
    [
        ([used(), used(NAMESAKE, holder="grace.2", account="grace.2")], type(None)),
        ([used(), used(NAMESAKE, holder="grace.2", account="grace")], Finding),
        ([used(), used(NAMESAKE, holder="grace.2", accepted=False)], type(None)),
        ([used(), used(NAMESAKE, holder="grace.2", account="")], CannotTell),
        ([used(), used(OTHER, holder="anders", account="anders")], CannotTell),
        ([used(accepted=False), used(NAMESAKE, holder="grace.2", accepted=False)], CannotTell),
        ([used(), used()], CannotTell),
    ],
)
def test_namesakes_are_told_apart(records, answer):
    assert kind(use.taken_for_its_holder(facts(*records))) is answer


def unusual(**more):
    numbers = x509.load_der_x509_certificate(THREE).public_key().public_numbers()
    key = rsa.RSAPublicNumbers(65539, numbers.n).public_key()
    signer = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([])
    builder = x509.CertificateBuilder(name, name, key, 1, NOW, NOW)
    return used(builder.sign(signer, hashes.SHA256()).public_bytes(Encoding.DER), **more)


@pytest.mark.parametrize(
    ("records", "answer"),
    [
        ([used(), unusual()], type(None)),
        ([used(), unusual(accepted=False, reason="path")], Finding),
        ([used(accepted=False), unusual(accepted=False)], CannotTell),
        ([used(at=HTTPD), unusual(accepted=False)], CannotTell),
        ([used(), used(THREE)], CannotTell),  # three is not among those that must be processed
        ([used(), used(None, accepted=False)], CannotTell),
    ],
)
def test_unusual_exponents_are_processed_where_usual_ones_are(records, answer):
    assert kind(use.other_exponents_are_processed(facts(*records))) is answer


def test_who_is_refused_first_does_not_say_whom_it_trusts():
    refused = NetworkTried(NOW, "phone", "vpn.dpc.example", "refused")
    assert kind(use.shows_itself_to_its_own_networks_only(facts(refused))) is CannotTell


@pytest.mark.parametrize(
    ("outcomes", "answer"),
    [
        (["joined", "server-not-trusted"], type(None)),
        (["server-not-trusted", "joined"], Finding),
        (["refused"], Finding),
        ([], Finding),
    ],
)
def test_the_last_network_was_the_wrong_one(outcomes, answer):
    tried = [NetworkTried(NOW, "phone", "Agency", outcome, "TLSv1.3") for outcome in outcomes]
    assert kind(use.shows_itself_to_its_own_networks_only(facts(*tried))) is answer


POLICIES = (oids.DERIVED_PIV_AUTH, oids.DERIVED_PIV_AUTH_HARDWARE, oids.COMMON_HIGH)
SOFTWARE, HARDWARE, HIGH = (certificate(policy=policy) for policy in POLICIES)
RIGHT = {
    (SOFTWARE, 2): "",
    (SOFTWARE, 3): "policy",
    (HARDWARE, 2): "",
    (HARDWARE, 3): "",
    (HIGH, 2): "policy",
    (HIGH, 3): "policy",
}
"""Why a certificate is refused where a level is demanded."""


def levels(*changed, accepted=False, reason="policy"):
    """Every certificate at every level; the changed ones have another outcome."""
    return facts(
        *(
            CredentialUsed(NOW, "app", held, "grace", accepted, "", reason, aal)
            if (held, aal) in changed
            else CredentialUsed(NOW, "app", held, "grace", not why, "", why, aal)
            for (held, aal), why in RIGHT.items()
        )
    )


@pytest.mark.parametrize(
    ("records", "answer"),
    [
        (levels(), type(None)),
        (levels((SOFTWARE, 3), accepted=True), Finding),
        (levels((HIGH, 3), accepted=True), Finding),
        (levels((HIGH, 2), accepted=True), Finding),
        (levels((HARDWARE, 2)), Finding),
        (levels((HARDWARE, 3), reason=""), Finding),
        (levels((HARDWARE, 3), reason="status-unavailable"), CannotTell),
        (levels((SOFTWARE, 3), reason=""), CannotTell),
        (levels((SOFTWARE, 3), reason="expired"), CannotTell),
        (facts(used(SOFTWARE)), CannotTell),  # where no level is demanded
    ],
)
def test_each_policy_is_taken_for_its_level(records, answer):
    assert kind(assurance.takes_each_policy_for_its_level(records)) is answer
