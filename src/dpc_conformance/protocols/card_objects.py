"""What a workstation reads from a card for a server: what was asked for, and what the Security Object lists besides."""

from collections.abc import Iterable

from dpc_conformance.formats import containers
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.security_object import SecurityObject
from dpc_conformance.protocols.card_edge import CardError
from dpc_conformance.protocols.piv_card import PivCard


def read_objects(card: PivCard, wanted: Iterable[bytes]) -> dict[bytes, bytes]:
    """Contents by tag, as `PivCard.read` gives them; what the card does not have or not give is left out.

    What the PIN guards is read only where the signed Security Object lists it: without a hash to compare it with, a
    fingerprint is of no use to the server. Raises CardRemoved.
    """
    found = {tag: content for tag in dict.fromkeys(wanted) if (content := _read(card, tag)) is not None}
    for tag in _listed(found.get(containers.SECURITY_OBJECT.tag, b"")):
        if tag not in found and (content := _read(card, tag)) is not None:
            found[tag] = content
    return found


def _read(card: PivCard, tag: bytes) -> bytes | None:
    try:
        return card.read(tag)
    except CardError:
        return None


def _listed(security_object: bytes) -> list[bytes]:
    try:
        listed = SecurityObject.from_bytes(security_object).mapping.values()
    except Malformed:
        return []
    return [container.tag for number in listed if (container := containers.by_id(number)) is not None]
