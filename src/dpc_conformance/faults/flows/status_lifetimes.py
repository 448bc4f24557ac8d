"""Seeded defects of how long the CA's word about revocations holds: a shared service provider's holds for 48 hours."""

from datetime import timedelta

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.pki.ocsp_answerer import OcspAnswerer
from dpc_conformance.reference.scene import Scene

THREE_DAYS = timedelta(days=3)


def hold_ocsp_responses(scene: Scene, lifetime: timedelta) -> None:
    """From now on the reference's responder names an end that far away."""
    if not isinstance(scene.status.ocsp, OcspAnswerer):
        raise TypeError("the reference's own responder was expected")
    scene.status.ocsp.lifetime = lifetime


@fault("CRLs hold for three days", {"DPC-CRL-TIME-02"})
def long_crls(scene: Scene) -> None:
    scene.status.crls.lifetime = THREE_DAYS


@fault("OCSP responses hold for three days", {"DPC-OCSP-FRESH-01"})
def long_ocsp_responses(scene: Scene) -> None:
    hold_ocsp_responses(scene, THREE_DAYS)
