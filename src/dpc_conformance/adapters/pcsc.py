"""A real card in a PC/SC reader, through pyscard (extra `card`)."""

import contextlib
import importlib
from collections.abc import Callable
from types import ModuleType
from typing import Any

from dpc_conformance.roles.errors import CardRemoved


class PcscUnavailable(Exception):
    """There is no pyscard, no PC/SC service, or no such reader; the message is a sentence for the user."""


def readers() -> list[str]:
    """The names of the readers of this machine. Raises PcscUnavailable."""
    return [str(reader) for reader in _readers()]


class PcscCard:
    """Implements roles.card.Card over the reader whose name contains `reader`; any reader for an empty name.

    Of several such readers the one with a card is meant.
    """

    def __init__(self, reader: str) -> None:
        """Connects. Raises PcscUnavailable, CardRemoved when the reader is empty."""
        self._exceptions = _module("smartcard.Exceptions")
        found = [each for each in _readers() if reader.lower() in str(each).lower()]
        self._connection = self._connect(found[0]) if len(found) == 1 else self._only_card_in(found, reader)

    def transmit(self, command: bytes) -> bytes:
        """Send one command APDU; raises CardRemoved."""
        data, first, second = self._guard(self._connection.transmit, list(command))
        return bytes(data) + bytes([first, second])

    def reset(self) -> None:
        """Cut and restore power (SCARD_UNPOWER_CARD); raises CardRemoved."""
        unpower: int = _module("smartcard.scard").SCARD_UNPOWER_CARD
        self._guard(self._connection.reconnect, disposition=unpower)

    def close(self) -> None:
        """Let go of the card; what it was told is forgotten with its power."""
        with contextlib.suppress(self._exceptions.SmartcardException):
            self._connection.disconnect()

    def _connect(self, reader: Any) -> Any:
        connection = reader.createConnection()
        self._guard(connection.connect)
        return connection

    def _only_card_in(self, found: list[Any], wanted: str) -> Any:
        connected = []
        for each in found:
            with contextlib.suppress(CardRemoved):
                connected.append(self._connect(each))
        if len(connected) == 1:
            return connected[0]
        names, cards = ", ".join(readers()) or "none", f", {len(connected)} of them with a card" if found else ""
        raise PcscUnavailable(
            f"{len(found)} readers have {wanted!r} in their name{cards}, expected one; there are: {names}"
        )

    def _guard(self, action: Callable[..., Any], *arguments: object, **named: object) -> Any:
        """Do it; what pyscard says about a missing card becomes CardRemoved."""
        try:
            return action(*arguments, **named)
        except (self._exceptions.NoCardException, self._exceptions.CardConnectionException) as problem:
            raise CardRemoved from problem


def _module(name: str) -> ModuleType:
    """A module of pyscard; it is imported only when a reader is wanted."""
    try:
        return importlib.import_module(name)
    except ImportError as problem:
        raise PcscUnavailable(
            "a card reader needs the Python package pyscard: install dpc-conformance with the extra [card]"
        ) from problem


def _readers() -> list[Any]:
    """pyscard's readers; it carries no types."""
    system, exceptions = _module("smartcard.System"), _module("smartcard.Exceptions")
    no_service = _module("smartcard.pcsc.PCSCExceptions").BaseSCardException
    try:
        return list(system.readers())
    except (no_service, exceptions.SmartcardException) as problem:
        raise PcscUnavailable(
            "there is no PC/SC service: start pcscd (package pcscd) and connect a reader"
        ) from problem
