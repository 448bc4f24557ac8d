"""A client that speaks what nobody should speak any more."""

from typing import Protocol

from dpc_conformance.roles.hostile_phone import Attempt


class OldClient(Protocol):
    """Knocks at a server and tells how far it came."""

    def knock(self, address: str, how: str) -> Attempt:
        """Speak `tls-1.0`, `tls-1.1`, `tls-1.2` or `plain-http` to the host and port of an address, and no other.

        Accepted is whoever completes the handshake or, without TLS, gets an answer that is no refusal.
        """
