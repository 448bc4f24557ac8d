"""Issuance under the hardware policy: for keys that the device's own module made, and vouches for."""

import sqlite3
from dataclasses import dataclass
from typing import Protocol

from cryptography import x509

from dpc_conformance.reference.issuer.attested_keys import AttestedKeys
from dpc_conformance.reference.issuer.binding_secrets import PendingBinding
from dpc_conformance.reference.issuer.credentials import Product
from dpc_conformance.reference.issuer.device_statements import StatedDevice
from dpc_conformance.reference.issuer.grants import Grant, Grants
from dpc_conformance.reference.issuer.key_attestations import KeyAttestations
from dpc_conformance.reference.issuer.module_orders import ModuleOrders
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.settings import DEVICE, IssuerSettings
from dpc_conformance.roles.reasons import Reason


class Issues(Protocol):
    """Whoever makes a certificate of a grant and a request."""

    def issue(self, grant: Grant, usage: str, der: bytes, key_origin: str) -> Product:
        """The certificate for the request (DER). Raises Refused."""


@dataclass
class HardwareGate:
    """Lets a request through whose key the right module made upon the order for its grant."""

    orders: ModuleOrders
    attestations: KeyAttestations
    keys: AttestedKeys

    def judge(self, grant: str, request: bytes) -> Refusal | None:
        """Judge the request (DER); what is believed goes on record."""
        order = self.orders.outstanding(grant)
        if isinstance(order, Refusal):
            return order
        chain = self.attestations.read(request, order)
        if isinstance(chain, Refusal):
            return chain
        self.keys.note(chain)
        return None


@dataclass
class HardwareIssuance:
    """`issuance` signs under the hardware policy, behind the gate."""

    gate: HardwareGate
    issuance: Issues

    def issue(self, grant: Grant, usage: str, der: bytes, key_origin: str) -> Product:
        """The certificate for the request (DER). Raises Refused."""
        refusal = self.made_by(key_origin) or self.gate.judge(grant.identifier, der)
        if refusal is not None:
            raise Refused(refusal, grant.account, f"{usage} for device {grant.device_id}")
        return self.issuance.issue(grant, usage, der, key_origin)

    def made_by(self, key_origin: str) -> Refusal | None:
        """Refused for a key that the device would not make itself (CP §6.1.1.2)."""
        return None if key_origin == DEVICE else Refusal(Reason.KEY_ORIGIN, f"a key made by the {key_origin}")


@dataclass
class ByAssurance:
    """Hands a grant to whoever issues at its level."""

    software: Issues
    hardware: Issues

    def issue(self, grant: Grant, usage: str, der: bytes, key_origin: str) -> Product:
        """The certificate for the request (DER). Raises Refused."""
        return (self.hardware if grant.hardware else self.software).issue(grant, usage, der, key_origin)


@dataclass
class HardwareDevices:
    """The devices for which codes of hardware profiles are good."""

    orders: ModuleOrders
    settings: IssuerSettings

    def admit(self, pending: PendingBinding, device: StatedDevice) -> Refusal | None:
        """Refused for a hardware credential unless the agency issued this very device to the applicant."""
        if not self.settings.profile_of(pending.profile).hardware or self.issued(device, pending.account):
            return None
        detail = f"device {device.device_id} was issued to {device.issued_to or 'nobody'}"
        return Refusal(Reason.DEVICE_NOT_ISSUED, detail)

    def issued(self, device: StatedDevice, account: str) -> bool:
        """Whether the inventory has a module in the device, and the device with that person."""
        return bool(device.module) and device.issued_to == account

    def note(self, connection: sqlite3.Connection, grant: str, pending: PendingBinding, device: StatedDevice) -> None:
        """Within the transaction that redeems a code: the device's module may make the key."""
        if self.settings.profile_of(pending.profile).hardware:
            self.orders.note(connection, grant, device.module)

    def answer(self, grant: Grant) -> dict[str, str]:
        """What a phone gets besides its token: the order to its module."""
        order = self.orders.outstanding(grant.identifier)
        if isinstance(order, Refusal):
            raise Refused(order, grant.account, f"device {grant.device_id}")
        return {"order": self.orders.text(order)}


@dataclass
class HardwareRecipients:
    """To which keys recovered keys may be sent: a holder of a hardware credential gets them into the module only."""

    grants: Grants
    gate: HardwareGate

    def judge(self, credential: x509.Certificate, request: bytes) -> Refusal | None:
        """Judge the request for the transport key (DER) of whoever holds that credential (CP §4.12.1.5)."""
        grant = self.grants.of_certificate(credential)
        if isinstance(grant, Refusal) or not grant.hardware:
            return None
        return self.gate.judge(grant.identifier, request)
