"""A web application of the organisation on a web server of its choice."""

from datetime import timedelta
from typing import Protocol

from dpc_conformance.roles.people import Person
from dpc_conformance.roles.relying_party import RelyingParty
from dpc_conformance.roles.screens import Screen


class WebApplication(RelyingParty, Protocol):
    """A relying party whose accounts and status information the tester knows."""

    @property
    def status_delay(self) -> timedelta:
        """How long a revocation may take to reach it, as its operator publishes."""

    def follow_time(self) -> None:
        """The run's clock is about to move by hours or years, and the server's with it.

        Raises NotSupported where that one lives by the machine's.
        """

    def lets_in(self, screen: Screen) -> bool:
        """Whether this page, which its newest answer brought, is one that only people get who are let in."""

    def admit(self, person: Person, certificate: bytes) -> None:
        """Have an account for that person, who will come with that certificate (DER)."""
