"""The biometrics that were read, as far as they can be read."""

from collections.abc import Iterator
from typing import Final

from dpc_conformance.checks.card.parts import NotThere, content_of
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.cbeff import CbeffRecord
from dpc_conformance.formats.containers import Container
from dpc_conformance.formats.signed_data import SignedData, SignerInfo

EMPTY: Final = 2
"""Bytes of a data object that has nothing in it: tag and length."""
BIOMETRICS: Final = (containers.FINGERPRINTS, containers.FACIAL_IMAGE, containers.IRIS)


def the_biometrics(reading: CardReading) -> Iterator[tuple[str, CbeffRecord, SignedData | None]]:
    """Name, record and signature of each; None for a signature that cannot be read."""
    for container in BIOMETRICS:
        try:
            record = CbeffRecord.from_bytes(content_of(reading, container))
        except (NotThere, Malformed):
            continue
        yield container.name, record, _message(record)


def signed_value(signer: SignerInfo, attribute: str) -> bytes | None:
    """The content of the one value of a signed attribute; None when it is absent or not alone."""
    values = signer.attributes.get(attribute, ())
    try:
        return Tlv.from_bytes(values[0]).value if len(values) == 1 else None
    except Malformed:
        return None


def is_guarded(reading: CardReading, container: Container) -> bool:
    """Whether the card refused the object before the PIN."""
    answer = reading.before_pin.get(container.tag)
    return answer is not None and answer.status == status_words.SECURITY_STATUS_NOT_SATISFIED


def is_open(reading: CardReading, container: Container) -> bool:
    """Whether the card gave the object away before the PIN; an empty one gives nothing away."""
    answer = reading.before_pin.get(container.tag)
    return answer is not None and answer.status == status_words.SUCCESS and len(answer.data) > EMPTY


def came_unguarded(reading: CardReading, container: Container) -> bool:
    """Whether the card gave after the PIN an object that it had not refused for want of the PIN before."""
    before, after = reading.before_pin.get(container.tag), (reading.after_pin or {}).get(container.tag)
    if before is None or after is None or is_guarded(reading, container):
        return False
    return after.status == status_words.SUCCESS and len(after.data) > EMPTY


def _message(record: CbeffRecord) -> SignedData | None:
    try:
        return SignedData.from_bytes(record.signature)
    except Malformed:
        return None
