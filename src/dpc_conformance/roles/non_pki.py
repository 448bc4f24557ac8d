"""The issuer's records about derived credentials that are no certificates (SP 800-157r1 §2.2.2)."""

from typing import Protocol

from dpc_conformance.evidence.non_pki import AuthenticatorModel, BoundAuthenticator
from dpc_conformance.roles.people import Person


class NonPkiRecords(Protocol):
    """What a tester may ask. Verbs that a product lacks raise NotSupported."""

    @property
    def page(self) -> str:
        """Where somebody who signed in at the kiosk with the card finds the own authenticators."""

    def approved_models(self) -> tuple[AuthenticatorModel, ...]:
        """The models that may be bound, each with its FIPS 140 data."""

    def authenticators_of(self, person: Person) -> tuple[BoundAuthenticator, ...]:
        """Every authenticator that was ever bound to the account, oldest first."""

    def verifiers(self) -> tuple[str, ...]:
        """The origins of the verifiers that the home agency has authorised."""
