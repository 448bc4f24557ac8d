"""Profiles of the device manager: assigned, edited, told, and found on the phone."""

from pytest_bdd import given, parsers, then, when


@given(parsers.re("the organisation notifies (?P<ways>in the app only|by e-mail only)"))
def _(device_policies, ways):
    device_policies.notify(ways)


@when(parsers.parse("the administrator assigns a profile for {purpose} that uses the credential"))
def _(device_policies, purpose):
    device_policies.deploy(purpose)


@when("the administrator assigns a profile that uses another certificate")
def _(device_policies):
    device_policies.deploy_without_credential()


@given(parsers.parse("the profile for {purpose} is on the phone"))
def _(device_policies, cast, purpose):
    device_policies.deploy(purpose)
    cast.phone.check_in()
    assert device_policies.profiles[purpose] in device_policies.on_phone()
    device_policies.news.since_last_look()


@given("a profile for each purpose is assigned to the cardholder")
def _(device_policies):
    device_policies.deploy(*device_policies.profiles)


@given(parsers.parse('the profile for apps grants the credential to "{app}" silently'))
def _(device_policies, cast, app):
    device_policies.edit("apps", granted_silently=(app,))
    cast.phone.check_in()


@when("the administrator edits the name of the network in the profile")
def _(device_policies):
    device_policies.edit("Wi-Fi", ssid="dpc-office-2")


@then(parsers.re("the cardholder is told once (?P<ways>in the app only|by e-mail only)"))
def _(news, ways):
    assert news.since_last_look() == news.one(ways)


@then("the cardholder is told once")
def _(news):
    assert news.since_last_look() == news.one_as_configured()


@then("the profile is on the phone as soon as the cardholder follows the message")
def _(device_policies):
    assert device_policies.profiles["Wi-Fi"] in device_policies.follow_message()


@then("the message opens the smart card setup")
def _(news, cast):
    assert news.follow().title == cast.captions.set_up


@then("every profile on the phone uses the new credential")
def _(device_policies):
    assert set(device_policies.on_phone()) == set(device_policies.profiles.values())
    assert not device_policies.without_current_credential()
