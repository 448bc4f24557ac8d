"""Authentication servers that take what they must not take, or refuse what they must not refuse."""

from dpc_conformance.faults.lenient_verifier import (
    CRITICAL_EXTENSIONS,
    DATES,
    NO_OTHER_EXPONENTS,
    NONCES,
    PURPOSES,
    lenient,
)
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import oids
from dpc_conformance.reference.relying_party.use_parts import HOSTAPD, RADIUS_WITH_CRLS, RADIUS_WITH_OCSP
from dpc_conformance.reference.relying_party.wireless.freeradius import FreeRadius
from dpc_conformance.reference.relying_party.wireless.hostapd import Hostapd
from dpc_conformance.reference.scene import Scene

EACH_USE, INVALIDATED = "DPC-LC-RP-01", "DPC-LC-RP-02"
NO_STATUS, OF_THE_CA = "DPC-PATH-UNAVAIL-01", "DPC-PATH-CA-02"


@fault("FreeRADIUS reads no CRLs", {EACH_USE, INVALIDATED, NO_STATUS, OF_THE_CA})
def without_crls(scene: Scene) -> None:
    scene.use.radius_software[RADIUS_WITH_CRLS] = FreeRadius()


@fault("hostapd reads no CRLs", {EACH_USE, INVALIDATED, NO_STATUS, OF_THE_CA})
def second_opinion_without_crls(scene: Scene) -> None:
    scene.use.radius_software[HOSTAPD] = Hostapd(whom="none")


@fault("hostapd looks at the CRL of the end certificate only", {OF_THE_CA})
def leaf_only(scene: Scene) -> None:
    scene.use.radius_software[HOSTAPD] = Hostapd(whom="leaf")


@fault("FreeRADIUS lets in whose status nobody tells", {EACH_USE, NO_STATUS})
def fails_open(scene: Scene) -> None:
    scene.use.radius_software[RADIUS_WITH_OCSP] = FreeRadius(ocsp=True, softfail=True)


@fault("FreeRADIUS does not compare the nonce", {"DPC-OCSP-NONCE-01"})
def any_nonce(scene: Scene) -> None:
    scene.use.radius_software[RADIUS_WITH_OCSP] = FreeRadius(ocsp=True, preload=lenient(scene, NONCES))


@fault("FreeRADIUS asks no responder", {EACH_USE, INVALIDATED, NO_STATUS, "DPC-OCSP-NONCE-01"})
def without_responder(scene: Scene) -> None:
    scene.use.radius_software[RADIUS_WITH_OCSP] = FreeRadius()


@fault("hostapd lets in whoever has a password", {EACH_USE})
def second_opinion_with_passwords(scene: Scene) -> None:
    scene.use.radius_software[HOSTAPD] = Hostapd(passwords=True)


@fault("hostapd does not look at dates", {EACH_USE, NO_STATUS, "DPC-PATH-TIME-01"})
def second_opinion_at_any_time(scene: Scene) -> None:
    scene.use.radius_software[HOSTAPD] = Hostapd(preload=lenient(scene, DATES))


@fault("authentication servers are told to trust another root", {"DPC-PATH-ANCHOR-01"})
def another_root(scene: Scene) -> None:
    scene.use.anchor = scene.stage.pki.foreign_authority.certificate


@fault("FreeRADIUS lets in whoever has a password", {EACH_USE})
def passwords(scene: Scene) -> None:
    scene.use.radius_software[RADIUS_WITH_CRLS] = FreeRadius(crls=True, passwords=True)


@fault("FreeRADIUS does not look at dates", {EACH_USE, "DPC-PATH-TIME-01"})
def any_time(scene: Scene) -> None:
    scene.use.radius_software[RADIUS_WITH_OCSP] = FreeRadius(ocsp=True, preload=lenient(scene, DATES))


@fault("hostapd does not look at what a certificate is for", {"DPC-PATH-EKU-01", "DPC-KM-USE-01"})
def any_purpose(scene: Scene) -> None:
    scene.use.radius_software[HOSTAPD] = Hostapd(preload=lenient(scene, PURPOSES))


@fault("FreeRADIUS passes over critical extensions", {"DPC-PATH-CRIT-01"})
def any_extension(scene: Scene) -> None:
    scene.use.radius_software[RADIUS_WITH_OCSP] = FreeRadius(ocsp=True, preload=lenient(scene, CRITICAL_EXTENSIONS))


@fault("FreeRADIUS accepts any policy", {"DPC-PATH-POLICY-01"})
def any_policy(scene: Scene) -> None:
    scene.use.radius_software[RADIUS_WITH_OCSP] = FreeRadius(ocsp=True, policies=())


@fault("FreeRADIUS demands a policy of PIV Cards", {"DPC-PATH-POLICY-01"})
def policy_of_cards(scene: Scene) -> None:
    policies = (oids.COMMON_AUTHENTICATION,)
    scene.use.radius_software[RADIUS_WITH_OCSP] = FreeRadius(ocsp=True, policies=policies)


@fault("FreeRADIUS takes people for whom they say they are", {"DPC-PATH-MAP-01"})
def stated_name(scene: Scene) -> None:
    scene.use.radius_software[RADIUS_WITH_CRLS] = FreeRadius(crls=True, own_name=False)


@fault("FreeRADIUS refuses RSA keys with an unusual exponent", {"DPC-CRY-EXP-02"})
def usual_exponents(scene: Scene) -> None:
    scene.use.radius_software[RADIUS_WITH_OCSP] = FreeRadius(ocsp=True, preload=lenient(scene, NO_OTHER_EXPONENTS))
