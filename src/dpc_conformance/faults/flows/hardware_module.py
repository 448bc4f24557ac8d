"""Seeded defects of the phone's secure element: how often one may guess, and what gets in or out of it."""

import json
from base64 import b64decode, b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.phone.backups import Backups
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.hardware_keys import HARDWARE, HardwareKeys
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.secure_element import SecureElement, _Slot
from dpc_conformance.reference.scene import Scene


def with_element(scene: Scene, kind: type[SecureElement]) -> None:
    """Each phone of the scene gets a secure element of that kind."""

    def change(parts: PhoneParts) -> None:
        honest, flash, recorder = parts.hardware.element, parts.hardware._flash, parts.recorder
        element = kind(honest.serial, honest._certified, honest.orders, honest._entropy)
        parts.hardware = HardwareKeys(flash, element, recorder)

    scene.on_phone.append(change)


class Patient(SecureElement):
    """Allows a hundred wrong attempts, whatever is documented."""

    def attempts_left(self) -> int:
        """See SecureElement."""
        return max(0, 100 - self._wrong)


@fault("module does not block at the number of attempts that it states", {"DPC-ACT-RETRY-04"})
def patient(scene: Scene) -> None:
    with_element(scene, Patient)


class EarlyBlock(SecureElement):
    """Blocks one attempt before the number that is documented."""

    def attempts_left(self) -> int:
        """See SecureElement."""
        return max(0, super().attempts_left() - 1)


@fault("module blocks one attempt early", {"DPC-ACT-RETRY-04"})
def early_block(scene: Scene) -> None:
    with_element(scene, EarlyBlock)


class TakesAnything(SecureElement):
    """Takes in whatever key it is given."""

    def load_bare(self, key: bytes) -> bool:
        """See SecureElement."""
        loaded = load_der_private_key(key, None)
        return isinstance(loaded, ec.EllipticCurvePrivateKey) and bool(self._keep(loaded))


@fault("module takes in private keys without protection", {"DPC-KM-REC-06"})
def takes_anything(scene: Scene) -> None:
    with_element(scene, TakesAnything)


class GivesBack(SecureElement):
    """Hands out keys for whoever asks."""

    def read_back(self, handle: str) -> bytes:
        """See SecureElement."""
        return _der(self._slots[handle])


@fault("module gives back the keys that it took in", {"DPC-KM-REC-06"})
def gives_back(scene: Scene) -> None:
    with_element(scene, GivesBack)


class Synced(Backups):
    """Copies the keys in the secure element along, so that they work on the next phone."""

    def __init__(self, flash: Flash, element: SecureElement) -> None:
        super().__init__(flash)
        self._element = element

    def back_up(self) -> bytes:
        """See Backups."""
        slots = {
            handle: [b64encode(part).decode() for part in (_der(slot), slot.salt, slot.digest)]
            for handle, slot in self._element._slots.items()
        }
        return json.dumps({**json.loads(super().back_up()), "slots": slots}).encode()

    def restore(self, backup: bytes) -> None:
        """See Backups."""
        super().restore(backup)
        for handle, parts in json.loads(backup)["slots"].items():
            der, salt, digest = (b64decode(part) for part in parts)
            key = load_der_private_key(der, None)
            if isinstance(key, ec.EllipticCurvePrivateKey):
                self._element._slots[handle] = _Slot(key, salt, digest)


@fault("backup holds hardware keys that work on another phone", {"DPC-ACT-EXPORT-01"})
def synced(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.backups = Synced(parts.hardware._flash, parts.hardware.element)

    scene.on_phone.append(change)


class Exporting(Synced):
    """Hands out a key as a file."""

    def back_up(self) -> bytes:
        """See Backups."""
        return Backups.back_up(self)

    def restore(self, backup: bytes) -> None:
        """See Backups."""
        Backups.restore(self, backup)

    def export(self, usage: str) -> bytes:
        """See Backups."""
        return _der(self._element._slots[self._flash.read(HARDWARE)[usage]["handle"]])


@fault("hardware key can be exported", {"DPC-ACT-EXPORT-01"})
def exporting(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.backups = Exporting(parts.hardware._flash, parts.hardware.element)

    scene.on_phone.append(change)


def _der(slot: _Slot) -> bytes:
    return slot.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()) if slot.key else b""
