"""The reader. READER_HOLDS says what is in it: token, card or nothing; READER_LOG gets every command."""

import os
from functools import cache
from pathlib import Path

from cards_in_reader import card_named

from smartcard.Exceptions import NoCardException
from smartcard.scard import SCARD_UNPOWER_CARD

HOLDS, LOG = "READER_HOLDS", "READER_LOG"


class Connection:
    def __init__(self):
        self._card = None

    def connect(self):
        if os.environ[HOLDS] == "nothing":
            raise NoCardException
        self._card = in_reader()

    def reconnect(self, disposition):
        assert disposition == SCARD_UNPOWER_CARD
        self._card.reset()

    def disconnect(self):
        self._card.reset()

    def transmit(self, command):
        with Path(os.environ[LOG]).open("a") as log:
            log.write(bytes(command).hex() + "\n")
        answer = self._card.transmit(bytes(command))
        return list(answer[:-2]), answer[-2], answer[-1]


class Reader:
    def __str__(self):
        return "Memory Reader 00 00"

    def createConnection(self):  # noqa: N802  pyscard's name
        return Connection()


@cache
def in_reader():
    return card_named(os.environ[HOLDS])


def readers():
    return [Reader()]
