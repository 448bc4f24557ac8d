"""openssl and gpgsm at work for the correspondents: what they accept, what they refuse, and why, by the run's clock."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.faults.flows.mail_signing import AnotherKey
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.pki.naming import CRL_HOST
from dpc_conformance.roles.correspondent import EncryptionRefused
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.mail_program import NotForEncryption
from dpc_conformance.roles.phone import WrongActivationSecret


def both(answer):
    """The same from each program."""
    return {"openssl cms": answer, "gpgsm": answer}


def rsa_key(mailing):
    return mailing.scene.pool.rsa(2048, SeededEntropy("an RSA key"))


@pytest.mark.parametrize("kind", ["P-256", "P-384", "RSA-2048"])
def test_signatures_of_every_kind_of_key_are_accepted(mailing, kind):
    if kind == "RSA-2048":
        mailing.install("signature", rsa_key(mailing))
    elif kind == "P-384":
        mailing.install("signature", ec_key(SeededEntropy("x"), ec.SECP384R1()))
    mailing.sign()
    assert mailing.judged() == both(True)


@pytest.mark.parametrize("usage", ["authentication", "key-management"])
def test_other_credentials_are_not_for_mail(mailing, usage):
    mailing.sign(usage)
    assert mailing.judged() == both("purpose")


def test_what_happens_on_the_way_is_told_apart(mailing):
    mailing.sign()
    message = mailing.cast.correspondents()[0].newest()
    assert mailing.judged(message.replace(b"Punkt", b"punkt")) == both("content-changed")
    assert mailing.judged(message.replace(b"From: grace", b"From: other")) == both("mail-address")
    assert mailing.judged(b"Subject: x\r\n\r\nplain\r\n") == both("message-malformed")


def test_a_signature_of_another_key_is_wrong(mailing):
    mailing.cast.phone.parts.mail_writer = AnotherKey(SeededEntropy("another key"))
    mailing.sign()
    assert mailing.judged() == both("signature")


def test_revocation_is_seen_at_once_or_when_the_crl_runs_out(mailing):
    mailing.sign()
    assert mailing.judged() == both(True)
    mailing.scene.status.revoke(mailing.certificates["signature"])
    assert mailing.judged() == {"openssl cms": "revoked", "gpgsm": True}
    mailing.cast.clock.advance(timedelta(days=2))
    assert mailing.judged() == both("revoked")


def test_dates_are_those_of_the_run(mailing):
    mailing.sign()
    mailing.cast.clock.advance(timedelta(days=3 * 366))
    assert mailing.judged() == both("expired")


def test_without_a_crl_nothing_is_accepted(mailing):
    mailing.sign()
    mailing.scene.status.silence(CRL_HOST)
    assert mailing.judged() == both("status-unavailable")


def test_a_revoked_ca_ends_what_it_issued(mailing):
    mailing.sign()
    mailing.scene.status.revoke(mailing.scene.stage.pki.derived_authority.certificate)
    assert mailing.judged() == both("revoked")


def test_the_phone_signs_with_the_secret_only(mailing):
    with pytest.raises(WrongActivationSecret):
        mailing.phone.send_signed(mailing.addresses, "x", mailing.text, "plum-orbit-43")
    assert all(not mailing.cast.mail_account(each).messages() for each in mailing.addresses)


@pytest.mark.parametrize("cipher", ["AES-128-CBC", "AES-256-CBC", "AES-128-GCM", "AES-256-GCM"])
@pytest.mark.parametrize("kind", ["EC", "RSA", "RSA-OAEP"])
def test_the_phone_opens_what_openssl_encrypts(mailing, kind, cipher):
    if kind != "EC":
        mailing.install("key-management", rsa_key(mailing))
    [openssl, _] = mailing.cast.correspondents()
    certificate = mailing.certificates["key-management"]
    openssl.write(mailing.cast.cardholder.mail, certificate, mailing.text, cipher, kind == "RSA-OAEP")
    assert mailing.phone.read_encrypted(mailing.secret) == mailing.text


def test_the_phone_opens_what_gpgsm_encrypts_to_an_earlier_key(mailing):
    mailing.install("key-management 2a", rsa_key(mailing))
    [_, gpgsm] = mailing.cast.correspondents()
    earlier, current = mailing.certificates["key-management 2a"], mailing.certificates["key-management"]
    assert [gpgsm.can_encrypt_to(each) for each in (earlier, current)] == [True, False]
    gpgsm.write(mailing.cast.cardholder.mail, earlier, mailing.text)
    assert mailing.phone.read_encrypted(mailing.secret) == mailing.text
    mailing.cast.phone.parts.keystore.remove("key-management 2a")
    assert mailing.phone.read_encrypted(mailing.secret) is None
    with pytest.raises(NotSupported, match="GCM"):
        gpgsm.write(mailing.cast.cardholder.mail, earlier, mailing.text, "AES-256-GCM")


def test_nobody_encrypts_to_what_is_not_for_it(mailing):
    address = mailing.cast.cardholder.mail
    mailing.install("signature", rsa_key(mailing))  # gpgsm takes no EC key anyway
    for each in mailing.cast.correspondents():
        for usage in ("signature", "authentication"):
            with pytest.raises(EncryptionRefused) as refused:
                each.write(address, mailing.certificates[usage], mailing.text)
            assert refused.value.reason == "purpose"
        with pytest.raises(NotForEncryption, match="keyAgreement"):
            mailing.phone.send_encrypted(each.address, each.signature_certificate, "x", mailing.text)
    assert not mailing.cast.mail_account(address).messages()


@pytest.mark.parametrize(("what", "reason"), [("revoked", "revoked"), ("expired", "expired")])
def test_nobody_encrypts_to_a_certificate_that_has_ended(mailing, what, reason):
    mailing.install("key-management", rsa_key(mailing))
    certificate = mailing.certificates["key-management"]
    if what == "revoked":
        mailing.scene.status.revoke(certificate)
    else:
        mailing.cast.clock.advance(timedelta(days=3 * 366))
    for each in mailing.cast.correspondents():
        with pytest.raises(EncryptionRefused) as refused:
            each.write(mailing.cast.cardholder.mail, certificate, mailing.text)
        assert refused.value.reason == reason


def test_the_correspondents_open_what_the_phone_encrypts(mailing):
    [openssl, gpgsm] = mailing.cast.correspondents()
    for each in (openssl, gpgsm):
        mailing.phone.send_encrypted(each.address, each.encryption_certificate, "x", mailing.text)
        assert each.read(each.newest()) == mailing.text
    assert gpgsm.read(openssl.newest()) is None
    assert openssl.read(gpgsm.newest()) is None
    assert openssl.read(b"Subject: x\r\n\r\nplain\r\n") is None
