"""`adapter = "pcsc"` for the role card: the cardholder's card is a real one in a PC/SC reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from dpc_conformance.adapters.adapter import Adapter
from dpc_conformance.adapters.card_in_hand import expect_readable, put_in_hand
from dpc_conformance.adapters.card_trust import CardTrust
from dpc_conformance.adapters.card_trust_settings import TrustSettings
from dpc_conformance.adapters.careful_card import CarefulCard
from dpc_conformance.adapters.pcsc import PcscCard, PcscUnavailable
from dpc_conformance.adapters.pin_source import read_pin
from dpc_conformance.adapters.real_card import RealCard, connect_again, edge_of, expect_same, serial_of_card
from dpc_conformance.protocols.card_edge import CardError
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import CardRemoved
from dpc_conformance.roles.workstation import PIV_AUTHENTICATION
from dpc_conformance.target import Target, TargetError
from dpc_conformance.toml_file import fit

ROLE, KEY = "card", "roles.card"
NAME = "the card in the reader"
PIN_BYTES = 8


class PcscCardSettings(TrustSettings):
    """The table `roles.card` of a target file."""

    reader: str
    """The reader whose name contains this; of several the one with a card."""
    pin_file: Path | None = None
    """A file that holds the PIN and nothing else."""
    pin_variable: str | None = None
    """The environment variable that holds the PIN."""


@dataclass(frozen=True)
class PcscCardAdapter:
    """Puts the card into the cardholder's hand; the suite writes nothing to it and never uses up its tries."""

    real: RealCard
    pin: str = field(repr=False)
    certificate: bytes
    trust: CardTrust

    @classmethod
    def read(cls, settings: Mapping[str, Any], target: Target) -> "PcscCardAdapter":
        """Look at the card and at everything that the settings name. TargetError: target file, key, problem."""
        where = f"{target.file}: {KEY}"
        wanted = fit(settings, PcscCardSettings, f"{where}.", TargetError)
        folder = target.file.parent
        trust = wanted.read(folder, where, TargetError)
        pin = read_pin(wanted.pin_file and folder / wanted.pin_file, wanted.pin_variable, where, TargetError)
        try:
            card = PcscCard(wanted.reader)
            try:
                edge = edge_of(card)
                edge.select()
                certificate, serial = edge.certificate(PIV_AUTHENTICATION), serial_of_card(edge)
            finally:
                card.close()
        except (PcscUnavailable, CardRemoved, CardError) as problem:
            raise TargetError(f"{where}.reader: {problem}") from None
        expect_readable(certificate, f"{where}.reader")
        return cls(RealCard(ROLE, wanted.reader, serial, serial in target.allowed), pin, certificate, trust)

    def __call__(self, scene: Scene) -> None:
        """Change the scene."""
        scene.recorder.keep_secret(self.pin)
        put_in_hand(scene, partial(self.take, scene), self.certificate, self.trust, NAME)

    def take(self, scene: Scene) -> tuple[Card, str, bytes]:
        """The card, freshly powered, its PIN, and its PIV Authentication certificate (DER). Raises Unreachable."""
        connected = connect_again(self.real.reader)
        scene.on_close.append(connected.close)
        edge = edge_of(connected)
        edge.select()
        expect_same(self.real, serial_of_card(edge))
        block = self.pin.encode().ljust(PIN_BYTES, b"\xff")
        card = CarefulCard(connected, NAME, (block,), wrong_pins=self.real.allowed)
        scene.on_close.insert(0, card.put_back)
        return card, self.pin, self.certificate


ADAPTER = Adapter("card", "pcsc", "A card in a PC/SC reader.", PcscCardSettings, PcscCardAdapter.read)
