"""Who may do what on which interface (SP 800-73-5 part 1 Tables 3 and 5, part 2 Table 2).

The card has no virtual contact interface, so what takes one is not to be had without contacts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.keys import CardKey
from dpc_conformance.reference.card.pins import Pins
from dpc_conformance.reference.card.wire import Command, Refused

PIN_PROTECTED = frozenset(container.tag for container in containers.CONTAINERS if container.pin)
READABLE_CONTACTLESS = frozenset(
    container.tag
    for container in (
        containers.CHUID,
        containers.CARD_AUTHENTICATION_CERTIFICATE,
        containers.DISCOVERY,
        containers.SM_CERTIFICATE_SIGNER,
    )
)
REFUSED_CONTACTLESS: Mapping[int, int] = {
    containers.VERIFY: status_words.SECURITY_STATUS_NOT_SATISFIED,
    containers.CHANGE_REFERENCE_DATA: status_words.SECURITY_STATUS_NOT_SATISFIED,
    containers.RESET_RETRY_COUNTER: status_words.FUNCTION_NOT_SUPPORTED,
    containers.PUT_DATA: status_words.FUNCTION_NOT_SUPPORTED,
    containers.GENERATE_KEY_PAIR: status_words.FUNCTION_NOT_SUPPORTED,
}


@dataclass
class AccessRules:
    """The rules as data: containers by tag, keys by reference, commands by instruction."""

    pin_protected: frozenset[bytes] = PIN_PROTECTED
    readable_contactless: frozenset[bytes] = READABLE_CONTACTLESS
    usable_contactless: frozenset[int] = frozenset({containers.CARD_AUTHENTICATION_KEY})
    refused_contactless: dict[int, int] = field(default_factory=lambda: dict(REFUSED_CONTACTLESS))

    def command(self, command: Command) -> None:
        """Refused when the command is not for this interface."""
        if command.contactless and command.ins in self.refused_contactless:
            raise Refused(self.refused_contactless[command.ins])

    def reading(self, tag: bytes, pins: Pins, contactless: bool) -> None:
        """Refused (6982) when the object may not be read now."""
        if contactless and tag not in self.readable_contactless:
            raise Refused(status_words.SECURITY_STATUS_NOT_SATISFIED)
        if tag in self.pin_protected and not pins.verified:
            raise Refused(status_words.SECURITY_STATUS_NOT_SATISFIED)

    def administering(self, contactless: bool) -> None:
        """Refused (6982) when the administrator may not authenticate on this interface."""
        self._interface(containers.ADMINISTRATION_KEY, contactless)

    def using(self, reference: int, key: CardKey, pins: Pins, contactless: bool) -> None:
        """Refused (6982) when the key may not be used now."""
        self._interface(reference, contactless)
        if not key.rule.allows(pins):
            raise Refused(status_words.SECURITY_STATUS_NOT_SATISFIED)

    def _interface(self, reference: int, contactless: bool) -> None:
        if contactless and reference not in self.usable_contactless:
            raise Refused(status_words.SECURITY_STATUS_NOT_SATISFIED)
