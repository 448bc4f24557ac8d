"""What a card or token gave away when it was read: the evidence of the judges of card data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.certificate_object import CertificateObject
from dpc_conformance.formats.containers import Container


@dataclass(frozen=True)
class ObjectAnswer:
    """The answer to one GET DATA: the status word, and the whole data object with its outer tag."""

    status: int
    data: bytes = b""


@dataclass(frozen=True)
class KeyAnswer:
    """One GENERAL AUTHENTICATE. `block` is what the key was given: a digest, a padded RSA block or a point.

    `verified` says whether the PIN was verified before; `response` is what stood in tag 82, empty for a refusal.
    """

    key_reference: int
    algorithm: int
    verified: bool
    block: bytes
    status: int
    response: bytes = b""


@dataclass(frozen=True)
class CardReading:
    """Everything that was read. Objects by tag, with the answer of a card that was asked and had none, too.

    `selects` holds the status word for each AID that was selected, `attempts` the tries left by PIN reference as they
    were at first (None: the card does not tell). `after_pin` is None when no PIN was verified, `contactless` when the
    contactless interface was not tried.
    """

    at: datetime
    aid: bytes
    property_template: bytes
    before_pin: Mapping[bytes, ObjectAnswer]
    after_pin: Mapping[bytes, ObjectAnswer] | None = None
    contactless: Mapping[bytes, ObjectAnswer] | None = None
    selects: Mapping[bytes, int] = field(default_factory=dict)
    attempts: Mapping[int, int | None] = field(default_factory=dict)
    keys: tuple[KeyAnswer, ...] = ()

    def answer(self, container: Container) -> ObjectAnswer | None:
        """The best answer for that container: after the PIN if it was read then; None when it was never asked for."""
        return (self.after_pin or {}).get(container.tag) or self.before_pin.get(container.tag)

    def content(self, container: Container) -> bytes | None:
        """What stands inside 53, or inside the object's own tag; None when there is no such object, or it is empty.

        Malformed when the answer is no data object of that container.
        """
        answer = self.answer(container)
        if answer is None or answer.status != status_words.SUCCESS or not answer.data:
            return None
        outer = Tlv.from_bytes(answer.data)
        expected = container.tag if container.own_tag else containers.WRAPPER
        if outer.tag != expected:
            raise Malformed(f"{container.name}: expected tag {expected.hex().upper()}, got {outer.tag.hex().upper()}")
        return outer.value or None

    def certificate(self, key_reference: int) -> bytes | None:
        """The certificate (DER) of that key, unpacked; None when there is none. Raises Malformed."""
        content = self.content(containers.CERTIFICATE_OF_KEY[key_reference])
        return None if content is None else CertificateObject.from_bytes(content).certificate

    def uses_of(self, key_reference: int) -> tuple[KeyAnswer, ...]:
        """What that key answered, in order."""
        return tuple(each for each in self.keys if each.key_reference == key_reference)
