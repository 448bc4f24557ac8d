"""Retry counters: down with each wrong PIN, up again with a right one, never up by a reset."""

import pytest

from dpc_conformance.formats import containers
from dpc_conformance.protocols.piv_card import CardError, PivCard
from dpc_conformance.reference.card.pins import Pin
from dpc_conformance.roles.errors import PinBlocked, WrongPin

PIN, OTHER = "246801", "135790"


def attempts_after_wrong_pin(piv):
    with pytest.raises(WrongPin) as wrong:
        piv.verify_pin(OTHER)
    return wrong.value.attempts_left


def test_it_goes_down_to_blocked_and_then_the_right_pin_does_not_help(piv):
    assert [attempts_after_wrong_pin(piv) for _ in range(3)] == [2, 1, 0]
    for pin in (OTHER, PIN):
        with pytest.raises(PinBlocked):
            piv.verify_pin(pin)
    assert piv.attempts_left() == 0


def test_a_malformed_pin_on_a_blocked_card_is_blocked_too(piv, ask):
    for _ in range(3):
        attempts_after_wrong_pin(piv)
    assert ask("002000800531323334FF") == ("", "6983")


def test_the_right_pin_restores_it(piv):
    attempts_after_wrong_pin(piv)
    assert piv.attempts_left() == 2
    piv.verify_pin(PIN)
    assert piv.attempts_left() is None
    piv.log_out()
    assert piv.attempts_left() == 3


def test_a_malformed_pin_is_no_attempt(piv):
    for pin in ("12345", "123456789", "12345a", ""):
        with pytest.raises(CardError) as refused:
            piv.verify_pin(pin)
        assert refused.value.status == 0x6A80
    assert piv.attempts_left() == 3


def test_reset_forgets_the_pin_but_not_the_counter(piv):
    piv.verify_pin(PIN)
    attempts_after_wrong_pin(piv)
    piv.reset()
    piv.select()
    assert piv.attempts_left() == 2
    piv.verify_pin(PIN)
    piv.reset()
    piv.select()
    assert piv.attempts_left() == 3


def test_the_global_pin_opens_the_card_where_discovery_prefers_it(card, recorder, clock):
    application = card.application
    application.objects.put(containers.DISCOVERY, bytes.fromhex("4F0BA0000003080000100001005F2F026020"))
    application.pins.by_reference[containers.GLOBAL_PIN] = Pin("975310")
    piv = PivCard(card, recorder, clock)
    piv.select()
    assert piv.pin_reference() == containers.GLOBAL_PIN
    with pytest.raises(WrongPin):
        piv.verify_pin(PIN)
    assert (piv.attempts_left(), piv.attempts_left(containers.APPLICATION_PIN)) == (2, 3)
    piv.verify_pin("975310")
    assert piv.read(containers.FINGERPRINTS.tag)
