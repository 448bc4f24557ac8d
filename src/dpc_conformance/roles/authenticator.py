"""A FIDO2 authenticator in somebody's hand, bound to an account in place of a certificate (SP 800-157r1 §2.2.2)."""

from dataclasses import dataclass
from typing import Protocol

from dpc_conformance.roles.hostile_phone import Attempt


class NoSuchCredential(Exception):
    """The authenticator holds no credential for that relying party."""

    def __init__(self, rp_id: str) -> None:
        super().__init__(f"the authenticator holds no credential for {rp_id}")


class OriginNotAllowed(Exception):
    """A browser does not let a page use credentials of another site (WebAuthn §5.1.3)."""

    def __init__(self, origin: str, rp_id: str) -> None:
        super().__init__(f"a page of {origin} may not use credentials of {rp_id}")


@dataclass(frozen=True)
class AuthenticatorAssertion:
    """What an authenticator signs with: credential id, authenticator data, signature, and the user's handle."""

    credential_id: bytes
    authenticator_data: bytes
    signature: bytes
    user_id: bytes


class Authenticator(Protocol):
    """An authenticator at its edge (CTAP 2); its user is present, and unlocks it where it can be unlocked."""

    def make_credential(self, rp_id: str, user_id: bytes, client_data_hash: bytes) -> bytes:
        """A new credential, and the attestation object (CBOR) about it."""

    def get_assertion(self, rp_id: str, allowed: tuple[bytes, ...], client_data_hash: bytes) -> AuthenticatorAssertion:
        """Sign with a credential of that relying party, one of those allowed if any are named.

        Raises NoSuchCredential.
        """


class AuthenticatorStock(Protocol):
    """Test authenticators by what is special about them."""

    def take(self, kind: str) -> Authenticator:
        """An authenticator of that kind, the same each time. Raises NotSupported when the stock has none.

        Kinds: multi-factor (an approved model, unlocked by its user), single-factor (an approved model that is only
        touched), without-attestation, self-attested (as an approved model), falsely-attested (as an approved model, by
        another maker), unbound (an approved model that nobody binds),
        unlisted-model, model-without-fips (on the list, without FIPS 140 data), same-identifier (an
        approved model that makes credentials under the identifier of the multi-factor one).
        """


class ForeignRelyingParty(Protocol):
    """The relying party of another agency, which the home agency has not authorised. Raises NotSupported."""

    @property
    def origin(self) -> str:
        """Where its pages are."""

    def verify(self, authenticator: Authenticator) -> Attempt:
        """Have the authenticator sign for it, and ask the issuer whose it is."""

    def register(self, authenticator: Authenticator) -> Attempt:
        """Have the authenticator make a credential, and report it to the issuer for the cardholder's account."""

    def change_password(self, new: str) -> Attempt:
        """Ask the issuer for another password of the cardholder's, in a session that no client authenticated."""
