"""What looks after issued credentials; like IssuerParts, each part can be swapped before it is first used."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dpc_conformance.reference.issuer.holder_desk import HolderDesk
from dpc_conformance.reference.issuer.lifecycle import Lifecycle
from dpc_conformance.reference.issuer.modification import Modifications
from dpc_conformance.reference.issuer.pki_auth import PkiAuthenticator
from dpc_conformance.reference.issuer.recheck import Recheck
from dpc_conformance.reference.issuer.rekey import RekeyDesk
from dpc_conformance.reference.issuer.renewals import DerivedHolders
from dpc_conformance.reference.issuer.replacements import Replacements
from dpc_conformance.reference.issuer.reviews import Reviews
from dpc_conformance.reference.issuer.revocation_desk import RevocationDesk
from dpc_conformance.reference.issuer.sign_ins import TOKEN_BYTES, digest
from dpc_conformance.reference.issuer.suspension import RestorationDesk, Suspensions
from dpc_conformance.reference.issuer.watch import Watch

if TYPE_CHECKING:
    from dpc_conformance.reference.issuer.parts import IssuerParts

OFFICER = "security.officer"


@dataclass
class MaintenanceParts:
    """The rest of the issuer is looked up when a part is made, so that what was swapped there counts here too."""

    issuer: "IssuerParts"

    def plan(self) -> None:
        """Put what is due some day on the clock."""
        self.recheck.plan()
        self.watch.plan()
        self.modifications.plan()
        self.suspensions.plan()

    @cached_property
    def recheck(self) -> Recheck:
        """The second look after seven days."""
        parts = self.issuer
        return Recheck(parts.store, parts.audit, parts.judge, parts.revocations, parts.clock, parts.settings)

    @cached_property
    def reviews(self) -> Reviews:
        """Bindings that somebody has to look at."""
        parts = self.issuer
        return Reviews(parts.store, parts.audit, parts.revocations, parts.clock)

    @cached_property
    def lifecycle(self) -> Lifecycle:
        """Acts on what the agency tells."""
        parts = self.issuer
        lifecycle = Lifecycle(parts.store, parts.audit, parts.accounts, parts.revocations, self.reviews)
        lifecycle.on_new_card.append(lambda account, card: self.modifications.new_card(account, card))
        return lifecycle

    @cached_property
    def watch(self) -> Watch:
        """Reads the agency's feed."""
        parts = self.issuer
        return Watch(parts.store, parts.audit, parts.backend, self.lifecycle, parts.clock)

    @cached_property
    def holder_desk(self) -> HolderDesk:
        """Revocation by the holder at the kiosk."""
        parts = self.issuer
        return HolderDesk(
            parts.store, parts.audit, parts.credentials, parts.grants, parts.revocations, parts.settings
        )  # fmt: skip

    @cached_property
    def officer_token(self) -> str:
        """What the security officer authenticates with."""
        parts = self.issuer
        return parts.entropy.branch(f"officer {parts.settings.host}").bytes(TOKEN_BYTES).hex()

    @cached_property
    def revocation_desk(self) -> RevocationDesk:
        """Revocation by an officer."""
        parts = self.issuer
        officers = {digest(self.officer_token): OFFICER}
        return RevocationDesk(parts.store, parts.audit, parts.revocations, officers, parts.patience)

    @cached_property
    def modifications(self) -> Modifications:
        """Corrects credentials whose data no longer hold."""
        parts = self.issuer
        return Modifications(
            parts.store,
            parts.audit,
            parts.holder_records,
            parts.notifier,
            parts.revocations,
            parts.clock,
            parts.settings,
        )

    @cached_property
    def suspensions(self) -> Suspensions:
        """Credentials on hold."""
        parts = self.issuer
        return Suspensions(
            parts.store, parts.audit, parts.revocations, parts.hold, parts.restore, parts.clock, parts.settings
        )

    @cached_property
    def restoration_desk(self) -> RestorationDesk:
        """Where holders end a suspension."""
        parts = self.issuer
        return RestorationDesk(parts.authenticator, self.suspensions, parts.audit, parts.settings)

    @cached_property
    def rekey_authenticator(self) -> PkiAuthenticator:
        """Judges the derived certificate with which a re-key is asked for."""
        parts = self.issuer
        return PkiAuthenticator(parts.renewal_judge, DerivedHolders(parts.grants, parts.accounts), parts.clock)

    @cached_property
    def replacements(self) -> Replacements:
        """Takes former certificates out of use."""
        parts = self.issuer
        return Replacements(parts.store, parts.audit, parts.revocations, parts.clock)

    @cached_property
    def rekey_desk(self) -> RekeyDesk:
        """Receipts of re-keyed certificates."""
        return RekeyDesk(self.issuer.audit, self.rekey_authenticator, self.replacements)
