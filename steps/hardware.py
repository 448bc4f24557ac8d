"""Hardware credentials: keys in modules, the devices around them, and re-key."""

from pytest_bdd import given, parsers, then, when

KEYS = {
    "of a software store": "software-key",
    "that another device's module vouches for": "another-device",
    "that a module of an unknown maker vouches for": "unknown-maker",
    "that is not the one the module vouches for": "another-key",
    "that was imported into the module": "imported-key",
    "made by the issuer": "issuer-made",
}
REASONS = {
    "nobody has seen the applicant": "not-in-person",
    "no module of the device vouches for the key": "key-attestation",
    "the key was not made in the device": "key-origin",
    "the device was issued to somebody else": "device-not-issued-to-holder",
}


@given("the cardholder has a hardware credential on the phone")
def _(hardware):
    hardware.complete()


@given("an attacker's phone has redeemed a code for a hardware credential")
def _(attacker, cast, desk, hardware):
    cast.device_manager.target(cast.cardholder)
    desk.visit()
    assert not attacker.redeem(hardware.code()).refused


@given("the inventory says that the phone was issued to a colleague")
def _(hardware):
    hardware.give_phone_to_colleague()


@given("the cardholder was registered and got a code for a hardware credential", target_fixture="hardware_code")
def _(desk, hardware):
    desk.visit()
    return hardware.code()


@when("the cardholder asks there for a hardware credential", target_fixture="outcome")
def _(hardware):
    return hardware.request()


@when("the phone scans that code", target_fixture="outcome")
def _(hardware, hardware_code):
    return hardware.scan(hardware_code)


@when(parsers.parse("the attacker asks for a hardware credential with a key {whose}"), target_fixture="outcome")
def _(attacker, whose):
    return attacker.request_hardware_certificate(KEYS[whose])


@when("the cardholder repeats the whole request at the desk")
def _(hardware):
    hardware.repeat()


@then(parsers.parse("the hardware credential is refused because {reason}"))
def _(outcome, ledger, judge, reason):
    judge.refusal(outcome.refused, ledger.refusal(), REASONS[reason])


@then("the module of the phone vouches for the certified key")
def _(hardware):
    hardware.judge("DPC-ISS-KEY-04")


@then("the phone was issued to the cardholder")
def _(hardware):
    hardware.judge("DPC-ISS-DEVICE-02")


@then("the certificate asserts the hardware policy and meets these requirements")
def _(hardware, datatable):
    hardware.judge_certificate([identifier for row in datatable[1:] for identifier in row[1].split()])
