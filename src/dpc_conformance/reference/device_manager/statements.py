"""Device statements: the device manager's signed word that a phone belongs to a person and holds a key."""

from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.device_management import public_jwk, signed
from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.reference.device_manager.assets import AssetRegister
from dpc_conformance.reference.device_manager.register import ManagedDevice
from dpc_conformance.reference.pki.keys import ec_key


class StatementSigner:
    """Signs statements (compact JWS, ES256); `lifetime` bounds how long an issuer may accept one."""

    def __init__(
        self,
        name: str,
        clock: RunClock,
        entropy: Entropy,
        assets: AssetRegister,
        lifetime: timedelta = timedelta(minutes=5),
    ) -> None:
        """`name` is the device manager's service address, the `iss` of every statement."""
        self._name, self._clock, self._entropy, self._lifetime = name, clock, entropy, lifetime
        self._assets = assets
        self._key = ec_key(entropy.branch("statement-key"), ec.SECP256R1())

    @property
    def public_key(self) -> dict[str, Any]:
        """The JWK with which issuers verify statements."""
        return public_jwk(self._key)

    def state(self, managed: ManagedDevice, audience: str) -> str:
        """A statement about the phone for the issuer whose enrolment address is `audience`."""
        now = self._clock.epoch()
        claims = {
            "iss": self._name,
            "aud": audience,
            "sub": managed.device.account,
            "device_id": managed.device.device_id,
            "cnf": {"jwk": managed.key},
            "compliant": managed.compliant,
            "iat": now,
            "exp": now + int(self._lifetime.total_seconds()),
            "jti": base64url(self._entropy.bytes(16)),
            "module": managed.module,
            "issued_to": self._assets.holder_of(managed.module),
        }
        return signed(claims, self._key, typ="device-statement+jwt")
