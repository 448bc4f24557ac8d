"""Seeded defects of IdentityGuard's pages: what is asked for there, and what is shown later."""

from dpc_conformance.catalogue.story import STORY_STEPS
from dpc_conformance.faults.flows.pki_auth import Imprecise
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.identity_names import IdentityNames, NamedIdentity
from dpc_conformance.reference.scene import Scene

WALKED = {step for step in STORY_STEPS if step.startswith("ENT-")}
"""The two scenarios that walk the whole journey end with the name, so all of their steps turn red."""


@fault("IdentityGuard takes a failed proof of possession for a missing certificate", {"DPC-ISS-PKIAUTH-06"})
def imprecise(scene: Scene) -> None:
    scene.issuer.audit = Imprecise(scene.issuer.store, scene.issuer.clock)


class Forgetful(IdentityNames):
    """Never shows the names again."""

    def of_account(self, account: str) -> tuple[NamedIdentity, ...]:  # noqa: ARG002
        """See IdentityNames."""
        return ()


@fault("IdentityGuard does not show the name that the credential was given", WALKED)
def forgetful(scene: Scene) -> None:
    scene.issuer.identity_names = Forgetful(scene.issuer.store)
