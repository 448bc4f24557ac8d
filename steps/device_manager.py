"""What the administrator of the device manager does and sees."""

from dataclasses import replace

import pytest
from pytest_bdd import given, then, when


@when("the administrator looks at the derived-credential setting", target_fixture="setting")
def _(cast):
    return cast.device_manager.setting()


@then("it names the issuer, the display name and the notification types")
def _(setting, cast):
    assert setting.issuer_address == cast.issuer.enrolment_address
    assert setting.display_name
    assert setting.notification_types == {"app", "e-mail"}


@when("the administrator configures another issuer", target_fixture="setting")
def _(cast):
    before = cast.device_manager.setting()
    with pytest.raises(ValueError, match="already"):
        cast.device_manager.configure_issuer(replace(before, issuer_address=cast.another_issuer().enrolment_address))
    return before


@then("the device manager keeps the issuer it had")
def _(setting, cast):
    assert cast.device_manager.setting() == setting


@then("the device manager lists the phone as the cardholder's")
def _(cast):
    listed = [(each.device_id, each.state) for each in cast.device_manager.devices_of(cast.cardholder)]
    assert listed == [(cast.phone.device_id, "enrolled")]


@then("the device manager lists no phone of the cardholder")
def _(cast):
    assert not cast.device_manager.devices_of(cast.cardholder)


@given("the cardholder is targeted by a policy that needs a derived credential")
def _(cast):
    cast.device_manager.target(cast.cardholder)


@given("the phone does not comply with the organisation's policy")
def _(cast):
    cast.device_manager.find_compliant(cast.cardholder, False)


@when("the phone complies with the organisation's policy")
def _(cast):
    cast.device_manager.find_compliant(cast.cardholder, True)


@given("the organisation has no instructions of its own")
def _(cast):
    cast.device_manager.configure_issuer(replace(cast.device_manager.setting(), help_url=None))


@given("the organisation's policy blocks the camera")
def _(cast):
    cast.device_manager.allow_camera(False)


@when("the administrator retires the phone")
def _(cast):
    [device] = cast.device_manager.devices_of(cast.cardholder)
    cast.device_manager.retire(device.device_id)


@when("the cardholder removes the phone in Company Portal")
def _(cast):
    cast.phone.open_company_portal()
    cast.phone.choose("Remove device")


@then("no certificate and no profile of the organisation is left on the phone")
def _(cast):
    assert not cast.phone.credentials()
    assert not cast.phone.profiles()
