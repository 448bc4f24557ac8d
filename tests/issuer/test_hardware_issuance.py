"""Hardware credentials at the issuer: which keys get one, in which device, and what follows for re-key and reset."""

from datetime import timedelta

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.formats import oids
from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.protocols.est import EstClient
from dpc_conformance.protocols.key_attestation import KeyStatement
from dpc_conformance.protocols.module_orders import OrderClient, read_order
from dpc_conformance.reference.issuer.pki_auth import Authenticated
from dpc_conformance.reference.issuer.registration_rules import Report
from dpc_conformance.reference.phone.requests import certificate_request
from dpc_conformance.reference.phone.secure_element import new_element
from dpc_conformance.reference.pki.device_maker import DeviceMaker
from dpc_conformance.roles.reasons import Reason

HARDWARE, RESET = "Activate with a hardware credential", "Reset the activation secret of my phone"
SEEN = Report("in-person", "", "match", "m", "card 5FC103", sample=b"sample")


@pytest.fixture
def maker(stage):
    made = DeviceMaker(stage.clock.now(), SeededEntropy("maker"))
    stage.parts.device_roots = (made.root,)
    return made


@pytest.fixture
def element(stage, maker):
    return new_element(maker, stage.pki.tls_roots, SeededEntropy("phone"))


@pytest.fixture
def operator(stage):
    certificate = stage.enrol_person(stage.BLAKE)
    stage.parts.hardware.operators.appoint(stage.BLAKE.account)
    return Authenticated(stage.parts.accounts.get(stage.BLAKE.account), certificate, stage.clock.now())


@pytest.fixture
def code(stage, card, operator):
    """A way to QR codes for hardware credentials: each time the applicant visits the desk."""

    def visit():
        browser = stage.browser()
        browser.sign_in(card)
        registrations = stage.parts.hardware.registrations
        registrations.decide(operator, registrations.visits()[-1]["id"], SEEN)
        return stage.read_qr(browser.request_id(HARDWARE).text)

    return visit


def redeem(stage, phone, payload, element, issued_to=None):
    issued_to = stage.ALEX.account if issued_to is None else issued_to
    statement = stage.statement(phone, module=element.serial, issued_to=issued_to)
    return stage.redeem(payload, phone, statement)


def issued(stage, phone, payload, element):
    session = redeem(stage, phone, payload, element)
    made = element.make_key(session.order)
    certificate = stage.est(session.token).simpleenroll(certificate_request(made.key, made.attestation))
    stage.acknowledge(session.token, certificate)
    return certificate


def over_tls(stage, certificate):
    def app(environ, start_response):
        environ["dpc.client_certificate"] = certificate.public_bytes(Encoding.DER)
        return stage.issuer.sign_in_app(environ, start_response)

    return httpx.Client(transport=httpx.WSGITransport(app))


def policies(certificate):
    found = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    return [each.policy_identifier.dotted_string for each in found]


def test_an_attested_key_is_certified_under_the_hardware_policy_and_on_record(stage, phone, code, element):
    certificate = issued(stage, phone, code(), element)
    assert policies(certificate) == [oids.DERIVED_PIV_AUTH_HARDWARE]
    (attestation,) = stage.issuer.hardware.attestations_of(stage.ALEX)
    assert (attestation.module, len(attestation.chain)) == (element.serial, 3)
    (visit,) = stage.issuer.hardware.registrations_of(stage.ALEX)
    assert visit.serials == (f"{certificate.serial_number:x}",)


def test_the_phone_is_told_where_the_key_is_made_and_gets_no_unblocking_key(stage, phone, code, element):
    session = redeem(stage, phone, code(), element)
    assert [(each.usage, each.key) for each in session.credentials] == [("authentication", "hardware")]
    assert (session.unblocking_key, read_order(session.order).module) == ("", element.serial)


def test_the_same_request_again_gets_the_same_certificate(stage, phone, code, element):
    session = redeem(stage, phone, code(), element)
    made = element.make_key(session.order)
    request = certificate_request(made.key, made.attestation)
    assert stage.est(session.token).simpleenroll(request) == stage.est(session.token).simpleenroll(request)


@pytest.mark.parametrize(("module", "issued_to"), [("SE-1", "acct-blake"), ("SE-1", ""), ("", "acct-alex")])
def test_a_device_that_was_not_issued_to_the_applicant_is_refused(stage, phone, code, module, issued_to):
    payload = code()
    with pytest.raises(EnrolmentRefused) as caught:
        stage.redeem(payload, phone, stage.statement(phone, module=module, issued_to=issued_to))
    assert caught.value.reason == Reason.DEVICE_NOT_ISSUED


DEVIATIONS = (
    "no attestation",
    "only the root",
    "another device",
    "a maker of the same name",
    "a stranger's module under the maker's root",
    "another key",
    "another order",
    "an imported key",
    "certificates that have expired",
)


def deviating(deviation, maker, serial, key, challenge):
    """The chain with that deviation."""
    ours, stranger = maker.attestation_key(serial), maker.namesake(SeededEntropy("stranger")).attestation_key(serial)
    old = DeviceMaker(maker._start - timedelta(days=25 * 365), SeededEntropy("maker")).attestation_key(serial)
    another = ec.generate_private_key(ec.SECP256R1()).public_key()
    chains = (
        (),
        (maker.root,),
        maker.attestation_key("SE-2").attest(key, challenge),
        stranger.attest(key, challenge),
        (*stranger.attest(key, challenge)[:2], maker.root),
        ours.attest(another, challenge),
        ours.attest(key, b"of yesterday"),
        ours.attest(key, challenge, "imported"),
        old.attest(key, challenge),
    )
    return chains[DEVIATIONS.index(deviation)]


@pytest.mark.parametrize("deviation", DEVIATIONS)
def test_a_key_for_which_the_right_module_does_not_vouch_is_refused(stage, phone, code, element, maker, deviation):
    session = redeem(stage, phone, code(), element)
    key = stage.new_key()
    chain = deviating(deviation, maker, element.serial, key.public_key(), read_order(session.order).challenge)
    with pytest.raises(EnrolmentRefused) as caught:
        stage.est(session.token).simpleenroll(certificate_request(key, chain))
    assert caught.value.reason == Reason.KEY_ATTESTATION
    assert stage.issuer.credentials_of(stage.ALEX) == ()


def test_an_order_is_good_as_long_as_its_token(stage, phone, code, element):
    session = redeem(stage, phone, code(), element)
    made = element.make_key(session.order)
    stage.clock.advance(timedelta(minutes=11))
    with pytest.raises(EnrolmentRefused) as caught:
        stage.est(session.token).simpleenroll(certificate_request(made.key, made.attestation))
    assert caught.value.reason == Reason.TOKEN


def test_the_issuer_makes_no_key_for_a_hardware_credential(stage, phone, code, element):
    session = redeem(stage, phone, code(), element)
    with pytest.raises(EnrolmentRefused) as caught:
        stage.est(session.token).serverkeygen(certificate_request(stage.new_key()), "authentication")
    assert caught.value.reason == Reason.KEY_ORIGIN


def test_a_rekey_in_place_belongs_to_the_same_application(stage, phone, code, element):
    first = issued(stage, phone, code(), element)
    http = over_tls(stage, first)
    made = element.make_key(OrderClient(http, stage.issuer.enrolment_address).order(element.serial))
    est = EstClient(http, "https://issuer.dpc.example:8443")
    second = est.simplereenroll(certificate_request(made.key, made.attestation))
    assert policies(second) == [oids.DERIVED_PIV_AUTH_HARDWARE]
    (visit,) = stage.issuer.hardware.registrations_of(stage.ALEX)
    assert visit.serials == tuple(f"{each.serial_number:x}" for each in (first, second))


def test_a_rekey_without_an_order_or_into_another_module_is_refused(stage, phone, code, element):
    http = over_tls(stage, issued(stage, phone, code(), element))
    with pytest.raises(EnrolmentRefused) as caught:
        EstClient(http, "https://issuer.dpc.example:8443").simplereenroll(certificate_request(stage.new_key()))
    assert caught.value.reason == Reason.KEY_ATTESTATION
    with pytest.raises(EnrolmentRefused) as caught:
        OrderClient(http, stage.issuer.enrolment_address).order("SE-of-another-phone")
    assert caught.value.reason == Reason.ANOTHER_MODULE


def test_a_software_credential_commands_no_module(stage, card, phone):
    http = over_tls(stage, stage.enrolled(card, phone))
    with pytest.raises(EnrolmentRefused) as caught:
        OrderClient(http, stage.issuer.enrolment_address).order("SE-1")
    assert caught.value.reason == Reason.ASSURANCE


def test_a_hardware_credential_has_no_reset_code(stage, phone, card, code, element):
    issued(stage, phone, code(), element)
    browser = stage.browser()
    browser.sign_in(card)
    payload = stage.read_qr(browser.http.post("/reset", data={"choice": RESET}).text)
    with pytest.raises(EnrolmentRefused) as caught:
        stage.redeem(payload, phone)
    assert caught.value.reason == Reason.RESET_NOT_POSSIBLE


def test_a_statement_about_a_key_is_read_as_it_was_written(maker):
    chain = maker.attestation_key("SE-1").attest(ec.generate_private_key(ec.SECP256R1()).public_key(), b"challenge")
    assert KeyStatement.of(chain[0]) == KeyStatement("generated", b"challenge")
    with pytest.raises(ValueError, match="no statement"):
        KeyStatement.of(chain[1])


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "e30.e30.e30"])
def test_what_is_no_order_is_a_value_error(text):
    with pytest.raises(ValueError, match="the order does not verify"):
        read_order(text)
