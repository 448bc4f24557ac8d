"""Where the derived credential is used."""

from typing import Protocol

from dpc_conformance.evidence.decisions import AuditRecord


class RelyingParty(Protocol):
    """A web application that signs people in with their derived credential."""

    @property
    def address(self) -> str:
        """The application's address; it asks for a client certificate."""

    def audit(self) -> tuple[AuditRecord, ...]:
        """Every sign-in and refusal so far, oldest first."""
