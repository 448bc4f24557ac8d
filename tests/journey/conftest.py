"""The journey walked in this process, with the same hands as the steps of the features."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from dpc_conformance.casting import Stage
from dpc_conformance.catalogue.claims import Claims
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.target import load_target

IN_2020 = datetime(2020, 6, 1, tzinfo=UTC)
ICAM_TARGET = """
name = "A card nobody here made"
[roles.card]
adapter = "image"
folder = "{cards}/{card}"
pin = "246813"
trust = "{cards}/CA"
crls = "{cards}/crls"
policies = ["2.16.840.1.101.3.2.1.48.11"]
"""


class NoJudge:
    """The walk is judged by the test."""

    def control(self, *_, **__):
        pass


class Walk:
    """One scenario's cast with the hands that the steps use."""

    def __init__(self, cast):
        # Not before: other tests register these modules with pytest, which has to see them first.
        from dpc_conformance.fixtures.activation import Activation
        from dpc_conformance.fixtures.card import CardInHand
        from dpc_conformance.fixtures.journey import Journey, Ledger
        from dpc_conformance.fixtures.kiosk import Kiosk
        from dpc_conformance.fixtures.phone_setup import PhoneSetup
        from dpc_conformance.fixtures.phone_sign_in import PhoneSignIn

        self.cast, self.recorder, judge = cast, cast.recorder, NoJudge()
        self.card = CardInHand(cast)
        self.kiosk = Kiosk(cast, self.card, judge, Claims())
        self.phone_sign_in = PhoneSignIn(cast, self.card, cast.phone)
        self.phone_setup = PhoneSetup(cast, judge, cast.phone, Claims())
        self.ledger = Ledger(cast)
        self.activation = Activation(cast)
        self.journey = Journey(
            cast, judge, self.card, self.phone_sign_in, self.phone_setup, self.kiosk, self.ledger
        )  # fmt: skip


@pytest.fixture(scope="session")
def walking():
    """Opens a stage for a target, a start and a seed, and a walk on it."""

    @contextmanager
    def open_walk(target=None, start=IN_2020, seed="dpc", name="walk"):
        stage = Stage(target or load_target(), start, seed)
        try:
            with stage.scene(Recorder(), name) as cast:
                yield Walk(cast)
        finally:
            stage.close()

    return open_walk


@pytest.fixture
def icam_target(icam_cards, tmp_path):
    """Writes a target file in which the cardholder's card is one of the ICAM test cards."""

    def write(card):
        file = tmp_path / "my.toml"
        file.write_text(ICAM_TARGET.format(cards=icam_cards, card=card))
        return file

    return write
