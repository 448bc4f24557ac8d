"""Seeded defects of the key escrow: what goes there, when, and for how long."""

from contextlib import suppress
from datetime import timedelta

from dpc_conformance.faults.flows.notification import notifier_by
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.escrow import EscrowOffline, KeyEscrow
from dpc_conformance.reference.issuer.escrow_desk import EscrowDesk
from dpc_conformance.reference.issuer.escrow_parts import EscrowParts
from dpc_conformance.reference.issuer.notifier import ESCROWED
from dpc_conformance.reference.issuer.refusals import Refused
from dpc_conformance.reference.phone.keys import DeviceKeys
from dpc_conformance.reference.phone.keystore import PrivateKey
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.pki import keys
from dpc_conformance.reference.scene import Scene


class DeskOf(EscrowDesk):
    """Where keys are handed in, as a defect changes it."""

    def __init__(self, parts: EscrowParts) -> None:
        super().__init__(parts.escrow, parts.store, parts.audit)


class Afterwards(DeskOf):
    """Hands a key in when its certificate has been issued."""

    def __init__(self, parts: EscrowParts) -> None:
        super().__init__(parts)
        self._waiting: list[tuple[str, keys.PrivateKey]] = []

    def deposit(self, account: str, key: keys.PrivateKey) -> None:
        """See EscrowDesk."""
        self._waiting.append((account, key))

    def certified(self, certificate: bytes) -> None:
        """See EscrowDesk."""
        while self._waiting:
            super().deposit(*self._waiting.pop())
        super().certified(certificate)


@fault("key goes into escrow after its certificate was issued", {"DPC-KM-ESCROW-01"})
def afterwards(scene: Scene) -> None:
    parts = scene.issuer.key_escrow
    parts.desk = Afterwards(parts)


class WithoutEscrow(DeskOf):
    """Does not mind an escrow that does not answer."""

    def deposit(self, account: str, key: keys.PrivateKey) -> None:
        """See EscrowDesk."""
        try:
            super().deposit(account, key)
        except Refused:
            return

    def certified(self, certificate: bytes) -> None:
        """See EscrowDesk."""
        try:
            super().certified(certificate)
        except Refused:
            return


@fault("issuer certifies a key while the escrow is offline", {"DPC-KM-ESCROW-01"})
def without_escrow(scene: Scene) -> None:
    parts = scene.issuer.key_escrow
    parts.desk = WithoutEscrow(parts)


@fault("escrow destroys keys when their certificate expires", {"DPC-KM-ESCROW-02"})
def destroyed_at_expiry(scene: Scene) -> None:
    scene.issuer.key_escrow.escrow.retention = timedelta()


@fault("nobody is told of the key escrow", {"DPC-KM-ESCROW-03"})
def nobody_is_told(scene: Scene) -> None:
    parts, send = scene.issuer, scene.issuer.send_mail

    def without_notice(recipient: str, subject: str, body: str) -> None:
        send(recipient, subject, body.replace(ESCROWED, ""))

    parts.notifier = notifier_by(parts, without_notice)


class Archived(DeviceKeys):
    """Sends a copy of each new key of that usage into the issuer's escrow, where that answers."""

    def __init__(self, honest: DeviceKeys, usage: str, escrow: KeyEscrow) -> None:
        self.__dict__.update(vars(honest))
        self._usage, self._escrow = usage, escrow

    def credential_key(self, usage: str) -> PrivateKey:
        """See DeviceKeys."""
        key = super().credential_key(usage)
        if usage == self._usage:
            with suppress(EscrowOffline):
                self._escrow.deposit("archive of the device manager", key)
        return key


def _archive(scene: Scene, usage: str) -> None:
    escrow = scene.issuer.key_escrow.escrow

    def change(parts: PhoneParts) -> None:
        parts.keys = Archived(parts.keys, usage, escrow)

    scene.on_phone.append(change)


@fault("signature keys are archived in the escrow", {"DPC-SIG-ESCROW-01", "DPC-ACT-ARCHIVE-01"})
def archived_signature_key(scene: Scene) -> None:
    _archive(scene, "signature")


@fault("authentication keys are archived in the escrow", {"DPC-ACT-ARCHIVE-01"})
def archived_authentication_key(scene: Scene) -> None:
    _archive(scene, "authentication")
