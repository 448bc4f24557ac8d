"""Seeded defects of the Discovery Object. The Security Object is signed again over each."""

from dpc_conformance.faults.token.data_door import certificate_of_signer, claim_secure_messaging, data_fault, put
from dpc_conformance.formats import containers
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.token.virtual_token import VirtualToken

BOTH_AIDS = (containers.PIV_AID, containers.DERIVED_PIV_AID)
FINGERPRINT_COMPARISON = bytes.fromhex("5000")
GLOBAL_PIN, GLOBAL_PIN_FIRST = bytes.fromhex("6010"), bytes.fromhex("6020")


@data_fault("Discovery names another application", {"DPC-APP-DISC-01"})
def another_application(token: VirtualToken, _: Scene) -> None:
    [other] = [aid for aid in BOTH_AIDS if aid != token.application.aid]
    put(token, containers.DISCOVERY, card_data.discovery(other), seal=True)


def _policy(token: VirtualToken, policy: bytes) -> None:
    put(token, containers.DISCOVERY, card_data.discovery(token.application.aid, policy), seal=True)


# Whatever the drafts do not allow in the policy, the edition of 2014 does not allow either.
@data_fault("Discovery allows fingerprint comparison on the token", {"DPC-APP-DISC-02", "DPC-APP-DISC-03"})
def fingerprint_comparison(token: VirtualToken, _: Scene) -> None:
    _policy(token, FINGERPRINT_COMPARISON)


@data_fault("Discovery allows the Global PIN", {"DPC-APP-DISC-02", "DPC-APP-DISC-03"})
def global_pin(token: VirtualToken, _: Scene) -> None:
    _policy(token, GLOBAL_PIN)


@data_fault("Discovery prefers the Global PIN", {"DPC-APP-DISC-02", "DPC-APP-DISC-03"})
def global_pin_first(token: VirtualToken, _: Scene) -> None:
    _policy(token, GLOBAL_PIN_FIRST)


@data_fault("token has a virtual contact interface and no Discovery", {"DPC-APP-DISC-04"})
def no_discovery(token: VirtualToken, scene: Scene) -> None:
    claim_secure_messaging(token)
    put(token, containers.SM_CERTIFICATE_SIGNER, card_data.certificate_object(certificate_of_signer(scene)))
    token.application.objects.remove(containers.DISCOVERY)
    token.seal()
