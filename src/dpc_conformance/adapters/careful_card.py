"""Stands between tests and a real card: what may not be sent is not sent, whatever a scenario asks for."""

import contextlib
from collections.abc import Collection

from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.apdu import CommandApdu, ResponseApdu
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import CardRemoved, NotSupported

HARMLESS = frozenset(
    {
        containers.SELECT,
        containers.GET_DATA,
        containers.GET_RESPONSE,
        containers.VERIFY,
        containers.GENERAL_AUTHENTICATE,
    }
)
"""What may be sent. Everything else writes, or nobody knows what a vendor's card makes of it."""
LEFT_FOR_RIGHT, LEFT_FOR_WRONG = 2, 3
"""Tries that have to be left before a PIN is sent: even the right one is right only if the target file is."""
TELL_ENOUGH = (status_words.SUCCESS, status_words.METHOD_BLOCKED, status_words.REFERENCE_NOT_FOUND)
"""Answers without a number after which a PIN does no harm: it is verified, blocked, or there is none."""


class CarefulCard:
    """Implements roles.card.Card. Nothing that writes is sent, and no number of tries ever reaches zero."""

    def __init__(self, card: Card, name: str, right: Collection[bytes], wrong_pins: bool) -> None:
        """`right` holds the PINs that the target names, padded to eight bytes; `wrong_pins`: others may be tried."""
        self._card, self._name, self._right, self._wrong_pins = card, name, right, wrong_pins
        self._tried_wrong: set[int] = set()

    def transmit(self, command: bytes) -> bytes:
        """Send it. Raises NotSupported instead where it could change the card, CardRemoved."""
        asked = _read(command)
        if asked is None:
            raise NotSupported(self._name, "be sent bytes that are no command")
        if asked.ins not in HARMLESS:
            raise NotSupported(self._name, "be changed: the user has not allowed it")
        if asked.ins == containers.VERIFY and asked.data:
            self._expect_tries(asked)
        return self._card.transmit(command)

    def reset(self) -> None:
        """Cut and restore power."""
        self._card.reset()

    def put_back(self) -> None:
        """After a scenario: where a wrong PIN was tried, the right one restores the number of tries."""
        for reference in sorted(self._tried_wrong):
            with contextlib.suppress(NotSupported, CardRemoved):
                for pin in self._right:
                    self.transmit(bytes(CommandApdu(0, containers.VERIFY, 0, reference, pin)))
        self._tried_wrong.clear()

    def _expect_tries(self, asked: CommandApdu) -> None:
        right = asked.data in self._right
        if not (right or self._wrong_pins):
            raise NotSupported(self._name, "be given a wrong PIN: the user has not allowed it")
        query = bytes(CommandApdu(0, containers.VERIFY, 0, asked.p2))
        status = ResponseApdu.from_bytes(self._card.transmit(query)).status
        left = status_words.attempts_left(status)
        if left is None and status not in TELL_ENOUGH:
            raise NotSupported(self._name, f"be given a PIN: it does not tell how many tries are left ({status:04X})")
        if left is not None and left < (LEFT_FOR_RIGHT if right else LEFT_FOR_WRONG):
            raise NotSupported(self._name, f"be given a PIN: {left} tries are left, and none may be the last")
        if not right:
            self._tried_wrong.add(asked.p2)


def _read(command: bytes) -> CommandApdu | None:
    try:
        return CommandApdu.from_bytes(command)
    except Malformed:
        return None
