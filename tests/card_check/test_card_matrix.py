"""Each seeded defect of a card, without servers: the judge of card data finds exactly what the defect names."""

from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.judge import judge_card
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.judgement import Evaluated
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.faults.registry import faults
from dpc_conformance.formats import containers
from dpc_conformance.protocols.card_reading import read_everything
from dpc_conformance.reference.card.stock import ReferenceCardStock
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder
from dpc_conformance.reference.pki.status import StatusService

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
BY_DOING = {"PIV-SRC-AUTHCERT-04", "PIV-SRC-DISC-02", "PIV-SRC-PIVAUTHCERT-PUB-01"}
"""What shows only when a PIN is tried or somebody signs in: features/card does that."""
FAULTS = {each.name: each for each in faults() if each.folder == "card" and not each.trips & BY_DOING}


@dataclass
class Bench:
    """What a defect of card data needs of a Scene; nothing of it listens on a port."""

    stage: SimpleNamespace
    clock: RunClock
    entropy: SeededEntropy
    stock: ReferenceCardStock
    status: StatusService

    def judged(self) -> dict[str, Evaluated]:
        card, pin = self.stock.take("good")
        aids, entropy = (containers.DERIVED_PIV_AID,), self.entropy.branch("challenges")
        reading = read_everything(card, Recorder(), self.clock, entropy, other_aids=aids, pin=pin)
        return {each.requirement: each for each in judge_card(reading, self._context())}

    def _context(self) -> CardContext:
        pki = self.stage.pki
        crls = [self.status.crls.crl(each, self.clock.now()) for each in pki.authorities]
        return CardContext(
            self.clock.now(),
            (pki.trust_anchor.public_bytes(Encoding.DER),),
            tuple(each.public_bytes(Encoding.DER) for each in pki.intermediates()),
            tuple(crls),
        )


@pytest.fixture(scope="module")
def stage():
    pool = KeyPool(default_folder())
    return SimpleNamespace(pool=pool, pki=TestPki(START, machine_now(), SeededEntropy("pki"), pool))


@pytest.fixture
def bench(stage):
    clock, entropy = RunClock(START), SeededEntropy("card matrix")
    status = StatusService(stage.pki, clock, entropy.branch("status"))
    stock = ReferenceCardStock(
        stage.pki, status, clock, entropy.branch("cards"), stage.pool.scenario(), lambda _person, _certificate: None
    )
    return Bench(stage, clock, entropy, stock, status)


def red(judged):
    return {name for name, each in judged.items() if each.outcome is Outcome.FAILS}


def test_the_card_of_the_reference_is_right_and_everything_about_it_is_told(bench):
    judged = bench.judged()
    assert red(judged) == set()
    untold = {name for name, each in judged.items() if each.outcome is Outcome.CANNOT_TELL}
    assert untold == {"PIV-SRC-AUTHCERT-04"}


@pytest.mark.parametrize("name", FAULTS)
def test_a_defect_turns_red_what_it_names(name, bench):
    FAULTS[name].swap(bench)
    judged = bench.judged()
    assert red(judged) == FAULTS[name].trips
