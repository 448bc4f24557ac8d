"""Key recovery with the issuer in memory: envelopes that openssl opens, an escrow that shows no key."""

import base64
import subprocess
from datetime import timedelta

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from dpc_conformance.entropy import SystemEntropy
from dpc_conformance.formats.enveloped_data import KEY_AGREEMENT, EnvelopedData
from dpc_conformance.formats.signed_data import SignedData
from dpc_conformance.protocols.encrypted_mail import decrypt, encrypt
from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.protocols.key_envelope import open_key_envelope
from dpc_conformance.protocols.key_recovery import KeyRecoveryClient
from dpc_conformance.reference.issuer.refusals import Refused

ADDRESS = "https://issuer.dpc.example:8443/recovery"
TEXT = b"The minutes of last year's meeting.\r\n"


def client(stage, certificate=None):
    """The recovery service as a phone with that certificate reaches it."""
    chain = [certificate.public_bytes(Encoding.DER)] if certificate else []

    def app(environ, start_response):
        environ |= {"dpc.client_certificate": chain[0] if chain else None, "dpc.client_chain": chain}
        return stage.issuer.sign_in_app(environ, start_response)

    return KeyRecoveryClient(httpx.Client(transport=httpx.WSGITransport(app)), ADDRESS)


@pytest.fixture
def credential(stage, card, phone):
    """A derived authentication certificate of ALEX."""
    return stage.enrolled(card, phone)


def pem_of(key, folder):
    path = folder / "key.pem"
    path.touch(mode=0o600)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


def opened_by_openssl(envelope, key, folder):
    """What `openssl cms` finds in an EnvelopedData (DER)."""
    source = folder / "envelope.der"
    source.write_bytes(envelope)
    command = ["openssl", "cms", "-decrypt", "-inform", "DER", "-in", source, "-inkey", pem_of(key, folder), "-binary"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_openssl_opens_the_envelope_of_a_recovered_key(stage, credential, tmp_path):
    certificate = stage.issuer.escrow.add_earlier_key(stage.ALEX)
    transport = stage.new_key()
    envelope = client(stage, credential).recover(certificate, stage.request_for(transport))
    signed = opened_by_openssl(envelope, transport, tmp_path)
    package = SignedData.from_bytes(signed).content
    key = load_der_private_key(package[package.index(b"\x30", 2) :], None)
    spki = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    public_key = x509.load_der_x509_certificate(certificate).public_key()
    assert spki == public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def test_openssl_opens_mail_of_the_suite_and_the_suite_mail_of_openssl(stage, credential, pki, tmp_path):
    certificate = stage.issuer.escrow.add_earlier_key(stage.ALEX)
    transport = stage.new_key()
    envelope = client(stage, credential).recover(certificate, stage.request_for(transport))
    key = open_key_envelope(envelope, transport, pki.tls_roots)
    assert opened_by_openssl(encrypt(TEXT, certificate, SystemEntropy()), key, tmp_path) == TEXT
    assert decrypt(encrypt(TEXT, certificate, SystemEntropy()), certificate, key) == TEXT
    assert decrypt(encrypt(TEXT, certificate, SystemEntropy()), certificate, stage.new_key()) is None


def test_what_stands_in_an_envelope_is_read_without_a_key(stage, credential):
    certificate = stage.issuer.escrow.add_earlier_key(stage.ALEX)
    read = EnvelopedData.from_bytes(client(stage, credential).recover(certificate, stage.request_for(stage.new_key())))
    [recipient] = read.recipients
    assert (recipient.kind, recipient.bits) == (KEY_AGREEMENT, 256)
    assert (recipient.wrap, read.cipher) == ("2.16.840.1.101.3.4.1.45", "2.16.840.1.101.3.4.1.42")


def test_offered_are_the_own_keys_of_the_credentials_assurance(stage, credential):
    own = stage.issuer.escrow.add_earlier_key(stage.ALEX)
    stage.issuer.escrow.add_earlier_key(stage.ALEX, hardware=True)
    stage.enrol_person(stage.BLAKE, "other")
    stage.issuer.escrow.add_earlier_key(stage.BLAKE)
    assert client(stage, credential).offered() == (own,)


def test_refusals_are_on_record_and_reach_whoever_they_concern(stage, credential):
    stage.enrol_person(stage.BLAKE, "other")
    foreign = stage.issuer.escrow.add_earlier_key(stage.BLAKE)
    stage.mails.clear()
    with pytest.raises(EnrolmentRefused) as refused:
        client(stage, credential).recover(foreign, stage.request_for(stage.new_key()))
    assert refused.value.reason == "key-of-another-subscriber"
    assert [mail[0] for mail in stage.mails] == [stage.ALEX.mail, stage.BLAKE.mail]
    assert stage.last_refusal().actor == stage.ALEX.account
    with pytest.raises(EnrolmentRefused) as refused:
        client(stage).recover(foreign, stage.request_for(stage.new_key()))
    assert refused.value.reason == "no-certificate"
    with pytest.raises(EnrolmentRefused) as refused:
        client(stage, credential).recover(b"no certificate", stage.request_for(stage.new_key()))
    assert refused.value.reason == "key-of-another-subscriber"


def test_a_revoked_credential_recovers_nothing(stage, credential):
    own = stage.issuer.escrow.add_earlier_key(stage.ALEX)
    stage.issuer.terminate_account(stage.ALEX)
    with pytest.raises(EnrolmentRefused):
        client(stage, credential).recover(own, stage.request_for(stage.new_key()))


def test_escrow_survives_a_restart_and_shows_no_key(stage, credential, pki, tmp_path):
    own = stage.issuer.escrow.add_earlier_key(stage.ALEX)
    stage.restart()
    transport = stage.new_key()
    envelope = client(stage, credential).recover(own, stage.request_for(transport))
    key = open_key_envelope(envelope, transport, pki.tls_roots)
    secret = key.private_numbers().private_value.to_bytes(32, "big")
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert any(path.name.endswith(".escrow.sqlite") for path in files)
    assert not any(secret in path.read_bytes() or base64.b64encode(secret) in path.read_bytes() for path in files)


def test_keys_stay_for_a_year_after_expiry(stage, credential):
    kept = stage.issuer.escrow.add_earlier_key(stage.ALEX, expired=timedelta(days=365))
    stage.issuer.escrow.add_earlier_key(stage.ALEX, expired=timedelta(days=367))
    assert [entry.certificate for entry in stage.issuer.escrow.inventory()] == [kept]


def test_approvals_are_for_one_release(stage, card):
    escrow = stage.issuer.escrow
    certificate = escrow.add_earlier_key(stage.ALEX)
    answers = [escrow.approve_release(agent, certificate) for agent in ("one", "one", "two", "two")]
    assert answers == [False, False, True, False]


def test_nothing_is_certified_while_the_escrow_is_offline(stage, card, phone):
    session = stage.redeem(stage.qr_code(card), phone)
    stage.issuer.escrow.go_offline()
    with pytest.raises(EnrolmentRefused) as refused:
        stage.est(session.token).serverkeygen(stage.request_for(stage.new_key()))
    assert (refused.value.status, refused.value.reason) == (503, "escrow-unavailable")
    assert stage.issuer.credentials_of(stage.ALEX) == ()
    with pytest.raises(Refused):
        stage.parts.key_escrow.recovery.received(None, b"")


def test_a_key_is_not_handed_out_again_after_its_receipt(stage, card, phone):
    session = stage.redeem(stage.qr_code(card), phone)
    request = stage.request_for(stage.new_key())
    made = stage.est(session.token).serverkeygen(request)
    assert [each.key_copy for each in stage.issuer.credentials_of(stage.ALEX)] == [True]
    stage.acknowledge(session.token, made.certificate)
    assert [each.key_copy for each in stage.issuer.credentials_of(stage.ALEX)] == [False]
    with pytest.raises(EnrolmentRefused):
        stage.est(session.token).serverkeygen(request)
    der = made.certificate.public_bytes(Encoding.DER)
    assert [entry.certificate for entry in stage.issuer.escrow.inventory()] == [der]
