"""Derived credentials that are no certificates: FIDO2 authenticators bound to the PIV identity account."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AuthenticatorModel:
    """A model on the issuer's list: its AAGUID (hexadecimal), the level that it is approved for, its FIPS 140 data."""

    aaguid: str
    name: str
    aal: int
    fips_140: str


@dataclass(frozen=True)
class BoundAuthenticator:
    """An authenticator in the records of an account. Identifiers and keys are hexadecimal.

    `attestation` is basic, self or none; `user_verified` tells that it has an activation factor of its own, `password`
    that a password goes with it; `bound_at` is when it counted, `authenticated_at` when it authenticated before that;
    `status` is bound or removed.
    """

    credential_id: str
    public_key: str
    aaguid: str
    aal: int
    attestation: str
    user_verified: bool
    password: bool
    bound_at: datetime
    authenticated_at: datetime | None
    status: str


@dataclass(frozen=True)
class AuthenticatorsSeen:
    """What the issuer has on record: its models, the account's authenticators, and who may verify them (origins)."""

    at: datetime
    models: tuple[AuthenticatorModel, ...]
    bound: tuple[BoundAuthenticator, ...]
    verifiers: tuple[str, ...]


@dataclass(frozen=True)
class AuthenticatorUsed:
    """An authenticator made a credential (`create`) or signed (`get`) for a page of that origin."""

    at: datetime
    operation: str
    credential_id: str
    origin: str
    user_verified: bool


@dataclass(frozen=True)
class AuthenticatorSignIn:
    """Somebody tried to sign in at a verifier (its origin) with an authenticator."""

    at: datetime
    credential_id: str
    verifier: str
    accepted: bool


@dataclass(frozen=True)
class AuthenticatorRemoved:
    """The holder asked for the removal of an authenticator from the account."""

    at: datetime
    credential_id: str


@dataclass(frozen=True)
class PasswordChanged:
    """Somebody asked for another password. `session` is client-authenticated or not, `current` right, wrong or none."""

    at: datetime
    session: str
    current: str
    accepted: bool


NonPkiRecord = AuthenticatorsSeen | AuthenticatorUsed | AuthenticatorSignIn | AuthenticatorRemoved | PasswordChanged
