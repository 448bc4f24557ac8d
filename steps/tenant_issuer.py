"""The issuer in the device manager is deleted, added again, or exchanged for another."""

from pytest_bdd import given, then, when


@given("the derived credential opens the web application")
def _(tenant_issuer):
    assert tenant_issuer.credential_signs_in()


@when("the administrator deletes the issuer")
def _(tenant_issuer):
    tenant_issuer.delete()


@when("the administrator deletes the issuer and adds it again at once")
def _(tenant_issuer):
    tenant_issuer.delete_and_add_again()


@when("the administrator deletes the issuer and adds another one")
def _(tenant_issuer):
    tenant_issuer.change()


@when("the phone checks in")
def _(cast):
    cast.phone.check_in()


@then("the derived credential opens the web application no more")
def _(tenant_issuer):
    assert not tenant_issuer.credential_signs_in()


@then("no private key of the organisation is left on the phone")
def _(cast, judge):
    expected = "no private key of a credential that the organisation has taken away"
    judge.expect("DPC-LC-DESTROY-01", not cast.phone.private_keys(), "the phone's key store", expected)


@then("no profile that uses the credential is on the phone")
def _(device_policies):
    assert not device_policies.on_phone()


@when("the administrator edits the description of the profile for Wi-Fi")
def _(device_policies):
    device_policies.edit("Wi-Fi", description="Edited after the issuer was added again")


@then("the profile for Wi-Fi alone is back on the phone")
def _(device_policies):
    assert device_policies.on_phone() == (device_policies.profiles["Wi-Fi"],)


@when("the cardholder follows the message and sets up a credential of that issuer")
def _(tenant_issuer):
    tenant_issuer.set_up_with_another()


@then("the phone holds a credential of that issuer")
def _(tenant_issuer):
    assert tenant_issuer.holds_credential_of_another()
