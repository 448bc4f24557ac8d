"""What the issuer's authenticators are made of; like IssuerParts, each part can be swapped before it is first used."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dpc_conformance.reference.issuer.authenticator_binding import AuthenticatorBinding
from dpc_conformance.reference.issuer.authenticator_models import ApprovedModels
from dpc_conformance.reference.issuer.authenticator_notices import AuthenticatorNotices
from dpc_conformance.reference.issuer.authenticator_pages import AuthenticatorPages
from dpc_conformance.reference.issuer.authenticator_verification import AuthenticatorVerification, Verifier
from dpc_conformance.reference.issuer.bound_authenticators import BoundAuthenticators
from dpc_conformance.reference.issuer.passwords import Passwords
from dpc_conformance.reference.issuer.sign_ins import TOKEN_BYTES, digest

if TYPE_CHECKING:
    from dpc_conformance.reference.issuer.parts import IssuerParts

IDENTITY_PROVIDER = Verifier("identity provider", "https://idp.dpc.example")


@dataclass
class NonPkiParts:
    """The rest of the issuer is looked up when a part is made, so that what was swapped there counts here too."""

    issuer: "IssuerParts"

    def plan(self) -> None:
        """Whatever ends the derived credentials of an account ends its authenticators."""
        self.issuer.revocations.on_account.append(self.end_account)

    def end_account(self, account: str, why: str) -> None:
        """Remove every authenticator of the account."""
        for one in self.bound.of_account(account):
            self.bound.remove(account, one.identifier, why)
            self.notices.removed(account, one.name)

    @cached_property
    def models(self) -> ApprovedModels:
        """The list of approved models."""
        return ApprovedModels(self.issuer.authenticator_models)

    @cached_property
    def bound(self) -> BoundAuthenticators:
        """What is in the accounts."""
        return BoundAuthenticators(self.issuer.store, self.issuer.audit, self.issuer.clock)

    @cached_property
    def passwords(self) -> Passwords:
        """Passwords beside authenticators."""
        return Passwords(self.issuer.randomness.branch("passwords"))

    @cached_property
    def notices(self) -> AuthenticatorNotices:
        """Mail about authenticators."""
        return AuthenticatorNotices(self.issuer.accounts, self.issuer.notice_sender)

    @cached_property
    def verifier_token(self) -> str:
        """What the identity provider authenticates with."""
        parts = self.issuer
        return parts.entropy.branch(f"verifier {parts.settings.host}").bytes(TOKEN_BYTES).hex()

    @cached_property
    def verification(self) -> AuthenticatorVerification:
        """Verification for authorised verifiers."""
        parts = self.issuer
        verifiers = {digest(self.verifier_token): IDENTITY_PROVIDER}
        return AuthenticatorVerification(
            parts.store, parts.audit, parts.accounts, self.bound, self.passwords, verifiers
        )

    @cached_property
    def binding(self) -> AuthenticatorBinding:
        """From a page to the account."""
        parts = self.issuer
        return AuthenticatorBinding(
            self.models, self.bound, self.passwords, self.verification, self.notices, parts.clock,
            parts.randomness.branch("authenticators"), parts.settings,
        )  # fmt: skip

    @cached_property
    def pages(self) -> AuthenticatorPages:
        """The kiosk's pages."""
        parts = self.issuer
        return AuthenticatorPages(
            parts.accounts, parts.sign_ins, parts.card_reading.readings, self.bound, self.binding, self.passwords,
            self.notices, parts.settings,
        )  # fmt: skip
