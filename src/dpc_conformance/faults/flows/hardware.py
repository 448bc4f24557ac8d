"""Seeded defects of hardware credentials: where keys are made, what vouches for them, and whose device it is."""

from dataclasses import replace

from cryptography import x509

from dpc_conformance.faults.registry import fault
from dpc_conformance.protocols.key_attestation import KeyStatement
from dpc_conformance.reference.issuer.credentials import Product
from dpc_conformance.reference.issuer.device_statements import StatedDevice
from dpc_conformance.reference.issuer.grants import Grant
from dpc_conformance.reference.issuer.hardware_issuance import (
    HardwareDevices,
    HardwareGate,
    HardwareIssuance,
    HardwareRecipients,
)
from dpc_conformance.reference.issuer.hardware_parts import HardwareParts
from dpc_conformance.reference.issuer.key_attestations import Chain, KeyAttestations
from dpc_conformance.reference.issuer.module_orders import Outstanding
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.settings import ISSUER
from dpc_conformance.reference.issuer.unblocking import UnblockingKeys
from dpc_conformance.reference.scene import Scene


class Unguarded(HardwareGate):
    """Notes a good attestation, and lets everything through."""

    def judge(self, grant: str, request: bytes) -> Refusal | None:
        """See HardwareGate."""
        super().judge(grant, request)
        return None


@fault("issuer needs no attestation of a hardware key", {"DPC-ISS-KEY-04"})
def unguarded(scene: Scene) -> None:
    parts = scene.issuer.hardware
    parts.issuance = HardwareIssuance(Unguarded(**vars(parts.gate)), parts.issuance.issuance)


def _attestations(scene: Scene, kind: type[KeyAttestations]) -> None:
    parts: HardwareParts = scene.issuer.hardware
    parts.attestations = kind(scene.issuer.device_roots, scene.issuer.clock)


class EveryMaker(KeyAttestations):
    """Believes a chain for being one."""

    def trusted(self, chain: Chain) -> Refusal | None:
        """See KeyAttestations."""
        self._roots = (*self._roots, chain[-1])
        return super().trusted(chain)


@fault("issuer believes hardware modules of every maker", {"DPC-ISS-KEY-04"})
def every_maker(scene: Scene) -> None:
    _attestations(scene, EveryMaker)


class AnyModule(KeyAttestations):
    """Does not look in which device the module is."""

    def of_module(self, chain: Chain, order: Outstanding) -> Refusal | None:  # noqa: ARG002
        """See KeyAttestations."""
        return None


@fault("issuer does not look which device's module vouches for a key", {"DPC-ISS-KEY-04"})
def any_module(scene: Scene) -> None:
    _attestations(scene, AnyModule)


class AnyKey(KeyAttestations):
    """Does not look which key a module vouches for."""

    def about(self, chain: Chain, request: x509.CertificateSigningRequest) -> Refusal | None:  # noqa: ARG002
        """See KeyAttestations."""
        return None


@fault("issuer takes an attestation of another key", {"DPC-ISS-KEY-04"})
def any_key(scene: Scene) -> None:
    _attestations(scene, AnyKey)


class AnyOrigin(KeyAttestations):
    """Does not look where a key in a module comes from."""

    def stated(self, chain: Chain, order: Outstanding) -> Refusal | None:
        """See KeyAttestations."""
        return None if KeyStatement.of(chain[0]).challenge == order.challenge else super().stated(chain, order)


@fault("issuer takes keys that were imported into a module", {"DPC-ISS-KEY-04"})
def any_origin(scene: Scene) -> None:
    _attestations(scene, AnyOrigin)


class MakesKeys(HardwareIssuance):
    """Makes the key of a hardware credential itself where a phone asks for that."""

    def issue(self, grant: Grant, usage: str, der: bytes, key_origin: str) -> Product:
        """See HardwareIssuance."""
        if key_origin != ISSUER:
            return super().issue(grant, usage, der, key_origin)
        return self.issuance.issue(replace(grant, credentials={usage: ISSUER}), usage, der, key_origin)


@fault("issuer makes the keys of hardware credentials", {"DPC-ISS-KEY-04"})
def makes_keys(scene: Scene) -> None:
    parts = scene.issuer.hardware
    parts.issuance = MakesKeys(parts.gate, parts.issuance.issuance)


class AnybodysDevice(HardwareDevices):
    """Is content with a managed phone that has a module."""

    def issued(self, device: StatedDevice, account: str) -> bool:  # noqa: ARG002
        """See HardwareDevices."""
        return bool(device.module)


@fault("issuer does not ask to whom a device was issued", {"DPC-ISS-DEVICE-02"})
def anybodys_device(scene: Scene) -> None:
    parts = scene.issuer.hardware
    parts.devices = AnybodysDevice(**vars(parts.devices))


class AnyRecipient(HardwareRecipients):
    """Sends recovered keys wherever the holder wants them."""

    def judge(self, credential: x509.Certificate, request: bytes) -> Refusal | None:  # noqa: ARG002
        """See HardwareRecipients."""
        return None


@fault("key history is sent to keys outside the hardware module", {"DPC-KM-REC-06"})
def any_recipient(scene: Scene) -> None:
    parts = scene.issuer.hardware
    parts.recipients = AnyRecipient(**vars(parts.recipients))


class ResetFromAfar(HardwareDevices):
    """Has an unblocking key for hardware credentials, too."""

    unblocking: UnblockingKeys

    def answer(self, grant: Grant) -> dict[str, str]:
        """See HardwareDevices."""
        self.unblocking.at_enrolment(grant)
        return super().answer(grant)


@fault("activation secret of a hardware credential is reset from afar", {"DPC-ACT-RESET-03"})
def reset_from_afar(scene: Scene) -> None:
    parts = scene.issuer.hardware
    parts.devices = ResetFromAfar(**vars(parts.devices))
    parts.devices.unblocking = scene.issuer.unblocking
