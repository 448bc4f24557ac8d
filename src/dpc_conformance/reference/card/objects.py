"""The data objects of the card and who may read them (SP 800-73-5 part 1 Table 3)."""

from dataclasses import dataclass, field

from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.containers import Container
from dpc_conformance.reference.card.wire import Refused, tlv

PIN_PROTECTED = frozenset(container.tag for container in containers.CONTAINERS if container.pin)


@dataclass
class DataObjects:
    """What GET DATA answers, by tag: with its wrapper 53, or for Discovery with its own tag."""

    stored: dict[bytes, bytes] = field(default_factory=dict)
    pin_protected: frozenset[bytes] = PIN_PROTECTED

    def put(self, container: Container, content: bytes) -> None:
        """Store the content of a container, given without wrapper and without own tag."""
        tag = container.tag if container.own_tag else containers.WRAPPER
        self.stored[container.tag] = tlv(tag, content)

    def read(self, tag: bytes, cardholder_verified: bool) -> bytes:
        """The stored object; Refused with 6982 before the PIN, 6A82 where there is none."""
        if tag not in self.stored:
            raise Refused(status_words.NOT_FOUND)
        if tag in self.pin_protected and not cardholder_verified:
            raise Refused(status_words.SECURITY_STATUS_NOT_SATISFIED)
        return self.stored[tag]
