"""Seeded defects of suspension: holds without an end, and keys that end their own."""

from dataclasses import replace
from datetime import timedelta

from cryptography import x509

from dpc_conformance.faults.flows.pki_auth import AnyHolder
from dpc_conformance.faults.forgiving import forgiving
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.path_judge import PathJudge
from dpc_conformance.reference.issuer.pki_auth import PkiAuthenticator
from dpc_conformance.reference.issuer.renewals import DerivedHolders
from dpc_conformance.reference.issuer.suspension import Suspensions
from dpc_conformance.reference.pki.crl_maker import CrlMaker
from dpc_conformance.reference.pki.revocation import Revocation
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.reasons import Reason


class SuspensionsOf(Suspensions):
    """The issuer's suspensions, as a defect changes them."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(
            parts.store, parts.audit, parts.revocations, parts.hold, parts.restore, parts.clock, parts.settings
        )


class ForEver(SuspensionsOf):
    """Lets a hold last."""

    def over(self, serial: str) -> None:
        """See Suspensions."""


@fault("suspension never ends", {"DPC-LC-SUSP-02"})
def for_ever(scene: Scene) -> None:
    scene.issuer.maintenance.suspensions = ForEver(scene.issuer)


class PastTheEnd(SuspensionsOf):
    """Does not look when the certificate ends."""

    before_expiry = -timedelta(days=3650)


@fault("suspension outlives its certificate", {"DPC-LC-SUSP-02"})
def past_the_end(scene: Scene) -> None:
    scene.issuer.maintenance.suspensions = PastTheEnd(scene.issuer)


@fault("suspended credential ends its own suspension", {"DPC-LC-SUSP-03"})
def by_itself(scene: Scene) -> None:
    parts, judge = scene.issuer, scene.issuer.judge
    if not isinstance(judge, PathJudge):
        raise TypeError("another defect has taken the place of the issuer's judge")
    lenient = forgiving(replace(judge, policies=judge.policies | {oids.DERIVED_PIV_AUTH}), Reason.REVOKED)
    holders = AnyHolder(parts.accounts, DerivedHolders(parts.grants, parts.accounts))
    parts.maintenance.restoration_desk.authenticator = PkiAuthenticator(lenient, holders, parts.clock)


@fault("restored credential stays on the CRL", {"DPC-LC-SUSP-01"})
def stays_listed(scene: Scene) -> None:
    scene.issuer.restore = lambda _certificate: None


class WithoutReason(CrlMaker):
    """Lists certificates and does not say why."""

    def entry(self, revocation: Revocation) -> x509.RevokedCertificate:
        """See CrlMaker."""
        return super().entry(replace(revocation, reason=x509.ReasonFlags.unspecified))


@fault("hold is on the CRL without its reason", {"DPC-LC-SUSP-01", "DPC-LC-SUSP-02"})
def without_reason(scene: Scene) -> None:
    scene.status.crls = WithoutReason(scene.status.revocations)
