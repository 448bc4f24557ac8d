"""Somebody at the door of a relying party, with a credential that has one special thing about it."""

from typing import Protocol

from dpc_conformance.roles.people import Person
from dpc_conformance.roles.screens import Screen
from dpc_conformance.roles.vpn_gateway import VpnAccess
from dpc_conformance.roles.wireless_network import Joining, WirelessProfile


class Visitor(Protocol):
    """Uses credentials in software, issued by the authority of derived credentials to the cardholder.

    Kinds: good, hardware (under the policy of hardware credentials); not-yet-valid, expired, suspended; other-policy,
    high, content-signing (under policies of which none is for derived credentials); other-purpose (no client
    authentication), other-key-usage (no digital signature), key-management; critical-extension (one that nobody knows);
    exponent-65539, exponent-256-bits (RSA keys); namesake (good, of another person with the same name). Raises
    NotSupported for another kind.
    """

    def holder(self, kind: str) -> Person:
        """To whom the credential of that kind was issued."""

    def certificate(self, kind: str) -> bytes:
        """Its certificate (DER)."""

    def open(self, address: str, kind: str | None) -> Screen:
        """Open a web application with it, or without any. Raises RefusedAtTls, Unreachable."""

    def join(self, network: WirelessProfile, kind: str | None, name: str = "") -> Joining:
        """Join a wireless network with it, under its holder's name or another `name`.

        Without any credential the visitor offers a name and a password. Raises Unreachable, MachineLacks.
        """

    def tunnel(self, access: VpnAccess, kind: str | None) -> Joining:
        """Ask for a tunnel with it, or with a password, and for the page behind. Raises Unreachable, MachineLacks."""
