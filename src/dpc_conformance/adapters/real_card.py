"""A card in a real reader: how it is known, and whether a run may change it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from dpc_conformance.adapters.pcsc import PcscCard, PcscUnavailable
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats import containers
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.formats.der import DerError
from dpc_conformance.protocols.card_edge import CardError
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.roles.errors import CardRemoved, Unreachable

UNKNOWN = "cannot be read"


@dataclass(frozen=True)
class RealCard:
    """Who plays `role`. `serial` is the card's GUID; None when the card does not tell, so that nobody can name it.

    `allowed` says whether the user lets tests write, block and reset it, `expendable` whether they may ruin it.
    """

    role: str
    reader: str
    serial: uuid.UUID | None
    allowed: bool = False
    expendable: bool = False

    def __str__(self) -> str:
        return f"the {self.role} in reader {self.reader!r} (serial number {self.serial or UNKNOWN})"


def edge_of(card: PcscCard) -> PivCard:
    """Its edge, outside any scenario: what is read here is no evidence."""
    return PivCard(card, Recorder(), RunClock(machine_now()))


def serial_of_card(edge: PivCard) -> uuid.UUID | None:
    """The GUID in the CHUID of the selected PIV Card application (SP 800-73-5 part 1 §3.1.2, tag 34)."""
    try:
        return _unless_empty(Chuid.from_bytes(edge.read(containers.CHUID.tag)).guid)
    except (CardError, Malformed, ValueError):
        return None


def serial_of_token(edge: PivCard) -> uuid.UUID | None:
    """The UUID in the authentication certificate of the selected application: a removable token has no CHUID."""
    try:
        certificate = read_certificate(edge.certificate(containers.PIV_AUTHENTICATION_KEY))
    except (CardError, Malformed, DerError):
        return None
    try:
        return _unless_empty(uuid.UUID(certificate.uuids[0])) if len(certificate.uuids) == 1 else None
    except ValueError:
        return None


def connect_again(reader: str) -> PcscCard:
    """The card in that reader, at the beginning of a scenario: freshly powered. Unreachable when it is gone."""
    try:
        card = PcscCard(reader)
        card.reset()
    except (PcscUnavailable, CardRemoved) as problem:
        raise Unreachable(f"the reader {reader!r}", str(problem)) from problem
    return card


def expect_same(real: RealCard, serial: uuid.UUID | None) -> None:
    """Unreachable when somebody put another card into the reader than the one that the run began with."""
    if serial != real.serial:
        found = f"the card in it has the serial number {serial or UNKNOWN}, the run began with {real.serial or UNKNOWN}"
        raise Unreachable(f"the {real.role} in reader {real.reader!r}", found)


def unknown_among(allowed: Iterable[uuid.UUID], cards: Iterable[RealCard]) -> str:
    """A sentence about the first serial number that no card has; empty when each has its card."""
    there = list(cards)
    for serial in sorted(allowed, key=str):
        if not any(card.serial == serial for card in there):
            seen = "; there is " + " and ".join(map(str, there)) if there else "; no role of the target is in a reader"
            return f"--allow-destructive {serial}: expected the serial number of a card in a reader{seen}"
    return ""


def _unless_empty(serial: uuid.UUID) -> uuid.UUID | None:
    """Cards without a UUID of their own carry zeros, which tell no card from another."""
    return serial if serial.int else None
