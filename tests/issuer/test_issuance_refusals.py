"""Requests that get no certificate although somebody holds an enrolment token."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.reference.pki.naming import directory_name
from dpc_conformance.roles.reasons import Reason


@pytest.fixture
def token(stage, card, phone):
    return stage.redeem(stage.qr_code(card), phone).token


def refused(stage, token, der, usage="authentication"):
    """Send the bytes, expect a refusal for program and auditor alike, and nothing issued."""
    answer = stage.est(token).simpleenroll_raw(der, usage)
    assert answer.status_code in (400, 401, 403, 503)
    record = stage.last_refusal()
    assert (record.action, record.reason) == ("issue", answer.json()["error"])
    assert stage.issuer.credentials_of(stage.ALEX) == ()
    return Reason(record.reason)


def der(request):
    return request.public_bytes(Encoding.DER)


def test_a_broken_signature(stage, token):
    good = der(stage.request_for(stage.new_key()))
    assert refused(stage, token, good[:-1] + bytes([good[-1] ^ 1])) is Reason.REQUEST_SIGNATURE
    assert stage.est(token).simpleenroll(stage.request_for(stage.new_key()))


def test_the_signature_of_another_key(stage, token):
    mine, other = stage.new_key(), stage.new_key()
    request = der(stage.request_for(mine))
    point = {key: key.public_key().public_bytes(Encoding.X962, x962()) for key in (mine, other)}
    assert refused(stage, token, request.replace(point[mine], point[other])) is Reason.REQUEST_SIGNATURE


def test_another_persons_name(stage, token, card):
    request = stage.request_for(stage.new_key(), directory_name(stage.BLAKE.common_name))
    assert refused(stage, token, der(request)) is Reason.REQUEST_SUBJECT
    assert stage.est(token).simpleenroll(stage.request_for(stage.new_key(), card.subject))


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP521R1()),
        ec.generate_private_key(ec.SECP256K1()),
        rsa.generate_private_key(65537, 1024),
    ],
    ids=["P-521", "secp256k1", "RSA-1024"],
)
def test_kinds_of_keys_that_are_not_allowed(stage, token, key):
    assert refused(stage, token, der(stage.request_for(key))) is Reason.KEY_TYPE


def test_a_point_beside_the_curve(stage, token):
    key = stage.new_key()
    request = der(stage.request_for(key))
    point = key.public_key().public_bytes(Encoding.X962, x962())
    assert refused(stage, token, request.replace(point, point[:-1] + bytes([point[-1] ^ 1]))) is Reason.KEY_WEAK


def test_exponent_three(stage, token):
    assert refused(stage, token, der(stage.request_for(rsa.generate_private_key(3, 2048)))) is Reason.KEY_WEAK


@pytest.mark.parametrize("garbage", [b"", b"\x30\x00", b"hello", b"\x30\x80\x00\x00"])
def test_no_request_at_all(stage, token, garbage):
    assert refused(stage, token, garbage) is Reason.REQUEST_MALFORMED


def test_a_body_that_is_not_base64(stage, token):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/pkcs10"}
    url = "https://issuer.dpc.example/.well-known/est/authentication/simpleenroll"
    assert stage.http().post(url, content=b"%%%", headers=headers).json()["error"] == Reason.REQUEST_MALFORMED


@pytest.mark.parametrize("wrong", [None, "", "guessed"])
def test_no_token_or_a_guessed_one(stage, token, wrong):
    assert refused(stage, wrong, der(stage.request_for(stage.new_key()))) is Reason.TOKEN
    assert stage.est(token).simpleenroll(stage.request_for(stage.new_key()))


def test_a_token_that_is_too_old(stage, token):
    stage.clock.advance(timedelta(minutes=10))
    assert refused(stage, token, der(stage.request_for(stage.new_key()))) is Reason.TOKEN


def test_a_usage_that_the_profile_does_not_have(stage, token):
    assert refused(stage, token, der(stage.request_for(stage.new_key())), "key-management") is Reason.TOKEN
    assert refused(stage, token, der(stage.request_for(stage.new_key())), "encryption") is Reason.TOKEN


def test_a_second_key_with_the_same_token(stage, token):
    stage.est(token).simpleenroll(stage.request_for(stage.new_key()))
    with pytest.raises(EnrolmentRefused) as caught:
        stage.est(token).simpleenroll(stage.request_for(stage.new_key()))
    assert caught.value.reason == Reason.TOKEN
    assert len(stage.issuer.credentials_of(stage.ALEX)) == 1


def test_a_key_that_has_a_certificate_already(stage, card, token):
    key = stage.new_key()
    stage.est(token).simpleenroll(stage.request_for(key))
    for usage in ("signature", "authentication"):
        another = stage.redeem(stage.qr_code(card), stage.Phone(stage.ALEX.account, "tablet")).token
        with pytest.raises(EnrolmentRefused) as caught:
            stage.est(another).simpleenroll(stage.request_for(key), usage)
        assert caught.value.reason == Reason.KEY_REUSED


def test_the_cards_own_key(stage, phone):
    key = stage.new_key()
    certificate = stage.card(public_key=key.public_key())
    stage.issuer.open_account(stage.ALEX, certificate.public_bytes(Encoding.DER))
    token = stage.redeem(stage.qr_code(certificate), phone).token
    assert refused(stage, token, der(stage.request_for(key))) is Reason.KEY_REUSED


def test_a_card_revoked_between_kiosk_and_issuance(stage, card, token):
    stage.status.revoke(card)
    assert refused(stage, token, der(stage.request_for(stage.new_key()))) is Reason.REVOKED


def test_no_status_at_the_moment_of_issuance(stage, token):
    for host in ("crl.dpc.example", "ocsp.dpc.example"):
        stage.status.silence(host)
    assert refused(stage, token, der(stage.request_for(stage.new_key()))) is Reason.STATUS_UNAVAILABLE


def test_an_account_that_ended_in_between(stage, token):
    stage.issuer.terminate_account(stage.ALEX)
    assert refused(stage, token, der(stage.request_for(stage.new_key()))) is Reason.ACCOUNT_TERMINATED


def test_an_identity_verified_more_than_ninety_days_ago(stage, card, phone):
    stage.restart(token_lifetime=timedelta(days=365))
    early = stage.redeem(stage.qr_code(card), phone).token
    late = stage.redeem(stage.qr_code(card), phone).token
    stage.clock.advance(timedelta(days=90))
    assert stage.est(early).simpleenroll(stage.request_for(stage.new_key()))
    stage.clock.advance(timedelta(seconds=1))
    answer = stage.est(late).simpleenroll_raw(der(stage.request_for(stage.new_key())))
    assert answer.json()["error"] == Reason.TOKEN
    assert "too long ago" in stage.last_refusal().detail


def test_the_limit_holds_against_tokens_collected_beforehand(stage, card):
    tokens = [stage.redeem(stage.qr_code(card), stage.Phone(stage.ALEX.account, f"p{n}")).token for n in range(4)]
    for token in tokens[:3]:
        stage.est(token).simpleenroll(stage.request_for(stage.new_key()))
    with pytest.raises(EnrolmentRefused) as caught:
        stage.est(tokens[3]).simpleenroll(stage.request_for(stage.new_key()))
    assert caught.value.reason == Reason.LIMIT


def test_a_request_signed_over_sha1_is_no_proof(stage, token):
    request = der(stage.request_for(stage.new_key(), algorithm=hashes.SHA512()))
    sha512, sha1 = bytes.fromhex("06082a8648ce3d040304"), bytes.fromhex("06072a8648ce3d0401")
    assert sha512 in request
    assert x509.load_der_x509_csr(request).is_signature_valid
    changed = request.replace(b"\x30\x0a" + sha512, b"\x30\x09" + sha1)
    assert refused(stage, token, changed) in (Reason.REQUEST_MALFORMED, Reason.REQUEST_SIGNATURE)


def x962():
    from cryptography.hazmat.primitives.serialization import PublicFormat

    return PublicFormat.UncompressedPoint
