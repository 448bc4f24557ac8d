"""Encrypted mail, to the cardholder and from the cardholder."""

from pytest_bdd import given, then, when


@given("earlier keys of the cardholder are in escrow, an EC key and an RSA key")
def _(key_recovery):
    key_recovery.earlier_key()
    key_recovery.earlier_key(algorithm="RSA-2048")


@given("the phone has recovered the earlier keys")
def _(key_recovery):
    key_recovery.recover_all()


@when("the correspondents write to each key of the cardholder")
def _(encrypted_mails):
    encrypted_mails.write_to_each_key()


@when("the correspondents write in these ways")
def _(encrypted_mails, datatable):
    for program, key, cipher, wrapping in datatable[1:]:
        encrypted_mails.write_with(program, key, cipher, oaep=wrapping == "RSA-OAEP")


@when("the correspondents are to encrypt to the cardholder's signature certificate")
def _(encrypted_mails):
    encrypted_mails.write_to_signature_certificate()


@given("the correspondents have opened what the cardholder encrypted to them")
def _(encrypted_mails):
    encrypted_mails.write_from_phone()


@when("the phone is to encrypt to the certificates with which the correspondents only sign")
def _(encrypted_mails):
    encrypted_mails.write_from_phone_to_signature_certificates()


@then("each refuses because the certificate is not for encryption, and no mail was sent")
def _(encrypted_mails):
    encrypted_mails.expect_refusal()
