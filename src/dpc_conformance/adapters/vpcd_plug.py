"""Plugs a card into PC/SC: speaks the wire protocol of vpcd, the reader driver whose cards connect over TCP."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import CardRemoved

LOOPBACK = "127.0.0.1"
ATR = bytes.fromhex("3B858131FE458073C021C05C")
"""T=1 only: with T=0 alone some clients refuse the card."""
OFF, ON, RESET, SEND_ATR = b"\x00", b"\x01", b"\x02", b"\x04"
PATIENCE_SECONDS = 5.0


class Plug:
    """A card in vpcd's reader: a thread answers until the card is pulled out, is gone by itself, or vpcd ends."""

    def __init__(self, card: Card, port: int, atr: bytes = ATR) -> None:
        """Connects to vpcd on that loopback port, on which it listens once the daemon is ready. Raises OSError."""
        self._card, self._atr = card, atr
        self._socket = socket.create_connection((LOOPBACK, port), PATIENCE_SECONDS)
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._thread = threading.Thread(target=self._serve, name=f"card on port {port}", daemon=True)
        self._thread.start()

    def pull_out(self) -> None:
        """Take the card out of the reader; a second time does nothing."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def _serve(self) -> None:
        with self._socket, contextlib.suppress(CardRemoved, OSError):
            for message in self._messages():
                if message in (ON, RESET):
                    self._card.reset()
                elif message != OFF:  # what the card forgets without power it forgets when power comes back, once
                    answer = self._atr if message == SEND_ATR else self._card.transmit(message)
                    self._socket.sendall(len(answer).to_bytes(2, "big") + answer)

    def _messages(self) -> Iterator[bytes]:
        """What vpcd sends until it ends: a length of two bytes, then so many bytes."""
        while header := self._receive(2):
            yield self._receive(int.from_bytes(header, "big"))

    def _receive(self, count: int) -> bytes:
        """So many bytes; none when the connection ended."""
        data = b""
        while len(data) < count:
            part = self._socket.recv(count - len(data))
            if not part:
                return b""
            data += part
            # vpcd sends length and content apart, with Nagle's algorithm on: unless the length is acknowledged at
            # once, each command takes 40 ms. Linux forgets the option, so it is set after every part.
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        return data


@contextmanager
def plug(card: Card, port: int, atr: bytes = ATR) -> Iterator[Plug]:
    """The card is in vpcd's reader on that loopback port as long as the block runs. Raises OSError."""
    plugged = Plug(card, port, atr)
    try:
        yield plugged
    finally:
        plugged.pull_out()
