"""Carries datagrams out of a network of a scenario, and the answers back; no route of the machine is touched."""

import select
import socket
import threading

LARGEST = 65_535


class Relay:
    """A thread that carries between pairs of UDP sockets until it is closed."""

    def __init__(self) -> None:
        self._ways: dict[socket.socket, _Way] = {}
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)
        self._thread.start()

    def carry(self, listening: socket.socket, sending: socket.socket) -> None:
        """What comes to `listening` goes on to where `sending` is connected, and answers to whoever came last.

        Both end with the relay.
        """
        for each in (listening, sending):
            each.setblocking(False)  # a socket that is ready may have an error instead of a datagram
        way = _Way(listening, sending)
        self._ways |= {listening: way, sending: way}
        self._wake.send(b"+")

    def close(self) -> None:
        """Stop, and free the sockets."""
        self._wake.close()
        self._thread.join()
        for each in (*self._ways, self._woken):
            each.close()

    def _run(self) -> None:
        while True:
            ready, _, _ = select.select([self._woken, *self._ways], [], [])
            if self._woken in ready and not self._woken.recv(1):
                return
            for each in ready:
                if each in self._ways:
                    self._ways[each].take(each)


class _Way:
    """One pair of sockets."""

    def __init__(self, listening: socket.socket, sending: socket.socket) -> None:
        self._listening, self._sending = listening, sending
        self._last: tuple[str, int] | None = None

    def take(self, ready: socket.socket) -> None:
        """Carry one datagram; one that cannot be sent is lost, as datagrams are."""
        try:
            if ready is self._listening:
                data, self._last = ready.recvfrom(LARGEST)
                self._sending.send(data)
            elif self._last is not None:
                self._listening.sendto(ready.recv(LARGEST), self._last)
        except OSError:
            return
