"""The identity provider: sign-in on a device without a card reader, by a code (RFC 8628)."""

from typing import Protocol

from dpc_conformance.evidence.decisions import AuditRecord


class IdentityProvider(Protocol):
    """OAuth 2.0 device authorization grant whose verification page takes the card's certificate."""

    @property
    def device_login_address(self) -> str:
        """The address a person opens at the workstation to type the code."""

    @property
    def issuer_identifier(self) -> str:
        """The OpenID Connect issuer URL, where a device finds the endpoints."""

    @property
    def authenticator_address(self) -> str:
        """Where somebody signs in with an authenticator that is bound to the account. Raises NotSupported."""

    def audit(self) -> tuple[AuditRecord, ...]:
        """Every sign-in and refusal so far, oldest first."""
