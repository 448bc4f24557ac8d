"""The PIV Card Application: what is behind its commands, and when it forgets who was authenticated."""

from dataclasses import dataclass, field
from enum import Enum, auto

from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.access import AccessRules
from dpc_conformance.reference.card.administration import AdministrationKey
from dpc_conformance.reference.card.commands import HANDLERS, Handler
from dpc_conformance.reference.card.generation import KeyGenerator
from dpc_conformance.reference.card.keys import CardKey
from dpc_conformance.reference.card.objects import DataObjects
from dpc_conformance.reference.card.pins import Pins
from dpc_conformance.reference.card.property_template import PropertyTemplate
from dpc_conformance.reference.card.wire import Command, Refused, objects_in

PIN_USAGE_POLICY = b"\x5f\x2f"
GLOBAL_PIN_COUNTS = 0x20


class Event(Enum):
    """What happens to an application from outside."""

    SELECTED_AGAIN = auto()
    OTHER_APPLICATION_SELECTED = auto()
    POWER_OFF = auto()


FORGETS_AT = frozenset({Event.OTHER_APPLICATION_SELECTED, Event.POWER_OFF})
"""Selecting the current application again keeps the security status (SP 800-73-5 part 2 §3.1.1)."""


@dataclass
class PivApplication:
    """Data objects, PINs and keys behind the commands; a seeded defect replaces one of them.

    A card without `administration` cannot be written, one without `generator` makes no keys.
    """

    objects: DataObjects
    pins: Pins
    keys: dict[int, CardKey] = field(default_factory=dict)
    aid: bytes = containers.PIV_AID
    administration: AdministrationKey | None = None
    generator: KeyGenerator | None = None
    access: AccessRules = field(default_factory=AccessRules)
    properties: PropertyTemplate = PropertyTemplate()
    forgets_at: frozenset[Event] = FORGETS_AT
    handlers: dict[int, Handler] = field(default_factory=lambda: dict(HANDLERS))

    def __post_init__(self) -> None:
        self.pins.accepts = self._accepts_pin

    def answers_to(self, aid: bytes) -> bool:
        """Whether a SELECT with that AID means this application: the whole, or right-truncated down to its RID."""
        return len(aid) >= len(containers.PIV_RID) and self.aid.startswith(aid)

    def select(self) -> bytes:
        """The application property template (part 2 Table 3)."""
        self.pins.age()
        self.drop_challenge()
        return self.properties.encode(self.aid)

    def process(self, command: Command) -> bytes:
        """The answer's data; raises Refused."""
        if command.ins != containers.GENERAL_AUTHENTICATE:
            # PIN ALWAYS: whatever else is asked between VERIFY and the signature makes the PIN stale.
            self.pins.age()
            self.drop_challenge()
        handler = self.handlers.get(command.ins)
        if handler is None:
            raise Refused(status_words.INSTRUCTION_NOT_SUPPORTED)
        self.access.command(command)
        return handler(self, command)

    def happens(self, event: Event) -> None:
        """Forget who was authenticated where the event ends that; retry counters stay."""
        if event in self.forgets_at:
            self.pins.forget()
            if self.administration is not None:
                self.administration.forget()

    def check_administrator(self) -> None:
        """Refused (6982) unless the card administration key was used."""
        if self.administration is None or not self.administration.authenticated:
            raise Refused(status_words.SECURITY_STATUS_NOT_SATISFIED)

    def drop_challenge(self) -> None:
        """An authentication of the administrator that was begun cannot go on."""
        if self.administration is not None:
            self.administration.drop_challenge()

    def _accepts_pin(self, reference: int) -> bool:
        """The PIN usage policy of Discovery: without it only the application PIN counts (part 1 §3.3.2)."""
        if reference != containers.GLOBAL_PIN:
            return True
        try:
            policy = objects_in(self.objects.content(containers.DISCOVERY)).get(PIN_USAGE_POLICY, b"")
        except Refused:
            return False
        return bool(policy[:1]) and bool(policy[0] & GLOBAL_PIN_COUNTS)
