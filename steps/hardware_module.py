"""What a hardware module does and does not do: re-key, key history, orders of strangers."""

from pytest_bdd import given, parsers, then, when

REASONS = {"there is no certificate": "no-certificate", "the module is another one": "another-module"}


@given("an earlier hardware key of the cardholder is in escrow", target_fixture="earlier_key")
def _(key_recovery):
    return key_recovery.earlier_key(hardware=True)


@given("the phone has replaced the hardware credential")
@when("the phone replaces the hardware credential", target_fixture="outcome")
def _(module_use):
    return module_use.rekey()


@when("a stranger orders the module to make a key")
def _(module_use):
    module_use.stranger_orders_a_key()


@when("the cardholder repeats everything the next day for another phone")
def _(hardware):
    hardware.enrol_another_phone()


@when(
    "the phone asks for a hardware credential in the module of another phone in place of its own",
    target_fixture="outcome",
)
def _(hardware):
    return hardware.rekey_into_another_phone()


@when("somebody offers the module a bare key and asks for the recovered one back")
def _(module_use, earlier_key):
    module_use.offer_bare_key()
    module_use.read_back(earlier_key)


@when("the phone asks for the earlier hardware key and names a key outside its module", target_fixture="outcome")
def _(module_use, key_recovery, earlier_key):
    assert not key_recovery.recover(earlier_key).refused
    module_use.recovered_into_module()
    key_recovery.remember()
    return module_use.recover_outside(earlier_key)


@when("the cardholder gets a reset code at the kiosk and tries it on the phone")
def _(secret_reset, ledger):
    code = secret_reset.code_at_the_kiosk()
    ledger.remember()
    secret_reset.with_code(code)


@then("the phone holds a hardware credential for a new key")
def _(outcome, cast):
    assert not outcome.refused, outcome
    assert len([held for held in cast.phone.credentials() if held.usage == "authentication"]) == 1


@then("module and issuer had authenticated each other")
def _(hardware):
    hardware.judge("DPC-LC-REKEY-02")


@then("the credential on the other phone has evidence of its own")
def _(hardware):
    hardware.judge("DPC-LC-REKEY-03")


@then("the key history reached the module protected and stays in it")
def _(hardware):
    hardware.judge("DPC-KM-REC-06")


@then(parsers.parse("the re-key is refused because {reason}"))
def _(outcome, ledger, judge, reason):
    judge.refusal(outcome.refused, ledger.refusal(), REASONS[reason])


@then("the reset is refused because the credential is in hardware")
def _(ledger, judge):
    judge.refusal(not ledger.accepted("reset"), ledger.refusal(), "reset-not-possible")
