"""Authenticators in place of certificates."""

from pytest_bdd import given, parsers, then, when

KINDS = {
    "that is unlocked": "multi-factor",
    "without attestation": "without-attestation",
    "that attests itself": "self-attested",
    "that another maker attested": "falsely-attested",
    "of a model that is not listed": "unlisted-model",
    "of a model without FIPS 140 data": "model-without-fips",
    "with the identifier of the bound one": "same-identifier",
}


@when(
    parsers.re(f"the cardholder binds an authenticator (?P<which>{'|'.join(KINDS)})"),
    target_fixture="outcome",
)
def _(authenticators, which):
    return authenticators.bind(KINDS[which])


@when("the cardholder binds an authenticator that is touched, with a password", target_fixture="outcome")
def _(authenticators):
    return authenticators.bind("single-factor", authenticators.password)


@when("the cardholder binds an authenticator that is touched, without a password", target_fixture="outcome")
def _(authenticators):
    return authenticators.bind("single-factor")


@when(
    "the cardholder binds an authenticator that is touched, and enters another password when it is used",
    target_fixture="outcome",
)
def _(authenticators):
    return authenticators.bind("single-factor", authenticators.password, authenticators.wrong)


@given("the cardholder has bound an authenticator that is unlocked")
def _(authenticators):
    authenticators.have_bound("multi-factor")


@given("the cardholder has bound an authenticator that is touched, with a password")
def _(authenticators):
    authenticators.have_bound("single-factor", authenticators.password)


@then("the account holds an authenticator of an approved model with two factors, which was used once")
def _(authenticators, judge):
    authenticators.look()
    judge.flow("DPC-ISS-NONPKI-01", "DPC-ISS-NONPKI-02")


@then("the cardholder is told of the authenticator at the address in the account")
def _(cast, judge):
    cast.phone.mail()
    judge.flow("DPC-ISS-NOTIFY-01")


@then("no authenticator was bound")
def _(authenticators, judge):
    judge.state(authenticators.nothing_bound(), "the account holds what it held before")


@given("it signs the cardholder in at the identity provider")
def _(authenticators):
    authenticators.sign_in_works()


@when("the cardholder removes it at the kiosk and binds another one")
def _(authenticators):
    authenticators.remove()
    authenticators.have_bound("single-factor", authenticators.password)


@when("somebody signs in at the identity provider with the one that was removed", target_fixture="outcome")
def _(authenticators):
    authenticators.kind = "multi-factor"
    return authenticators.sign_in()


@when("somebody signs in at the identity provider with the authenticator", target_fixture="outcome")
def _(authenticators):
    return authenticators.sign_in()


@then("the account has ended the one, and PKI-AUTH has authorised the other")
@then("the authenticators in the account are those that were bound")
def _(authenticators, judge):
    authenticators.look()
    judge.flow("DPC-LC-NONPKI-01")


@then("the account has ended its authenticators")
def _(authenticators, judge):
    authenticators.sign_in()
    authenticators.look()
    judge.flow("DPC-LC-NONPKI-01")


@when("the relying party of another agency has the authenticator verified", target_fixture="outcome")
def _(authenticators):
    return authenticators.have_foreigner_verify()


@when("the relying party of another agency reports an authenticator for the account", target_fixture="outcome")
def _(authenticators):
    return authenticators.have_foreigner_register()


@then("nobody was signed in with it")
def _(authenticators, judge):
    judge.state(authenticators.nobody_signed_in(), "nobody was signed in")
    judge.flow("DPC-LC-NONPKI-02")


@when("the cardholder signs in at the kiosk and changes the password with the current one", target_fixture="outcome")
def _(authenticators):
    return authenticators.change_password(authenticators.password)


@when("somebody at the kiosk changes the password with a wrong one", target_fixture="outcome")
def _(authenticators):
    return authenticators.change_password(authenticators.wrong)


@when("somebody changes the password in a session that no client authenticated", target_fixture="outcome")
def _(authenticators):
    return authenticators.change_password_without_session()


@then("the new password counts, and the former one does not")
def _(authenticators, outcome, judge):
    assert not outcome.refused
    assert authenticators.password_is(authenticators.other, authenticators.password)
    judge.flow("DPC-LC-NONPKI-03")


@then("the password is the one that was")
def _(authenticators, judge):
    judge.state(authenticators.password_is(authenticators.password, authenticators.other), "the password is as it was")
    judge.flow("DPC-LC-NONPKI-03")
