"""Cards read through their edge and judged."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.adapters.card_trust import read_trust
from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.judge import judge_card
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats import containers
from dpc_conformance.protocols.card_reading import read_everything
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
ICAM_MOMENT = datetime(2020, 6, 1, tzinfo=UTC)


def der(certificates):
    return tuple(each.public_bytes(Encoding.DER) for each in certificates)


@pytest.fixture(scope="session")
def pool():
    return KeyPool(default_folder())


@pytest.fixture(scope="session")
def pki(pool):
    return TestPki(START, machine_now(), SeededEntropy("pki for judged cards"), pool)


@pytest.fixture(scope="session")
def read():
    """Reads a card at a moment, with the PIN or without."""

    def read(card, pin=None, at=ICAM_MOMENT, recorder=None):
        return read_everything(
            card,
            recorder or Recorder(),
            RunClock(at),
            SeededEntropy("challenges"),
            other_aids=(containers.DERIVED_PIV_AID,),
            pin=pin,
        )

    return read


@pytest.fixture(scope="session")
def icam_context(icam_cards):
    """What stands around the cards of the manifest."""
    found = read_trust(icam_cards / "CA", icam_cards / "crls", frozenset())
    anchors, intermediates = der(found.anchors), der(found.intermediates)
    return CardContext(ICAM_MOMENT, anchors, intermediates, tuple(found.crls), test_pki=True)


@pytest.fixture(scope="session")
def found_on():
    """The findings on a reading by requirement: all, or the errors only."""

    def found_on(reading, context, severity=None):
        found = [each.finding for each in judge_card(reading, context) if each.finding]
        return {one.requirement: one for one in found if severity in (None, one.severity)}

    return found_on
