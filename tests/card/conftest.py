"""A personalised card and a client at its edge."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats import containers
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.card.personalise import personalise
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder
from dpc_conformance.reference.token.mould import mould
from dpc_conformance.reference.token.virtual_token import cast_token
from dpc_conformance.roles.people import Person

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
PIN = "246801"
ALICE = Person("alice", "Alice", "Archer", "alice@agency.example", "alice@agency.example")


@pytest.fixture(scope="session")
def pool():
    return KeyPool(default_folder())


@pytest.fixture(scope="session")
def pki(pool):
    return TestPki(START, machine_now(), SeededEntropy("pki for cards"), pool)


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
    return sender(card, "00A4040009A0000003080000100000")


class Administrator:
    """Authenticates with key 9B of a card, step by step; `send` takes commands in hex."""

    def __init__(self, send, algorithm, key):
        self.send, self.algorithm = send, algorithm
        self.cipher = Cipher(TripleDES(key) if algorithm == 0x03 else AES(key), modes.ECB())

    def encrypted(self, block):
        return self.cipher.encryptor().update(block)

    def decrypted(self, block):
        return self.cipher.decryptor().update(block)

    def step(self, *objects):
        body = b"".join(bytes([tag, len(value)]) + value for tag, value in objects)
        data = bytes([0x7C, len(body)]) + body
        return self.send(f"0087{self.algorithm:02X}9B{len(data):02X}{data.hex()}00")

    def challenge(self):
        answer, status = self.step((0x81, b""))
        assert status == "9000"
        return bytes.fromhex(answer[8:])

    def answer(self, block):
        return self.step((0x82, block))[1]

    def respond(self, challenge):
        return self.answer(self.encrypted(challenge))

    def authenticate(self):
        assert self.respond(self.challenge()) == "9000"


@pytest.fixture
def administrator_of():
    def of(application, send):
        key = application.administration
        return Administrator(send, key.algorithm, key.secret)

    return of


@pytest.fixture
def administrator(administrator_of, card, ask):
    return administrator_of(card.application, ask)


@pytest.fixture(scope="session")
def token_mould(pki, pool):
    return mould(pki, START, SeededEntropy("tokens"), pool.scenario(), containers.DERIVED_PIV_AID)


@pytest.fixture
def make_token(token_mould, pool):
    return lambda seed="a token": cast_token(token_mould, SeededEntropy(seed), pool.scenario())


@pytest.fixture
def token(make_token):
    return make_token()


def sender(card, select):
    """Commands in hex to a card or one of its interfaces; data and status word in hex."""
    card.transmit(bytes.fromhex(select))

    def send(command):
        answer = card.transmit(bytes.fromhex(command)).hex().upper()
        return answer[:-4], answer[-4:]

    return send


@pytest.fixture
def connect():
    """Selects an application (command in hex) and gives the sender to it."""
    return sender


@pytest.fixture
def ask_token(token):
    return sender(token.card, "00A404000BA00000030800002000010000")


@pytest.fixture
def token_administrator(administrator_of, token, ask_token):
    return administrator_of(token.application, ask_token)
