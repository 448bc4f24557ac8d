"""Which activation secrets the phone lets a person choose."""

import pytest

from dpc_conformance.reference.phone.activation import SecretNotAllowed, SecretRules

NAMES = ("acct-alex", "Alex Archer", "alex@agency.example")


@pytest.mark.parametrize("secret", ["plum-orbit-42", "730184", "Tr0ub4", "ünïcödé", "abcdeg", "135791"])
def test_a_decent_secret_is_taken(secret):
    SecretRules().check(secret, "271828", NAMES)


@pytest.mark.parametrize(
    "secret",
    ["", "73018", "000000", "121212", "1212121", "abcabc", "123456", "987654", "567890", "abcdef", "FEDCBA", "Password"]
    + ["Archer1!", "xxALEXxx", "agency77", "271828"],
)
def test_a_poor_secret_is_refused_without_being_repeated(secret):
    with pytest.raises(SecretNotAllowed) as refused:
        SecretRules().check(secret, "271828", NAMES)
    assert not secret or secret not in str(refused.value)
