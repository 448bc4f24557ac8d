"""Virtual tokens of one mould, read and judged without pytest-bdd."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.judgement import Evaluated
from dpc_conformance.checks.token.judge import judge_token
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats import containers
from dpc_conformance.protocols.card_reading import read_everything
from dpc_conformance.reference.pki.crl_maker import CrlMaker
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder
from dpc_conformance.reference.pki.revocation import RevocationList
from dpc_conformance.reference.token.mould import Mould, mould
from dpc_conformance.reference.token.virtual_token import VirtualToken, cast_token

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
RETIRED_AND_ONE_MORE = range(0x82, 0x97)


@dataclass(frozen=True)
class Tokens:
    """Makes tokens of one mould, reads and judges them."""

    pki: TestPki
    pool: KeyPool
    mould: Mould
    crls: tuple[bytes, ...]
    """Made once, so that the judge may remember the paths that it validated."""

    def read(self, change: Callable[[VirtualToken], None] | None = None, with_pin: bool = True) -> CardReading:
        """What is on a token that `change` was done to."""
        token = cast_token(self.mould, SeededEntropy("a token"), self.pool)
        if change:
            change(token)
        return read_everything(
            token.card,
            Recorder(),
            RunClock(START),
            SeededEntropy("challenges"),
            aid=token.application.aid,
            pin=token.secrets.activation_secret if with_pin else None,
            pin_reference=containers.APPLICATION_PIN,
            contactless=token.card.contactless(),
            keys_without_certificate=RETIRED_AND_ONE_MORE if with_pin else (),
        )

    def context(self, **changes: object) -> CardContext:
        """What stands around a token: the test PKI with its CRLs, and the file behind the URL."""
        around = {
            "moment": START,
            "trust_anchors": (self.pki.trust_anchor.public_bytes(Encoding.DER),),
            "intermediates": tuple(each.public_bytes(Encoding.DER) for each in self.pki.intermediates()),
            "crls": self.crls,
            "off_card": dict(self.mould.published),
        }
        return CardContext(**(around | changes))

    def judged(self, reading: CardReading, **changes: object) -> dict[str, Evaluated]:
        """Every evaluation by its id."""
        return {each.requirement: each for each in judge_token(reading, self.context(**changes))}

    def found(self, reading: CardReading, **changes: object) -> set[str]:
        """The ids of the requirements that are found to be broken."""
        return {each.requirement for each in self.judged(reading, **changes).values() if each.outcome is Outcome.FAILS}

    def scene(self) -> SimpleNamespace:
        """What seeded defects need of the scene in which they meet a token."""
        stage = SimpleNamespace(pki=self.pki, pool=self.pool)
        return SimpleNamespace(stage=stage, entropy=SeededEntropy("a scene"), clock=RunClock(START), on_token=[])


@pytest.fixture(scope="session")
def tokens():
    pool = KeyPool(default_folder())
    pki = TestPki(START, machine_now(), SeededEntropy("pki for tokens"), pool)
    made = mould(pki, START, SeededEntropy("mould"), pool, containers.DERIVED_PIV_AID)
    crls = CrlMaker(RevocationList())
    return Tokens(pki, pool, made, tuple(crls.crl(each, START) for each in pki.authorities))


@pytest.fixture(scope="session")
def good(tokens):
    """The reading of a good token, with its activation secret."""
    return tokens.read()
