"""The derived credential: how it arrives and what it is."""

from pytest_bdd import given, parsers, then, when


@when("the cardholder walks the documented journey from the first step to the last")
@given("the cardholder has a derived credential on the phone")
def _(journey):
    journey.complete()


@then("the phone holds a derived credential")
def _(cast):
    assert "authentication" in {credential.usage for credential in cast.phone.credentials()}


@given("the phone has redeemed the QR code", target_fixture="outcome")
def _(journey):
    return journey.redeem()


@when("the cardholder chooses an activation secret and waits for the app to finish", target_fixture="screen")
def _(phone_setup):
    return phone_setup.finish()


@then("the app says that the smart card is ready")
def _(screen, cast):
    assert screen.title == cast.captions.finished


@then("the credential is bound to the PIV identity account of the card")
def _(judge):
    judge.flow("DPC-ISS-PKIAUTH-07")


@then("the whole enrolment was possible without a visit to an office")
def _(judge):
    judge.flow("DPC-ISS-INPERSON-02")


@then("the request was signed with the key that the certificate holds")
def _(judge):
    judge.flow("DPC-ISS-POP-01")


@then("the private key was generated on the phone")
def _(cast):
    [authentication] = [held for held in cast.phone.credentials() if held.usage == "authentication"]
    assert authentication.key_generated_on_device


@when("the derived certificate is read", target_fixture="certificate")
@when("the derived certificate is validated to the trust anchor", target_fixture="certificate")
def _(journey):
    return journey.derived_certificate()


@then("its fields follow the profile")
def _(certificate, judge, datatable):
    judge.certificate(certificate, [identifier for row in datatable[1:] for identifier in row[1].split()])


@then("the path is valid under the derived authentication policy")
def _(certificate, judge):
    judge.certificate(certificate, ["DPC-PATH-ANCHOR-01", "DPC-PATH-POLICY-01", "DPC-PATH-TIME-01"])


@then("the certificate asserts the policy of a key in software")
def _(journey, judge):
    judge.certificate(journey.derived_certificate(), ["DPC-ISS-POLICYSEL-01"])


@when("the cardholder enrols another phone", target_fixture="second_phone")
def _(journey):
    return journey.enrol_another_phone()


@then("both phones hold a derived credential")
def _(cast, second_phone, judge):
    assert cast.phone.credentials()
    assert second_phone.credentials()
    judge.flow("DPC-ISS-LIMIT-01")


@then("the two certificates differ in key, serial number and UUID")
def _(journey, judge):
    judge.certificate(journey.derived_certificate(), ["DPC-ISS-DUP-01"])


@when(parsers.re("the cardholder chooses an activation secret (?:of|that is) (?P<kind>.+)"), target_fixture="screen")
def _(phone_setup, kind):
    return phone_setup.choose_secret(kind)


@then("the phone asks for a longer activation secret")
def _(screen, judge, cast):
    asks_again = screen.title == cast.captions.choose_secret
    judge.expect("DPC-ACT-LEN-01", asks_again, "the phone", "a secret of at least six characters", screen.title)


@then("the phone asks for an activation secret that is hard to guess")
def _(screen, judge, cast):
    asks_again = screen.title == cast.captions.choose_secret
    judge.expect("DPC-ACT-GUESS-01", asks_again, "the phone", "a secret that is hard to guess", screen.title)
