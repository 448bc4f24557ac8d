"""Which second looks at the card are those that each credential needs."""

import pytest
from timelines import AT, CARD, DAY, HOUR, credential, entry, facts, number

from dpc_conformance.checks.flow.lifecycle import serial
from dpc_conformance.checks.flow.second_look import looks_again_after_seven_days


def looked(at=AT + 7 * DAY, subject=None, outcome="accepted", reason=""):
    return entry("re-check", subject or number(), at, "issuer", outcome, reason=reason)


def answer(*audit, credentials=None, now=AT + 9 * DAY):
    return looks_again_after_seven_days(facts(audit=audit, credentials=credentials or [credential()], now=now))


def test_each_credential_is_looked_at_again():
    assert answer(looked()) is None
    assert answer(looked(subject=number("another phone")))
    assert answer(looked(), credentials=[credential(), credential("another phone")])
    assert answer(looked(AT + 6 * DAY))


@pytest.mark.parametrize("status", ["revoked", "delivered"])
def test_a_look_that_finds_a_revoked_card_is_acted_on(status):
    found = looked(AT + 7 * DAY + HOUR, outcome="refused", reason="revoked")
    assert bool(answer(looked(), found, credentials=[credential(status=status)])) is (status != "revoked")
    reviewed = entry("open-review", number(), AT + 7 * DAY + HOUR, "issuer")
    assert answer(found, reviewed, credentials=[credential(status=status)]) is None


def test_a_look_may_be_repeated_until_the_status_is_known():
    unknown = looked(outcome="refused", reason="status-unavailable")
    assert answer(unknown, looked(AT + 7 * DAY + HOUR)) is None
    assert answer(unknown)


def test_what_is_young_or_revoked_already_needs_no_second_look():
    young = credential("another phone", AT + 5 * DAY)
    assert answer(looked(), credentials=[credential(), young]) is None
    assert answer(credentials=[young])
    revoked = credential("another phone", status="revoked")
    ended = entry("revoke", number("another phone"), AT + 3 * DAY, "issuer")
    assert answer(looked(), ended, credentials=[credential(), revoked]) is None
    assert answer(looked(), credentials=[credential(), revoked])


def test_the_card_that_authorised_stands_for_its_credential():
    assert answer(looked(subject=serial(CARD))) is None
