"""The organisation's apps, and their use of the derived credential."""

from pytest_bdd import given, parsers, then, when


@given(parsers.re('the organisation offers the app "(?P<app>[^"]+)"'))
def _(managed_apps, app):
    managed_apps.offer(app)


@given(parsers.parse('the organisation offers the app "{app}" to another person'))
def _(managed_apps, app):
    managed_apps.offer_to_another(app)


@then(parsers.parse('Company Portal offers "{app}" and nothing else'))
def _(managed_apps, app):
    assert managed_apps.offered() == (app,)


@given("the cardholder has installed the app")
@when("the cardholder installs the app in Company Portal")
def _(managed_apps):
    managed_apps.install()


@when("the cardholder removes the app in Company Portal")
def _(managed_apps):
    managed_apps.remove()


@then("the app is on the phone")
def _(managed_apps):
    assert managed_apps.is_installed()


@then("the app is not on the phone any more")
def _(managed_apps):
    assert not managed_apps.is_installed()


@when("the cardholder opens the app with the activation secret", target_fixture="screen")
def _(managed_apps):
    return managed_apps.open()


@then("the phone asks whether the app may use the credential")
def _(screen, managed_apps):
    assert {"Allow", "Don’t Allow"} <= set(screen.choices)
    assert not managed_apps.sign_ins()


@when("the cardholder opens the app with the activation secret, and allows what it asks for")
def _(managed_apps):
    managed_apps.open(allow=True)


@when(parsers.re("the cardholder answers “(?P<caption>.+)”"), target_fixture="screen")
def _(managed_apps, screen, caption):
    return managed_apps.answer(screen, caption)


@then("the app greets the cardholder")
def _(screen, cast):
    assert cast.cardholder.common_name in screen.text


@then("the app has signed nobody in")
def _(managed_apps):
    assert not managed_apps.sign_ins()


@when("the cardholder opens the app with the activation secret and then without it")
def _(managed_apps):
    managed_apps.open(allow=True)
    managed_apps.open(secret_given=False, allow=True)


@then("the app signed in once, with the activation secret")
def _(judge):
    judge.flow("DPC-ACT-EACH-01")
