"""A scripted token: answers what a test wants, and keeps what it was sent."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.fixtures.token import TokenInHand
from dpc_conformance.formats import containers
from dpc_conformance.roles.token import Token, TokenSecrets

SECRET, PUK = "wA31xy", bytes.fromhex("A0B1C2D3E4F50617")


@dataclass
class ScriptedCard:
    """Answers with what `answers` holds for the first bytes of a command, else 9000."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    resets: int = 0

    def transmit(self, command: bytes) -> bytes:
        self.sent.append(command.hex().upper())
        for start, answers in self.answers.items():
            if self.sent[-1].startswith(start):
                return bytes.fromhex(answers.pop(0) if len(answers) > 1 else answers[0])
        return b"\x90\x00"

    def reset(self) -> None:
        self.resets += 1


@dataclass
class SomeCast:
    token: Token
    recorder: Recorder = field(default_factory=Recorder)
    clock: RunClock = field(default_factory=lambda: RunClock(datetime(2027, 3, 1, tzinfo=UTC)))


@pytest.fixture
def card():
    return ScriptedCard()


@pytest.fixture
def some_token(card):
    return Token(
        card=card,
        secrets=TokenSecrets(SECRET, PUK, bytes(range(16)), containers.AES_128),
        aid=containers.DERIVED_PIV_AID,
        other_aid=bytes.fromhex("A000000151000000"),
        spare_key=0x9A,
        contactless=lambda: card,
        another=lambda: None,
        fetch=lambda _: None,
    )


@pytest.fixture
def hand(some_token):
    return TokenInHand(SomeCast(some_token), {})
