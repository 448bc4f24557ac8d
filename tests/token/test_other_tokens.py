"""Tokens that are other than the reference and just as right: no table of the features turns red on them."""

from types import SimpleNamespace

import pytest
from pytest_bdd.feature import get_features

from dpc_conformance import HOME
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.checks.finding import CannotTell, DoesNotApply
from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.faults.token.declaring import wrap_handler
from dpc_conformance.fixtures.token import TokenInHand
from dpc_conformance.fixtures.token_bench import TokenBench
from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.administration import WITNESS, AdministrationKey
from dpc_conformance.reference.card.wire import Refused
from dpc_conformance.reference.token.mould import ALGORITHMS, mould
from dpc_conformance.reference.token.virtual_token import VirtualToken, cast_token

from .conftest import START

SCENARIOS = {
    scenario.name: scenario
    for file in sorted((HOME / "features" / "token").glob("0*.feature"))
    for feature in get_features([str(file)])
    for scenario in feature.scenarios.values()
}
GIVEN = {
    "the derived PIV application is selected": lambda hand: hand.begin(),
    "the token management key was authenticated": lambda hand: hand.manager.authenticate(),
}


class Judge:
    def __init__(self):
        self.made = {}

    def expect(self, requirement, holds, where, expected, actual=""):
        self.made[requirement] = holds or f"{where}: expected {expected}, found {actual}"

    def answer(self, requirement, answer, *_):
        self.made[requirement] = type(answer)

    def show(self, *_):
        pass


@pytest.fixture
def judged(tokens):
    """What a scenario says of each of its requirements on a token that `change` was done to."""

    def judged(name, change, of_mould=tokens.mould):
        token = cast_token(of_mould, SeededEntropy("a token"), tokens.pool)
        change(token)
        cast = SimpleNamespace(token=token.in_hand(lambda: None), recorder=Recorder(), clock=RunClock(START))
        hand, judge, scenario = TokenInHand(cast, {}), Judge(), SCENARIOS[name]
        bench = TokenBench(hand, judge, tuple(tag for tag in scenario.tags if tag in load_catalogue()), {})
        for step in scenario.steps:
            if step.datatable:
                bench.table([[cell.value for cell in row.cells] for row in step.datatable.rows])
            else:
                GIVEN[step.name](hand)
        return judge.made

    return judged


def makes_rsa_keys_only(token: VirtualToken) -> None:
    """It says that it does not know a mechanism before it looks at who asks, and where for."""

    def make(application, command, before):
        if command.data[4:] != bytes([containers.RSA_2048]):
            raise Refused(status_words.WRONG_DATA)
        return before(application, command)

    wrap_handler(token, containers.GENERATE_KEY_PAIR, make)


def has_much_room(token: VirtualToken) -> None:
    token.application.objects.capacities[containers.RETIRED_CERTIFICATES[-1].tag] = 1 << 16


@pytest.mark.parametrize(
    ("name", "requirement"),
    [
        ("Only the administrator replaces a key", "DPC-APDU-GEN-01"),
        ("Unknown mechanisms and references are refused", "DPC-APDU-GEN-03"),
        ("Retired keys are not generated on the token", "DPC-APDU-GEN-06"),
        ("There is no card authentication key", "DPC-APP-KEYREF-02"),
    ],
)
def test_a_token_that_makes_rsa_keys_only_is_asked_for_such(tokens, judged, monkeypatch, name, requirement):
    monkeypatch.setitem(ALGORITHMS, containers.PIV_AUTHENTICATION_KEY, "RSA-2048")
    with_rsa = mould(tokens.pki, START, SeededEntropy("RSA"), tokens.pool, containers.DERIVED_PIV_AID)
    assert judged(name, makes_rsa_keys_only, with_rsa) == {requirement: True}


def test_a_token_with_room_for_the_largest_object_leaves_open_what_it_does_with_a_larger_one(judged):
    assert judged("What is too large is refused, and the old object stays", has_much_room) == {
        "DPC-APDU-PUT-03": CannotTell
    }


class GivesNoWitness(AdministrationKey):
    def step(self, asked):
        if asked == {WITNESS: b""}:
            raise Refused(status_words.WRONG_DATA)
        return super().step(asked)


def test_a_token_that_does_not_authenticate_itself_gives_no_witness(judged):
    def change(token: VirtualToken) -> None:
        key = token.application.administration
        token.application.administration = GivesNoWitness(key.algorithm, key.secret, key.entropy)

    assert judged("Each witness is fresh and is answered once", change) == {"DPC-APDU-GA-11": DoesNotApply}
