"""The PIV Card Application: what each command does (SP 800-73-5 part 2 §3)."""

from dataclasses import dataclass, field

from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.keys import RESPONSE, CardKey
from dpc_conformance.reference.card.objects import DataObjects
from dpc_conformance.reference.card.pins import Pins
from dpc_conformance.reference.card.wire import Command, Refused, template, tlv

DYNAMIC_AUTHENTICATION = 0x7C
LOG_OUT = 0xFF
TAG_LIST = 0x5C


@dataclass
class PivApplication:
    """Data objects, PINs and keys behind the commands; a seeded defect replaces one of them."""

    objects: DataObjects
    pins: Pins
    keys: dict[int, CardKey] = field(default_factory=dict)
    aid: bytes = containers.PIV_AID

    def answers_to(self, aid: bytes) -> bool:
        """Whether a SELECT with that AID means this application: the whole, or right-truncated down to its RID."""
        return len(aid) >= len(containers.PIV_RID) and self.aid.startswith(aid)

    def select(self) -> bytes:
        """The application property template (part 2 Table 3); the security status stays as it is."""
        self.pins.age()
        rid, pix = self.aid[:5], self.aid[5:]
        authority = tlv(b"\x79", tlv(b"\x4f", rid))
        return tlv(b"\x61", tlv(b"\x4f", pix) + authority)

    def process(self, command: Command) -> bytes:
        """The answer's data; raises Refused."""
        if command.ins == containers.GENERAL_AUTHENTICATE:
            return self._general_authenticate(command)
        # PIN ALWAYS: whatever else is asked between VERIFY and the signature makes the PIN stale.
        self.pins.age()
        if command.ins == containers.GET_DATA:
            return self._get_data(command)
        if command.ins == containers.VERIFY:
            return self._verify(command)
        raise Refused(status_words.INSTRUCTION_NOT_SUPPORTED)

    def power_off(self) -> None:
        """Forget who was authenticated; retry counters stay."""
        self.pins.forget()

    def _get_data(self, command: Command) -> bytes:
        if (command.p1, command.p2) != (0x3F, 0xFF):
            raise Refused(status_words.WRONG_P1_P2)
        tag = template(command.data).get(TAG_LIST)
        if not tag:
            raise Refused(status_words.WRONG_DATA)
        return self.objects.read(tag, self.pins.verified)

    def _verify(self, command: Command) -> bytes:
        if command.p1 not in (0x00, LOG_OUT):
            raise Refused(status_words.WRONG_P1_P2)
        pin = self.pins.get(command.p2)
        if command.p1 == LOG_OUT:
            if command.data:
                raise Refused(status_words.WRONG_DATA)
            pin.forget()
        elif command.data:
            pin.verify(command.data)
        else:
            pin.query()
        return b""

    def _general_authenticate(self, command: Command) -> bytes:
        try:
            key = self.keys.get(command.p2)
            if key is None or key.algorithm != command.p1:
                raise Refused(status_words.WRONG_P1_P2)
            if not key.rule.allows(self.pins):
                raise Refused(status_words.SECURITY_STATUS_NOT_SATISFIED)
            asked = template(command.data).get(DYNAMIC_AUTHENTICATION)
            if asked is None:
                raise Refused(status_words.WRONG_DATA)
            result = key.use(template(asked))
        finally:
            self.pins.age()
        return tlv(bytes([DYNAMIC_AUTHENTICATION]), tlv(bytes([RESPONSE]), result))
