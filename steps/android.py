"""What only a phone with Android Enterprise has."""

from pytest_bdd import given


@given("the phone runs Android Enterprise")
def _(phone_platform):
    phone_platform.take("android")
