"""Device sessions: each request carries a signature by the key that was enrolled, so a copied session is worthless."""

import hashlib
import threading
from dataclasses import dataclass
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from dpc_conformance.clock import RunClock
from dpc_conformance.protocols.device_management import SCHEME
from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.reference.device_manager.refusals import Refused
from dpc_conformance.reference.device_manager.register import ENROLLED, DeviceRegister, ManagedDevice
from dpc_conformance.roles.reasons import Reason

LIFETIME = 60
"""Seconds for which a signed request may be used, and by which the clocks may differ."""

NOT_SIGNED = "the request is not signed with the key of a phone that is managed here"


@dataclass(frozen=True)
class SignedRequest:
    """What arrived: HTTP method, path without query, body, and the Authorization header."""

    method: str
    path: str
    body: bytes
    authorization: str


class DeviceSessions:
    """Checks the signature of a request, that it is meant for this request, is fresh, and was never used before."""

    def __init__(self, register: DeviceRegister, service_address: str, clock: RunClock) -> None:
        self._register, self._address, self._clock = register, service_address, clock
        self._used: dict[str, int] = {}
        self._lock = threading.Lock()

    def device_of(self, request: SignedRequest) -> ManagedDevice:
        """The enrolled phone that signed the request. Raises Refused."""
        token = self._token(request)
        try:
            device_id = str(jws.extract_compact(token.encode()).headers().get("kid", ""))
        except (JoseError, ValueError) as error:
            raise Refused(Reason.PROOF_OF_POSSESSION, "the request is not signed", 401) from error
        managed = self._register.find(device_id)
        if managed is None:
            # The same answer as to a wrong signature: nobody learns which phones are known here.
            raise Refused(Reason.PROOF_OF_POSSESSION, NOT_SIGNED, 401, device_id or "unknown")
        self._check(token, managed.key, request, device_id)
        if managed.device.state != ENROLLED:
            raise Refused(Reason.DEVICE_NOT_REGISTERED, "this phone is not managed here any more", 403, device_id)
        return managed

    def check_possession(self, request: SignedRequest, key: dict[str, Any]) -> None:
        """A phone that enrols signs with the key that it brings. Raises Refused."""
        self._check(self._token(request), key, request, "unknown")

    def _token(self, request: SignedRequest) -> str:
        scheme, _, token = request.authorization.partition(" ")
        if scheme != SCHEME or not token:
            raise Refused(Reason.PROOF_OF_POSSESSION, "the request is not signed by a device", 401)
        return token.strip()

    def _check(self, token: str, key: dict[str, Any], request: SignedRequest, actor: str) -> None:
        try:
            claims = jwt.decode(token, device_key(key), algorithms=["ES256"]).claims
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise Refused(Reason.PROOF_OF_POSSESSION, NOT_SIGNED, 401, actor) from error
        expected = {
            "aud": self._address,
            "htm": request.method,
            "htu": request.path,
            "body_sha256": base64url(hashlib.sha256(request.body).digest()),
        }
        if any(claims.get(name) != value for name, value in expected.items()):
            raise Refused(Reason.PROOF_OF_POSSESSION, "the signature is for another request", 401, actor)
        issued_at, identifier = claims.get("iat"), claims.get("jti")
        if not isinstance(issued_at, int) or abs(self._clock.epoch() - issued_at) > LIFETIME:
            raise Refused(Reason.PROOF_OF_POSSESSION, "the signature of the request is not fresh", 401, actor)
        if not isinstance(identifier, str) or not self._spend(identifier):
            raise Refused(Reason.PROOF_OF_POSSESSION, "the signed request was used before", 401, actor)

    def _spend(self, identifier: str) -> bool:
        now = self._clock.epoch()
        with self._lock:
            # Older ones are refused for their age.
            self._used = {used: at for used, at in self._used.items() if now - at <= 2 * LIFETIME}
            fresh = identifier not in self._used
            self._used[identifier] = now
            return fresh


def device_key(jwk: dict[str, Any]) -> ECKey:
    """A device's public key. ValueError unless it is a public key on P-256."""
    if not isinstance(jwk, dict) or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256" or "d" in jwk:
        raise ValueError("a device key is a public EC key on P-256")
    try:
        key = ECKey.import_key(jwk)
        key.get_op_key("verify")  # joserfc looks at the point on first use only
    except (JoseError, ValueError, TypeError) as error:
        raise ValueError("the device key is malformed") from error
    return key
