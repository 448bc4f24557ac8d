"""What scenarios do with a token before its data are judged: one VERIFY, and none after a refusal."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.token.judge import judge_token
from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import ApduExchange
from dpc_conformance.fixtures.token_data import SecretRefused, _read, objects_table, read_token
from dpc_conformance.reference.token.virtual_token import cast_token
from dpc_conformance.roles.cast import TokenCast, Trust
from dpc_conformance.roles.errors import NotSupported, WrongPin


@pytest.fixture
def cast(tokens):
    """A token with whom it takes to read it; CRLs come without a server."""
    context = tokens.context()
    made = cast_token(tokens.mould, SeededEntropy("a token"), tokens.pool)
    trust = Trust(context.trust_anchors, context.intermediates, lambda _: context.crls, lambda _: None, False)
    return TokenCast(RunClock(context.moment), Recorder(), made.in_hand(lambda: None), trust)


def verifications(cast):
    """How many times a secret was sent."""
    exchanges = cast.recorder.of(ApduExchange)
    return len([each for each in exchanges if each.name == "VERIFY (redacted)"])


def test_what_was_read_is_enough_to_judge_everything(cast):
    data = read_token(cast)
    outcomes = {each.outcome for each in judge_token(data.reading, data.context)}
    assert outcomes == {Outcome.HOLDS, Outcome.DOES_NOT_APPLY}
    assert verifications(cast) == 1


def test_a_token_without_contactless_interface_leaves_that_open(cast):
    def contacts_only():
        raise NotSupported("the token", "be held to a contactless reader")

    cast.token = replace(cast.token, contactless=contacts_only)
    data = read_token(cast)
    unclear = [each for each in judge_token(data.reading, data.context) if each.outcome is Outcome.CANNOT_TELL]
    assert [each.requirement for each in unclear] == ["DPC-APP-OBJ-CERT-02"]


def test_a_refused_secret_is_not_tried_again(cast):
    cast.token = replace(cast.token, secrets=replace(cast.token.secrets, activation_secret="wrong1"))
    request, memory = SimpleNamespace(getfixturevalue=lambda _: cast), {}
    with pytest.raises(WrongPin):
        _read(request, memory)
    for _ in range(5):
        with pytest.raises(SecretRefused):
            _read(request, memory)
    assert verifications(cast) == 1


def test_the_table_of_what_was_read(cast):
    table = objects_table(read_token(cast).reading)
    rows = {line.split()[0]: line for line in table.splitlines()}
    assert rows["5FC105"].split()[-1] == "6982"
    assert "9000 (20)" in rows["7E"]
    assert "6A82" in rows["5FC103"]
    assert cast.token.secrets.activation_secret not in table
