"""What an attacker does with a registered phone."""

from pytest_bdd import given, parsers, when

STATEMENTS = {
    "no device statement": "no-statement",
    "another manager's device statement": "statement-of-another-manager",
    "an expired device statement": "expired-statement",
    "another device's key": "another-device-key",
    "a proof made for another QR code": "proof-for-another-code",
}
REQUESTS = {
    "with a broken signature": "broken-signature",
    "with the signature of another key": "signature-of-another-key",
    "without the enrolment token": "no-token",
    "with a guessed token": "guessed-token",
    "in another person's name": "another-persons-name",
    "for an RSA key with close primes": "weak-rsa-primes",
    "for an RSA key with exponent 3": "rsa-exponent-3",
    "for a key on P-521": "curve-p521",
    "for an RSA key of 1024 bits": "rsa-1024",
    "for a point that is not on its curve": "off-curve",
    "for the card's own key": "card-key",
    "signed with SHA-1": "sha1",
    "that is not DER": "malformed",
    "of 10 MB": "oversized",
    "with another person's UUID and as a CA": "extra-extensions",
    "a second time with the same token": "none",
    "that is in order": "none",
}
SECRETS = {
    "truncated": "truncated-secret",
    "altered": "altered-secret",
}


@when("an attacker presents a guessed secret", target_fixture="outcome")
def _(attacker, qr_code):
    return attacker.redeem(qr_code, "guessed-secret")


@when(parsers.parse("an attacker redeems the QR code with {statement}"), target_fixture="outcome")
def _(attacker, qr_code, statement):
    return attacker.redeem(qr_code, STATEMENTS[statement])


@given("an attacker's phone has redeemed the QR code")
def _(attacker, kiosk, cast):
    cast.device_manager.target(cast.cardholder)
    assert not attacker.redeem(kiosk.sign_in_and_show_qr_code()).refused


@given("the attacker's phone has redeemed another QR code of the cardholder")
def _(attacker, kiosk):
    assert not attacker.redeem(kiosk.sign_in_and_show_qr_code()).refused


@when(parsers.parse("the attacker requests a certificate {defect}"), target_fixture="outcome")
def _(attacker, defect):
    return attacker.request_certificate(REQUESTS[defect])


@when(parsers.re("an attacker presents a secret that was (?P<changed>truncated|altered)"), target_fixture="outcome")
def _(attacker, qr_code, changed):
    return attacker.redeem(qr_code, SECRETS[changed])
