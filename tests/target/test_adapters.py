"""Cards and tokens in a reader behind the roles: what the adapters see, and what they refuse."""

import re
import uuid

import pytest
from cards_in_reader import MOMENT, card_named

from dpc_conformance.adapters.registry import adapters_of, real_cards
from dpc_conformance.casting import Stage
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.roles.errors import NotSupported, Unreachable
from dpc_conformance.target import TargetError, load_target

WRITING = ("24", "2c", "db", "47")


def serial_of(target) -> uuid.UUID:
    [real] = real_cards(load_target(target))
    return real.serial


def sent(log) -> list[str]:
    return log.read_text().split()


def test_a_token_in_a_reader_is_known_by_the_uuid_of_its_certificate(token_target, reader_log):
    [real] = real_cards(load_target(token_target))
    assert (real.role, real.reader, real.allowed) == ("token", "Memory", False)
    assert isinstance(real.serial, uuid.UUID)
    assert str(real.serial) in str(real)
    assert {command[2:4] for command in sent(reader_log)} <= {"a4", "cb", "c0"}


def test_a_card_in_a_reader_is_known_by_its_guid(card_target, card, reader_log):
    [real] = real_cards(load_target(card_target))
    assert (real.role, real.expendable) == ("card", False)
    assert isinstance(real.serial, uuid.UUID)
    assert {command[2:4] for command in sent(reader_log)} <= {"a4", "cb", "c0"}


def test_the_token_of_a_scenario_is_the_one_in_the_reader(token_target, token):
    target = load_target(token_target)
    assert not target.all_reference
    stage = Stage(target, MOMENT, "x")
    try:
        with stage.token(recorder := Recorder(), "a scenario") as cast:
            edge = PivCard(cast.token.card, recorder, cast.clock)
            edge.select(cast.token.aid)
            edge.verify_pin(cast.token.secrets.activation_secret, 0x80)
            assert not cast.token.may_be_changed
            assert not cast.token.expendable
            with pytest.raises(NotSupported):
                cast.token.another()
            with pytest.raises(NotSupported, match="no contactless_reader"):
                cast.token.contactless()
            with pytest.raises(NotSupported, match="be changed"):
                cast.token.card.transmit(bytes.fromhex("00DB3FFF055C035FC10500"))
            assert recorder.redact(f"x{token.secrets.unblocking_key.hex()}x") == "x(redacted)x"
    finally:
        stage.close()


def test_with_consent_the_token_may_be_changed_and_still_not_ruined(token_target, token):
    serial = serial_of(token_target)
    target = load_target(token_target).choosing(allow_destructive=[serial.hex])
    stage = Stage(target, MOMENT, "x")
    try:
        with stage.token(Recorder(), "a scenario") as cast:
            assert cast.token.may_be_changed
            assert not cast.token.expendable
            PivCard(cast.token.card, cast.recorder, cast.clock).select(cast.token.aid)
            answer = cast.token.card.transmit(bytes.fromhex("00DB3FFF075C035FC1055300"))
            assert answer[-2:].hex() == "6982"
    finally:
        stage.close()


def test_the_journey_goes_with_the_card_in_the_reader(card_target, card):
    stage = Stage(load_target(card_target), MOMENT, "x")
    try:
        with stage.scene(Recorder(), "a scenario") as cast:
            assert cast.pin == card.pin
            outcome = cast.workstation.browse(cast.issuer.kiosk_address)
            assert outcome.status == 200
            edge = PivCard(cast.card, cast.recorder, cast.clock)
            edge.select()
            edge.verify_pin(cast.pin)
            with pytest.raises(NotSupported, match="a wrong PIN"):
                edge.verify_pin("999999")
            with pytest.raises(NotSupported, match="the card in the reader cannot be revoked"):
                cast.card_stock.revoke("good")
    finally:
        stage.close()


@pytest.mark.parametrize("held", ["token", "card"])
def test_another_card_on_the_contactless_reader_is_left_alone(token_target, token, held, monkeypatch, reader_log):
    """Consent is for one token: what lies on the second reader may be somebody else's."""
    token_target.write_text(token_target.read_text().replace('"Memory"', '"Memory"\ncontactless_reader = "Memory"'))
    serial = serial_of(token_target)
    stage = Stage(load_target(token_target).choosing(allow_destructive=[serial.hex]), MOMENT, "x")
    try:
        with stage.token(Recorder(), "a scenario") as cast:
            monkeypatch.setattr("smartcard.System.in_reader", lambda: card_named(held))
            if held == "token":
                assert cast.token.contactless().transmit(bytes.fromhex("00DB3FFF075C035FC1055300"))[-2:]
            else:
                with pytest.raises(Unreachable, match="the run began with"):
                    cast.token.contactless()
                assert {command[2:4] for command in sent(reader_log)} <= {"a4", "cb", "c0"}
    finally:
        stage.close()


def test_another_card_in_the_reader_ends_the_scenario(token_target, monkeypatch):
    stage = Stage(load_target(token_target), MOMENT, "x")
    try:
        monkeypatch.setattr("smartcard.System.in_reader", lambda: card_named("card"))
        with (
            pytest.raises(Unreachable, match="the run began with"),
            stage.token(Recorder(), "a scenario"),
        ):
            pytest.fail("the scenario began")
    finally:
        stage.close()


def test_an_empty_reader_is_told_in_a_sentence(token_target, card_target, monkeypatch):
    monkeypatch.setenv("READER_HOLDS", "nothing")
    for target, role in ((token_target, "token"), (card_target, "card")):
        with pytest.raises(TargetError, match=rf"roles\.{role}\.reader: there is no card in the reader$"):
            adapters_of(load_target(target))


def test_a_reader_that_is_not_there_is_told_in_a_sentence(token_target):
    token_target.write_text(token_target.read_text().replace('"Memory"', '"Desk"'))
    with pytest.raises(TargetError, match=re.escape("there are: Memory Reader 00 00")):
        adapters_of(load_target(token_target))


def test_a_token_that_was_pulled_ends_the_scenario(token_target, monkeypatch):
    stage = Stage(load_target(token_target), MOMENT, "x")
    try:
        monkeypatch.setenv("READER_HOLDS", "nothing")
        with pytest.raises(Unreachable, match="there is no card in the reader"), stage.token(Recorder(), "a scenario"):
            pytest.fail("the scenario began")
    finally:
        stage.close()


def test_a_serial_number_that_no_card_has_is_refused(token_target):
    other = uuid.UUID(int=1)
    with pytest.raises(TargetError, match=f"--allow-destructive {other}: expected .* there is the token in reader"):
        real_cards(load_target(token_target).choosing(allow_destructive=[str(other)]))


def test_with_the_reference_there_is_nothing_to_allow():
    with pytest.raises(TargetError, match="no role of the target is in a reader"):
        real_cards(load_target().choosing(allow_destructive=[str(uuid.UUID(int=1))]))
    assert real_cards(load_target()) == ()
