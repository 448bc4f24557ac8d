"""The collaborators that an identity provider is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.audit_log import MemoryAuditLog
from dpc_conformance.reference.identity_provider.assurance import Assurance
from dpc_conformance.reference.identity_provider.authenticator_login import HomeAgency
from dpc_conformance.reference.identity_provider.authorization_codes import AuthorizationCodes
from dpc_conformance.reference.identity_provider.codes import Codes
from dpc_conformance.reference.identity_provider.device_requests import DeviceRequests
from dpc_conformance.reference.identity_provider.settings import IdentityProviderSettings
from dpc_conformance.reference.identity_provider.tokens import IdTokens
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.reasons import Reason


class Refusal(Protocol):
    """Why nobody was signed in: a reason for the audit, a message for the person."""

    @property
    def reason(self) -> Reason:
        """For the audit record."""

    @property
    def detail(self) -> str:
        """More for the auditor, free of secrets."""

    @property
    def message(self) -> str:
        """What the person is told."""


Authenticate = Callable[[list[bytes]], Person | Refusal]
"""Judges the chain of a handshake (DER, the client's own first, empty without one), possession being proved by TLS."""


@dataclass(frozen=True)
class NobodyKnown:
    """The refusal of a provider that takes no derived credentials."""

    reason: Reason = Reason.POLICY
    detail: str = "derived credentials are not taken here"
    message: str = "Nobody signs in to applications here."


def nobody(_chain: list[bytes]) -> Person | Refusal:
    """Takes no derived credential."""
    return NobodyKnown()


@dataclass
class IdentityProviderParts:
    """Each may be swapped, before the provider is built, by something with the same face."""

    clock: RunClock
    entropy: Entropy
    settings: IdentityProviderSettings
    authenticate: Authenticate
    codes: Codes
    requests: DeviceRequests
    tokens: IdTokens
    audit: MemoryAuditLog
    authenticate_derived: Authenticate
    """The same for a derived credential, with which people sign in to applications."""
    assurance: Assurance
    authorization_codes: AuthorizationCodes
    home_agency: HomeAgency | None = None
    """Who verifies authenticators; None where nobody signs in with one."""


def standard_parts(
    clock: RunClock,
    entropy: Entropy,
    authenticate: Authenticate,
    settings: IdentityProviderSettings | None = None,
    authenticate_derived: Authenticate = nobody,
) -> IdentityProviderParts:
    """The parts of an identity provider without defects."""
    settings = settings or IdentityProviderSettings()
    return IdentityProviderParts(
        clock=clock,
        entropy=entropy.branch("sessions"),
        settings=settings,
        authenticate=authenticate,
        codes=Codes(entropy.branch("codes")),
        requests=DeviceRequests(clock, settings),
        tokens=IdTokens(clock, entropy.branch("id-token-key"), settings),
        audit=MemoryAuditLog(clock),
        authenticate_derived=authenticate_derived,
        assurance=Assurance(),
        authorization_codes=AuthorizationCodes(clock),
    )
