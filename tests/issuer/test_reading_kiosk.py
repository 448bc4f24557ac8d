"""A kiosk that reads the card: what is asked for, what is refused, and that nothing is shown before."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from cryptography import x509

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.formats import containers
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.deviating_data import ALTERATIONS
from dpc_conformance.reference.card.personalise import certificate_on, personalise
from dpc_conformance.reference.card.wire import template, tlv
from dpc_conformance.reference.issuer.card_page import ASKED_FOR, LARGEST_READING
from dpc_conformance.reference.pki.keys import KeyPool, default_folder

REASONS = {
    "chuid-expired": "chuid-expired",
    "chuid-altered": "chuid-signature",
    "chuid-of-another-card": "fascn-mismatch",
    "chuid-with-another-uuid": "uuid-mismatch",
    "chuid-signed-by-cardholder": "chuid-signer",
    "security-object-signed-by-cardholder": "security-object",
    "object-altered": "security-object",
    "biometrics-expired": "biometric-object",
    "biometrics-end-first": "biometric-object",
}


@pytest.fixture
def reading(stage):
    stage.parts.settings = replace(stage.parts.settings, reads_card=True)
    return stage


@pytest.fixture
def piv_card(reading):
    """A card with an account, by what its data deviate in."""

    def make(kind=None):
        pool = KeyPool(default_folder())
        card = personalise(reading.pki, reading.ALEX, reading.clock, SeededEntropy(f"reading {kind}"), pool)
        if kind:
            ALTERATIONS[kind](card, ContentSigner(reading.pki.content_signer, reading.clock.now()))
        reading.issuer.open_account(reading.ALEX, certificate_on(card))
        return card

    return make


@pytest.fixture
def signed_in(reading, piv_card):
    """A browser that has signed in with that card, and stands on the page that asks for its data."""

    def sign_in(card):
        browser = reading.browser()
        browser.page = browser.sign_in(x509.load_der_x509_certificate(certificate_on(card)))
        return browser

    return sign_in


def files(card):
    """What a workstation sends: inside 53, or the whole object."""
    objects = card.application.objects
    held = [container for container in containers.CONTAINERS if container.tag in objects.stored]
    return {
        each.tag.hex().upper(): objects.stored[each.tag] if each.own_tag else objects.content(each) for each in held
    }


def send(browser, sent):
    return browser.http.post("/card", files={name: (name, content) for name, content in sent.items()})


def tag(container):
    return container.tag.hex().upper()


def test_after_the_sign_in_the_page_asks_for_the_data(piv_card, signed_in):
    page = signed_in(piv_card()).page
    assert page.url.path == "/card"
    assert all(f'name="{tag(container)}"' in page.text for container in ASKED_FOR)
    assert not any(f'name="{tag(container)}"' in page.text for container in containers.CONTAINERS if container.pin)


def test_a_good_card_goes_on_to_the_qr_code_and_is_on_record(reading, piv_card, signed_in):
    card = piv_card()
    browser = signed_in(card)
    answer = send(browser, files(card))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/home")
    assert browser.http.get("/home").status_code == 200
    assert reading.read_qr(browser.request_id().text)
    [record] = reading.decisions("read-card")
    assert (record.outcome, record.actor) == ("accepted", reading.ALEX.account)
    assert "CHUID" in record.detail


@pytest.mark.parametrize("kind", ALTERATIONS)
def test_data_that_are_not_good_are_refused_for_their_reason(reading, piv_card, signed_in, kind):
    card = piv_card(kind)
    browser = signed_in(card)
    answer = send(browser, files(card))
    assert answer.status_code == 403
    assert "Request refused" in answer.text
    assert [(record.outcome, record.reason) for record in reading.decisions("read-card")] == [
        ("refused", REASONS[kind])
    ]
    assert browser.request_id().status_code == 403
    assert browser.http.get("/home").headers["Location"] == "/card"


def test_a_card_that_ends_before_its_certificates_is_refused(reading, piv_card, signed_in):
    card = piv_card()
    objects, signer = card.application.objects, ContentSigner(reading.pki.content_signer, reading.clock.now())
    fields = template(objects.content(containers.CHUID))
    tomorrow = (reading.clock.now() + timedelta(days=1)).date()
    objects.put(containers.CHUID, card_data.chuid(fields[0x30], UUID(bytes=fields[0x34]), tomorrow, signer))
    listed = {container: objects.content(container) for container in card_data.HASHED}
    objects.put(containers.SECURITY_OBJECT, card_data.security_object(listed, signer))
    browser = signed_in(card)
    assert send(browser, files(card)).status_code == 403
    assert reading.last_refusal().reason == "certificate-outlives-card"


def test_no_qr_code_is_reachable_before_the_card_was_read(reading, piv_card, signed_in):
    browser = signed_in(piv_card())
    for path in ("/home", "/request"):
        assert browser.http.get(path).headers["Location"] == "/card"
    refused = browser.request_id()
    assert refused.status_code == 403
    assert "<img" not in refused.text
    assert reading.last_refusal().reason == "card-data-missing"
    assert reading.parts.store.read().execute("SELECT count(*) FROM secret").fetchone()[0] == 0


@pytest.mark.parametrize(
    "missing",
    [
        containers.CHUID,
        containers.SECURITY_OBJECT,
        containers.PIV_AUTHENTICATION_CERTIFICATE,
        containers.CARD_AUTHENTICATION_CERTIFICATE,
        containers.CCC,
        containers.FINGERPRINTS,
        containers.DISCOVERY,
    ],
)
@pytest.mark.parametrize("how", ["left out", "empty"])
def test_what_was_not_sent_is_a_refusal(reading, piv_card, signed_in, missing, how):
    card = piv_card()
    sent = files(card)
    sent[tag(missing)] = b""
    if how == "left out":
        del sent[tag(missing)]
    assert send(signed_in(card), sent).status_code == 403
    assert reading.last_refusal().reason == "card-data-missing"
    assert missing.name in reading.last_refusal().detail


def test_what_no_security_object_lists_need_not_be_there(piv_card, signed_in):
    card = piv_card()
    sent = files(card)
    del sent[tag(containers.SIGNATURE_CERTIFICATE)], sent[tag(containers.KEY_MANAGEMENT_CERTIFICATE)]
    assert send(signed_in(card), sent).status_code == 303


def test_the_data_of_another_good_card_are_refused(reading, piv_card, signed_in):
    browser = signed_in(piv_card())
    other = personalise(
        reading.pki, reading.BLAKE, reading.clock, SeededEntropy("another"), KeyPool(default_folder())
    )  # fmt: skip
    assert send(browser, files(other)).status_code == 403
    assert reading.last_refusal().reason == "card-certificate"


@pytest.mark.parametrize(
    ("container", "content", "reason"),
    [
        (containers.CHUID, b"\x30", "chuid-signature"),
        (containers.CHUID, tlv(b"\x3e", b"\x30\x03\x02\x01\x01"), "chuid-signature"),
        (containers.PIV_AUTHENTICATION_CERTIFICATE, b"\x70\x84", "card-certificate"),
        (containers.PIV_AUTHENTICATION_CERTIFICATE, b"\x70\x01\x30\x71\x01\x01\xfe\x00", "card-certificate"),
        (containers.CARD_AUTHENTICATION_CERTIFICATE, b"\x70\x01\x30\x71\x01\x00\xfe\x00", "card-certificate"),
        (containers.SECURITY_OBJECT, b"\xba\x02\x01\x02", "security-object"),
        (containers.DISCOVERY, b"\x7e\x05\x00", "security-object"),
        (containers.FACIAL_IMAGE, b"\xbc\x01\x03", "security-object"),
    ],
)
def test_what_cannot_be_read_is_a_refusal_and_no_crash(reading, piv_card, signed_in, container, content, reason):
    card = piv_card()
    assert send(signed_in(card), files(card) | {tag(container): content}).status_code == 403
    assert reading.last_refusal().reason == reason


def test_too_much_is_refused(reading, piv_card, signed_in):
    card = piv_card()
    answer = send(signed_in(card), files(card) | {tag(containers.IRIS): bytes(LARGEST_READING)})
    assert answer.status_code == 400
    assert reading.last_refusal().reason == "request-malformed"


def test_nobody_sends_card_data_without_a_sign_in(reading, piv_card):
    card = piv_card()
    assert send(reading.browser(), files(card)).status_code == 401
    assert reading.browser().http.get("/card").status_code == 401


def test_a_revoked_content_signer_is_refused(reading, piv_card, signed_in):
    card = piv_card()
    browser = signed_in(card)
    reading.status.revoke(reading.pki.content_signer.certificate)
    assert send(browser, files(card)).status_code == 403
    assert reading.last_refusal().reason == "chuid-signer"
    assert "revoked" in reading.last_refusal().detail


def test_without_status_the_person_is_asked_to_come_again(reading, piv_card, signed_in):
    card = piv_card()
    browser = signed_in(card)
    for host in ("crl.dpc.example", "ocsp.dpc.example"):
        reading.status.silence(host)
    assert send(browser, files(card)).status_code == 503
    assert reading.last_refusal().reason == "status-unavailable"


def test_the_next_sign_in_has_its_card_read_again(reading, piv_card, signed_in):
    card = piv_card()
    send(signed_in(card), files(card))
    assert signed_in(card).request_id().status_code == 403


def test_a_kiosk_that_does_not_read_asks_for_nothing(stage, card):
    browser = stage.browser()
    assert browser.sign_in(card).url.path == "/home"
    assert browser.http.get("/card").headers["Location"] == "/home"
    assert stage.read_qr(browser.request_id().text)
    assert stage.decisions("read-card") == []


def test_a_running_kiosk_can_be_told_to_read(stage, card):
    stage.issuer.read_cards()
    assert stage.browser().sign_in(card).url.path == "/card"


def test_after_a_refusal_the_card_may_be_read_again(reading, piv_card, signed_in):
    card = piv_card()
    browser = signed_in(card)
    assert send(browser, files(card) | {tag(containers.CHUID): b"\x30"}).status_code == 403
    assert send(browser, files(card)).status_code == 303
    assert [record.outcome for record in reading.decisions("read-card")] == ["refused", "accepted"]
