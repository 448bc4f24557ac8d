"""The registration desk: operators, visits, biometric comparisons."""

from pytest_bdd import given, parsers, then, when

MEANS = {
    "a name and a password": "password",
    "a certificate whose key is in software": "software-certificate",
}
CHANNELS = {
    "in person": "in-person",
    "at a supervised remote station": "supervised-remote",
    "at a station without supervision": "unsupervised",
}
DEVIATIONS = {
    "is not compared with the card": {"result": ""},
    "does not match the card": {"result": "no-match"},
    "the sample is not kept": {"sample": False},
}
NO_MATCH_POSSIBLE = {"result": "not-possible", "document": "Passport 512890034", "declared": True}
WITHOUT = {
    "a second identity document": {"document": ""},
    "the verifier's declaration": {"declared": False},
}
REASONS = {
    "there is no certificate": "no-certificate",
    "the policy is not one of hardware keys": "policy",
    "nobody has seen the applicant": "not-in-person",
    "there was no biometric comparison": "no-biometric-comparison",
    "the comparison found somebody else": "biometric-mismatch",
    "there is no sample": "biometric-sample-not-kept",
    "the identity evidence is incomplete": "identity-evidence-incomplete",
    "the applicant was not identified again": "not-re-identified",
}


@given("the operator of the registration desk has logged on with a PIV Card")
def _(desk):
    assert not desk.log_on().refused


@given("the cardholder waits at the registration desk")
def _(desk):
    desk.wait()


@given("the scanner of the phone waits for a QR code")
def _(hardware):
    hardware.open_scanner()


@given("the cardholder was registered the day before")
def _(desk, ledger):
    assert not desk.visit().refused
    ledger.remember()


@when(parsers.parse("the operator of the registration desk logs on with {means}"), target_fixture="outcome")
def _(desk, means):
    return desk.log_on(MEANS[means])


@when("the cardholder visits the registration desk", target_fixture="outcome")
def _(desk):
    return desk.visit()


@when(parsers.parse("the cardholder visits the registration desk and {what}"), target_fixture="outcome")
def _(desk, what):
    return desk.visit(**DEVIATIONS[what])


@when("the cardholder appears at a station without supervision", target_fixture="outcome")
def _(desk):
    return desk.visit(channel="unsupervised")


@when(parsers.parse("the cardholder appears {how} and fetches a hardware credential"))
def _(desk, hardware, how):
    assert not desk.visit(channel=CHANNELS[how]).refused
    hardware.fetch()


@when("the cardholder cannot be matched, shows a second identity document, and fetches a hardware credential")
def _(desk, hardware):
    assert not desk.visit(**NO_MATCH_POSSIBLE).refused
    hardware.fetch()


@when(parsers.parse("the cardholder cannot be matched and is registered without {what}"), target_fixture="outcome")
def _(desk, what):
    return desk.visit(**{**NO_MATCH_POSSIBLE, **WITHOUT[what]})


@when("the cardholder is compared with the card and fetches a hardware credential")
def _(desk, hardware):
    assert not desk.visit_again().refused
    hardware.fetch()


@when("the cardholder is compared with the sample of the day before and fetches a hardware credential")
def _(desk, hardware):
    assert not desk.visit_again(source=desk.earlier_sample()).refused
    hardware.fetch()


@when("the cardholder comes again and is not compared", target_fixture="outcome")
def _(desk):
    return desk.visit_again(result="")


@then(parsers.re("the (?:log-on|registration) is refused because (?P<reason>.+)"))
def _(outcome, ledger, judge, reason):
    judge.refusal(outcome.refused, ledger.refusal(), REASONS[reason])


@then(parsers.re("nobody (?P<more>more )?was registered"))
def _(desk, judge, more):
    judge.state(desk.registered() == (1 if more else 0), "nobody was registered")


@then("the applicant was registered by an operator who logged on with a hardware certificate")
def _(hardware, outcome):
    assert not outcome.refused
    hardware.judge("DPC-ISS-RA-01")


@then("the applicant appeared before an operator")
def _(hardware):
    hardware.judge("DPC-ISS-INPERSON-01")


@then("the record of the credential has the comparison with its result, matcher, source and operator")
def _(hardware):
    hardware.judge("DPC-ISS-BIO-01")


@then("the archive keeps the sample until three years after the certificate has expired")
def _(hardware):
    hardware.judge("DPC-ISS-BIO-02")


@then("the record has the document's number, the verifier's declaration, a sample and the time")
def _(hardware):
    hardware.judge("DPC-ISS-BIO-03")


@then("the applicant was identified by a biometric in each transaction")
def _(hardware):
    hardware.judge("DPC-ISS-BIO-04")
