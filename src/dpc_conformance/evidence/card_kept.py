"""What of a card's reading is kept as evidence: nothing from behind the PIN, of a person's body only a hash."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from dpc_conformance.evidence.card_reading import CardReading, KeyAnswer
from dpc_conformance.formats import containers
from dpc_conformance.formats.containers import Container

SIGNING_KEYS = frozenset(
    {containers.PIV_AUTHENTICATION_KEY, containers.SIGNATURE_KEY, containers.CARD_AUTHENTICATION_KEY}
)
"""Keys whose answer is a signature. What another key gives back is somebody's secret key."""


@dataclass(frozen=True)
class ObjectRead:
    """GET DATA of one data object: the status words (hexadecimal, empty where it was not asked) and what came.

    `content` is the whole object, empty where a PIN or its kind keeps it out of reports; `size` is in bytes. `digest`
    is the SHA-256 of a biometric object, else empty.
    """

    tag: str
    name: str
    before_pin: str
    after_pin: str
    contactless: str
    size: int
    content: bytes = b""
    digest: str = ""


@dataclass(frozen=True)
class KeyUsed:
    """GENERAL AUTHENTICATE with one key; `response` is a signature, empty for a refusal and for other keys."""

    key_reference: str
    algorithm: str
    verified: bool
    status: str
    block: bytes
    response: bytes


@dataclass(frozen=True)
class CardRead:
    """A card or token was read; `aid` is in hexadecimal, `attempts` holds the tries left by PIN reference."""

    at: datetime
    aid: str
    objects: tuple[ObjectRead, ...]
    keys: tuple[KeyUsed, ...]
    selects: dict[str, str]
    attempts: dict[str, int | None]


def card_read(reading: CardReading) -> CardRead:
    """The line of evidence for a reading."""
    return CardRead(
        at=reading.at,
        aid=reading.aid.hex().upper(),
        objects=tuple(_object(reading, each) for each in containers.CONTAINERS),
        keys=tuple(map(_key, reading.keys)),
        selects={aid.hex().upper(): f"{status:04X}" for aid, status in reading.selects.items()},
        attempts={f"{reference:02X}": left for reference, left in reading.attempts.items()},
    )


def _object(reading: CardReading, container: Container) -> ObjectRead:
    asked = (reading.before_pin, reading.after_pin or {}, reading.contactless or {})
    answers = [found.get(container.tag) for found in asked]
    before_pin, after_pin, contactless = (f"{each.status:04X}" if each else "" for each in answers)
    best = next((each.data for each in reversed(answers[:2]) if each and each.data), b"")
    body = container in containers.BIOMETRICS
    return ObjectRead(
        container.tag.hex().upper(),
        container.name,
        before_pin,
        after_pin,
        contactless,
        size=len(best),
        content=b"" if container.pin or body else best,
        digest=sha256(best).hexdigest() if body and best else "",
    )


def _key(answer: KeyAnswer) -> KeyUsed:
    signs = answer.key_reference in SIGNING_KEYS
    return KeyUsed(
        f"{answer.key_reference:02X}",
        f"{answer.algorithm:02X}",
        answer.verified,
        f"{answer.status:04X}",
        answer.block,
        answer.response if signs else b"",
    )
