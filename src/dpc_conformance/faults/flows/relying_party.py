"""Seeded defects of the web application that takes derived credentials."""

from dpc_conformance.faults.forgiving import forgiving
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import oids
from dpc_conformance.reference.relying_party.sign_in import DerivedCredentialSignIn
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.reasons import Reason


@fault("web application accepts a revoked credential", {"DPC-LC-RP-02"})
def revoked(scene: Scene) -> None:
    judge = scene.path_judge(frozenset({oids.DERIVED_PIV_AUTH, oids.DERIVED_PIV_AUTH_HARDWARE}))
    lenient = forgiving(judge, Reason.REVOKED)
    scene.relying_party.authenticate = DerivedCredentialSignIn(lenient, lambda: scene.people)
