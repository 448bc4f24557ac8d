"""The verbs of the role about authenticators: what a tester asks of the reference's records."""

from dpc_conformance.evidence.non_pki import AuthenticatorModel, BoundAuthenticator
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.roles.people import Person


class NonPkiOffice:
    """Implements roles.non_pki.NonPkiRecords."""

    def __init__(self, parts: IssuerParts) -> None:
        self._parts = parts

    @property
    def page(self) -> str:
        """The kiosk's page about authenticators."""
        return f"{self._parts.settings.origin}/authenticators"

    def approved_models(self) -> tuple[AuthenticatorModel, ...]:
        """The list by which authenticators are bound: those with FIPS 140 data."""
        return tuple(model for model, _ in self._parts.non_pki.models.listed.values() if model.fips_140)

    def authenticators_of(self, person: Person) -> tuple[BoundAuthenticator, ...]:
        """Everything that was ever bound to the account."""
        return self._parts.non_pki.bound.records(person.account)

    def verifiers(self) -> tuple[str, ...]:
        """The origins of those whom the home agency has authorised."""
        return tuple(each.origin for each in self._parts.non_pki.verification.verifiers.values())
