"""A personalised card and a client at its edge."""

from datetime import UTC, datetime

import pytest

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.card.personalise import personalise
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder
from dpc_conformance.roles.people import Person

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
PIN = "246801"
ALICE = Person("alice", "Alice", "Archer", "alice@agency.example", "alice@agency.example")


@pytest.fixture(scope="session")
def pool():
    return KeyPool(default_folder())


@pytest.fixture(scope="session")
def pki(pool):
    return TestPki.build(START, machine_now(), SeededEntropy("pki for cards"), pool)


@pytest.fixture
def clock():
    return RunClock(START)


@pytest.fixture
def make_card(pki, pool, clock):
    """Personalises a card for Alice; keyword arguments as for `personalise`."""

    def make(seed="alice's card", **options):
        return personalise(pki, ALICE, clock, SeededEntropy(seed), pool.scenario(), **({"pin": PIN} | options))

    return make


@pytest.fixture
def card(make_card):
    return make_card()


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def piv(card, recorder, clock):
    client = PivCard(card, recorder, clock)
    client.select()
    return client


@pytest.fixture
def ask(card):
    """Sends a command in hex to the card, PIV selected; returns data and status word in hex."""
    card.transmit(bytes.fromhex("00A4040009A0000003080000100000"))

    def send(command):
        answer = card.transmit(bytes.fromhex(command)).hex().upper()
        return answer[:-4], answer[-4:]

    return send
