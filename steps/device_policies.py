"""Profiles of the device manager: assigned, edited, told, and found on the phone."""

from pytest_bdd import given, parsers, then, when

ALL = ("Wi-Fi", "VPN", "mail", "app")


@given(parsers.re("the organisation notifies (?P<ways>in the app only|by e-mail only)"))
def _(device_policies, ways):
    device_policies.notify(ways)


@when(parsers.re("the administrator assigns (?:a|an) (?P<purpose>Wi-Fi|VPN|mail|app) profile that uses the credential"))
def _(device_policies, purpose):
    device_policies.deploy(purpose)


@when("the administrator assigns a profile that uses another certificate")
def _(device_policies):
    device_policies.deploy_without_credential()


@given(parsers.re("the (?P<purpose>Wi-Fi|app) profile is on the phone"))
def _(device_policies, cast, purpose):
    device_policies.deploy(purpose)
    cast.phone.check_in()
    assert device_policies.is_on_phone(purpose)
    device_policies.news.since_last_look()


@given("profiles for Wi-Fi, VPN, mail and apps are on the phone")
def _(device_policies, cast):
    device_policies.deploy(*ALL)
    cast.phone.check_in()
    assert all(device_policies.is_on_phone(purpose) for purpose in ALL)


@given(parsers.parse('the app profile grants the credential to "{app}" silently'))
def _(device_policies, cast, app):
    device_policies.edit("app", granted_silently=(app,))
    cast.phone.check_in()


@when("the administrator edits the name of the network in the profile")
def _(device_policies):
    device_policies.edit("Wi-Fi", ssid="dpc-office-2")


@then(parsers.re("the cardholder is told once (?P<ways>in the app only|by e-mail only|in the app and by e-mail)"))
def _(news, ways):
    assert news.told_once(ways)


@then("the profile is on the phone as soon as the cardholder follows the message")
def _(device_policies):
    assert device_policies.follow_to_the_profile("Wi-Fi")


@then(parsers.parse('the message opens "{title}"'))
def _(news, title):
    assert news.follow().title == title


@then("every profile on the phone uses the new credential")
def _(device_policies):
    assert len(device_policies.on_phone()) == len(ALL)
    assert device_policies.use_current_credential()
