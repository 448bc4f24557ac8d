"""What the reference's hostile phone is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.device_management import DeviceManagementClient, public_jwk
from dpc_conformance.reference.hostile_attestations import HostileAttestations
from dpc_conformance.reference.hostile_requests import HostileRequests
from dpc_conformance.reference.hostile_wire import HostileWire, ReferenceHostileWire
from dpc_conformance.reference.phone.camera import Camera
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.request_writer import RequestKey

MODEL = "Reference phone, tampered with"


@dataclass
class HostileParts:
    """What it is made of; `device_key` is the key under which the device manager knows it."""

    http: httpx.Client
    management: DeviceManagementClient
    device_key: ec.EllipticCurvePrivateKey = field(repr=False)
    requests: HostileRequests
    camera: Camera
    recorder: Recorder
    clock: RunClock
    entropy: Entropy
    attestations: HostileAttestations | None = None
    wire: Callable[[httpx.Client], HostileWire] = ReferenceHostileWire
    """How what it sends reaches the issuer."""


def standard_parts(
    http: httpx.Client,
    service_address: str,
    register: Callable[[str, dict[str, Any]], str],
    recorder: Recorder,
    clock: RunClock,
    entropy: Entropy,
    card_key: Callable[[], RequestKey] | None = None,
    attestations: HostileAttestations | None = None,
) -> HostileParts:
    """A hostile phone that `register` (model, public JWK; returns the device id) has enrolled for the cardholder.

    `card_key` opens the PIV Card's authentication key for the deviation card-key. `attestations` claim keys to be in
    hardware; without them the phone has none.
    """
    device_key = ec_key(entropy.branch("device-key"), ec.SECP256R1())
    management = DeviceManagementClient(http, service_address, device_key, clock, entropy.branch("management"))
    management.device_id = register(MODEL, public_jwk(device_key))
    requests = HostileRequests(entropy.branch("requests"), card_key)
    return HostileParts(
        http, management, device_key, requests, Camera(), recorder, clock, entropy.branch("attacks"), attestations
    )
