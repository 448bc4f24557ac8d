"""The way from the kiosk to installed certificates, as it should be."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.protocols.key_envelope import open_key_envelope
from dpc_conformance.reference.issuer.accounts import identifiers


def extension(certificate, kind):
    return certificate.extensions.get_extension_for_class(kind).value


def test_the_whole_journey_ends_with_three_credentials(stage, card, phone, pki):
    browser = stage.browser()
    assert "Sign in with your smart card" in browser.http.get("/").text
    assert "Request my ID" in browser.sign_in(card).text
    assert stage.MOBILE in browser.http.get("/request").text
    payload = stage.read_qr(browser.request_id().text)
    session = stage.redeem(payload, phone)
    assert [(offer.usage, offer.key) for offer in session.credentials] == [
        ("authentication", "device"), ("signature", "device"), ("key-management", "issuer"),
    ]  # fmt: skip
    est, transport_key = stage.est(session.token), stage.new_key()
    issued = [
        est.simpleenroll(stage.request_for(stage.new_key(), card.subject), usage)
        for usage in ("authentication", "signature")
    ]
    generated = est.serverkeygen(stage.request_for(transport_key))
    assert generated.key_part_type == "application/pkcs7-mime; smime-type=server-generated-key"
    key = open_key_envelope(generated.key_part, transport_key, pki.tls_roots)
    assert key.public_key() == generated.certificate.public_key()
    for certificate in (*issued, generated.certificate):
        stage.acknowledge(session.token, certificate)
    records = stage.issuer.credentials_of(stage.ALEX)
    assert [record.usage for record in records] == ["authentication", "signature", "key-management"]
    assert {record.status for record in records} == {"delivered"}
    assert {record.piv_authentication_certificate for record in records} == {card.public_bytes(Encoding.DER)}
    assert all(record.issued_at - record.identity_verified_at <= timedelta(days=90) for record in records)
    assert [mail[0] for mail in stage.mails] == [stage.ALEX.mail] * 3
    assert not any(payload.secret_text in part for mail in stage.mails for part in mail)


def test_the_authentication_certificate_is_the_cardholders_and_has_its_own_uuid(stage, card, phone):
    certificate = stage.enrolled(card, phone)
    assert certificate.subject == card.subject
    uuids = extension(certificate, x509.SubjectAlternativeName).get_values_for_type(x509.UniformResourceIdentifier)
    assert len(uuids) == 1
    assert uuids[0] not in identifiers(card)
    policies = [entry.policy_identifier.dotted_string for entry in extension(certificate, x509.CertificatePolicies)]
    assert policies == ["2.16.840.1.101.3.2.1.3.40"]
    assert certificate.not_valid_before_utc == stage.clock.now()
    assert certificate.not_valid_after_utc - certificate.not_valid_before_utc <= timedelta(days=3 * 365 + 1)


def test_every_decision_is_an_audit_record_and_the_chain_holds(stage, card, phone):
    stage.enrolled(card, phone)
    actions = [(record.action, record.outcome) for record in stage.issuer.audit()]
    assert actions == [
        ("open-account", "accepted"), ("approve", "accepted"), ("sign-in", "accepted"),
        ("accept-obligations", "accepted"), ("request", "accepted"), ("redeem", "accepted"), ("issue", "accepted"),
        ("notify", "accepted"), ("deliver", "accepted"),
    ]  # fmt: skip
    assert stage.parts.audit.intact()
    with stage.parts.store.write() as connection:
        connection.execute("UPDATE audit SET actor='nobody' WHERE number=3")
    assert not stage.parts.audit.intact()


def test_nothing_that_is_secret_is_stored_in_clear(stage, card, phone):
    payload = stage.qr_code(card)
    session = stage.redeem(payload, phone)
    dump = "\n".join(stage.parts.store.read().iterdump())
    for secret in (payload.secret_text, payload.secret.hex(), session.token):
        assert secret not in dump
    assert session.token not in repr(session)
    assert payload.secret_text not in repr(payload)


def test_two_derived_credentials_share_neither_serial_nor_uuid_nor_key(stage, card):
    first = stage.enrolled(card, stage.Phone(stage.ALEX.account, "phone-1"))
    second = stage.enrolled(card, stage.Phone(stage.ALEX.account, "tablet-1"))
    assert first.serial_number != second.serial_number
    assert first.public_key() != second.public_key()
    assert identifiers(first) != identifiers(second)


def test_the_card_alone_selects_the_account(stage, card):
    other = stage.enrol_person(stage.BLAKE)
    browser = stage.browser()
    browser.sign_in(other)
    payload = stage.read_qr(
        browser.http.post(
            "/request", data={"profile": stage.MOBILE, "obligations": "yes", "account": stage.ALEX.account}
        ).text
    )
    session = stage.redeem(payload, stage.Phone(stage.BLAKE.account))
    issued = stage.est(session.token).simpleenroll(stage.request_for(stage.new_key()))
    assert issued.subject == other.subject
    assert stage.issuer.credentials_of(stage.ALEX) == ()
    assert card.subject != other.subject


def test_public_repository_and_cacerts_hold_authorities_only(stage, card, phone):
    stage.enrolled(card, phone)
    handed_out = [x509.load_der_x509_certificate(der) for der in stage.issuer.published()]
    assert set(stage.est().cacerts()) == set(handed_out)  # a SET OF has no order
    assert all(extension(certificate, x509.BasicConstraints).ca for certificate in handed_out)
    assert "1.2.840.10045.4.3.2" in stage.est().csrattrs()


def test_a_profile_that_is_not_mobile_shows_no_qr_code(stage, card):
    browser = stage.browser()
    browser.sign_in(card)
    answer = browser.request_id("Collect a smart card at the counter")
    assert answer.status_code == 200
    assert "<img" not in answer.text


def test_a_further_card_of_the_same_person_opens_the_same_account(stage, card, phone):
    replacement = stage.enrol_person(label="replacement")
    assert stage.enrolled(replacement, phone).subject == card.subject
    with pytest.raises(ValueError, match="another account"):
        stage.issuer.open_account(stage.BLAKE, replacement.public_bytes(Encoding.DER))
