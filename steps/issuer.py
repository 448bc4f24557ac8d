"""What the issuer decides and keeps: refusals, secrets, records."""

from pytest_bdd import given, parsers, then

REASONS = {
    "there is no certificate": "no-certificate",
    "possession of the key was not proved": "challenge-response",
    "the certificate has expired": "expired",
    "the certificate is not yet valid": "not-yet-valid",
    "the certificate was not signed by a trusted CA": "certificate-signature",
    "the certificate is revoked": "revoked",
    "the revocation status is unknown": "status-unavailable",
    "the certificate has the wrong policy": "policy",
    "the card has expired": "chuid-expired",
    "the signature of the CHUID does not hold": "chuid-signature",
    "no content signer signed the CHUID": "chuid-signer",
    "the FASC-Ns on the card differ": "fascn-mismatch",
    "the UUIDs on the card differ": "uuid-mismatch",
    "the Security Object does not hold": "security-object",
    "a certificate on the card is revoked": "revoked",
    "the biometrics on the card do not count": "biometric-object",
    "nobody signs for the card to its end": "chuid-signer",
    "the account was terminated": "account-terminated",
    "the obligations were not accepted": "obligations-not-accepted",
    "the secret is unknown": "secret-unknown",
    "the secret has expired": "secret-expired",
    "the secret was already used": "secret-used",
    "the password is not the one under the code": "binding-password",
    "there is no password": "binding-password-missing",
    "the phone is not registered to the person who signed in": "device-not-registered",
    "the device statement does not hold": "device-statement",
    "the request's signature does not hold": "request-signature",
    "the request cannot be read": "request-malformed",
    "the request belongs to no enrolment": "enrolment-token",
    "nobody is signed in": "enrolment-token",
    "the request names somebody else": "request-subject",
    "the identity was proofed too long ago": "identity-proofing",
    "the phone is not approved": "device-not-approved",
    "no certificate can be signed": "authority-unavailable",
    "nothing can be put on record": "records-full",
    "the key belongs to another credential": "key-reused",
    "the key is not valid on its curve": "",
    "the key is weak": "key-weak",
    "the key is not of an allowed kind": "key-type",
    "nobody authenticated for the request": "requester-unknown",
    "the request is incomplete": "request-incomplete",
    "the issuer does not serve that agency": "agency-not-served",
    "no account holds the card": "unknown-account",
    "there is no such account": "unknown-account",
    "nobody supervised it": "not-supervised",
    "something has to be on record first": "issuance-conditions-open",
    "that decision was about an earlier visit": "no-card-event-over",
    "the model was not attested": "authenticator-attestation",
    "the model is not approved": "authenticator-model",
    "there is no second factor": "second-factor-missing",
    "the password is another": "password",
    "that credential is known": "key-reused",
    "the verifier is not authorised": "verifier-not-authorised",
}


@then("the sign-in was a proof of possession of the PIV Authentication key")
def _(judge):
    judge.flow("DPC-ISS-PKIAUTH-01")


@then("the card signed a different challenge each time")
def _(judge):
    judge.flow("DPC-ISS-PKIAUTH-05")


@then("every connection used AES and a server key of sufficient strength")
def _(judge):
    judge.flow("DPC-ISS-CHAN-02")


@given("the status services of the card's issuer do not answer")
def _(cast):
    cast.card_stock.silence_status_services()


@given("the cardholder's PIV identity account was terminated")
def _(cast):
    cast.issuer.terminate_account(cast.cardholder)


@then(parsers.re("the (?:kiosk|issuer) refuses because (?P<reason>.+)"))
def _(outcome, ledger, judge, reason):
    judge.refusal(outcome.refused, ledger.refusal(), REASONS[reason])


@then(parsers.re("nothing (?:more )?was issued"))
def _(ledger, judge):
    judge.state(ledger.nothing_issued(), "nothing was issued")


@then("no certificate was issued")
def _(ledger):
    assert ledger.nothing_issued()


@then("the binding secret was sent neither by e-mail nor in an address")
def _(judge):
    judge.flow("DPC-ISS-MULTI-05")


@then("the two QR codes carry different binding secrets")
def _(judge):
    judge.flow("DPC-ISS-MULTI-01")


@given("the cardholder has redeemed it with the phone")
def _(phone_setup, qr_code):
    phone_setup.open_scanner()
    phone_setup.scan(qr_code)


@then("the issuer has accepted the binding secret")
def _(ledger, judge):
    judge.answer("DPC-ISS-MULTI-01", ledger.redemption(), "The issuer has accepted the binding secret.")


@then("the phone sent nothing to the other issuer")
def _(ledger, cast, judge):
    talked = ledger.talked_to("phone", cast.another_issuer().kiosk_address)
    judge.expect("DPC-ISS-CHAN-01", not talked, "the phone's connections", "none to the other issuer")


@then("an e-mail to the address of the PIV identity account announces the credential")
def _(cast, judge):
    cast.phone.mail()
    judge.flow("DPC-ISS-NOTIFY-01", "DPC-ISS-NOTIFY-02")


@then("every exchange of the enrolment went over TLS to the right server")
def _(judge):
    judge.flow("DPC-ISS-CHAN-01")


@then("the channel is at least as strong as the certified key")
def _(judge):
    judge.flow("DPC-ISS-CHAN-03")


@then("no secret stood in an address or travelled in the clear")
def _(judge):
    judge.flow("DPC-ISS-SECRET-01")


@then("the PIV identity account lists the derived certificate")
def _(judge):
    judge.flow("DPC-ISS-EVID-02", "DPC-ISS-ACCOUNT-01")


@then("it keeps a copy of the PIV Authentication certificate that was used")
def _(judge):
    judge.flow("DPC-ISS-EVID-01")


@then("the audit record shows approval by a sponsor, acceptance of the obligations, sign-in, request and issuance")
def _(judge):
    judge.flow("DPC-ISS-AUTHZ-01", "DPC-ISS-ACCEPT-01", "DPC-ISS-AUDIT-01")


@then("the certificate was issued within 90 days of the identity verification")
def _(judge):
    judge.flow("DPC-ISS-TIME-01")


@then("the times of the record agree with the run's clock to three minutes")
def _(judge):
    judge.flow("DPC-ISS-CLOCK-01")


@then("the issuer's public repository holds no derived certificate")
def _(judge):
    judge.flow("DPC-ISS-PUBLISH-01")


@then(
    parsers.re(
        "the issuer has checked the card certificate again within the eighth day|the derived credential is revoked"
    )
)
def _(judge):
    judge.flow("DPC-ISS-7DAY-01")


@then("the phone has acknowledged the receipt of the key-management key")
def _(judge):
    judge.flow("DPC-ISS-KEY-07")


@given("an impostor answers in the issuer's place", target_fixture="impostor")
def _(cast):
    return cast.impostor(443)


@then("the phone sent nothing to the impostor")
def _(impostor, judge):
    received = impostor.received()
    judge.expect("DPC-ISS-CHAN-01", not received, "the impostor", "no request of the phone", ", ".join(received))
