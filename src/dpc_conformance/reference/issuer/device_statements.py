"""Device statements: the device manager says whose phone it is, the phone proves that it is this one."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from dpc_conformance.clock import RunClock
from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.roles.reasons import Reason

ALGORITHM = "ES256"
SKEW = timedelta(minutes=1)
PROOF_LIFETIME = timedelta(minutes=3)
"""As far as clocks may differ (CP §6.8): an issuer whose own is wrong notices it here, before it issues anything."""


@dataclass(frozen=True)
class StatedDevice:
    """A managed phone that proved to be there; `identifiers` of statement and proof must not come again.

    `module` is the serial number of its hardware module and `issued_to` the account of the person to whom the
    agency's inventory says that it was issued; both are empty where the manager states nothing.
    """

    device_id: str
    account: str
    identifiers: tuple[str, str]
    module: str = ""
    issued_to: str = ""


class DeviceStatements:
    """Verifies statement and proof, both compact JWS with ES256 (RFC 7515, RFC 7800)."""

    def __init__(self, manager: str, manager_key: Mapping[str, Any], audience: str, clock: RunClock) -> None:
        """`manager` is the device manager's issuer name, `manager_key` its public key (JWK, P-256)."""
        self._manager, self._audience, self._clock = manager, audience, clock
        self._key = ECKey.import_key(dict(manager_key))

    def verify(self, statement: str, proof: str, secret: bytes, account: str) -> StatedDevice | Refusal:
        """The device, when the manager vouches that it belongs to `account` and its key signed over the secret."""
        try:
            claims = _claims(statement, self._key)
            device_key = ECKey.import_key(_mapping(_mapping(claims, "cnf"), "jwk"))
            proven = _claims(proof, device_key)
            problem = self._problem_of_statement(claims) or self._problem_of_proof(proven, secret)
            device = StatedDevice(
                _text(claims, "device_id"), _text(claims, "sub"), (_text(claims, "jti"), _text(proven, "jti")),
                str(claims.get("module", "")), str(claims.get("issued_to", "")),
            )  # fmt: skip
        except (JoseError, ValueError, TypeError) as error:
            # Only the kind of error: a message might repeat what was sent.
            return Refusal(Reason.DEVICE_STATEMENT, f"statement or proof does not verify: {type(error).__name__}")
        if problem:
            return Refusal(Reason.DEVICE_STATEMENT, problem)
        if device.account != account:
            detail = f"device {device.device_id} belongs to {device.account}, {account} signed in at the kiosk"
            return Refusal(Reason.DEVICE_NOT_REGISTERED, detail)
        return self.approval(claims) or device

    def approval(self, claims: Mapping[str, Any]) -> Refusal | None:
        """Refused unless the manager says that the phone complies (SP 800-157r1 §2.2: approved by the home agency)."""
        if claims.get("compliant") is True:
            return None
        return Refusal(Reason.DEVICE_NOT_APPROVED, f"the manager does not vouch for device {claims.get('device_id')}")

    def _problem_of_statement(self, claims: Mapping[str, Any]) -> str:
        now = self._clock.epoch()
        if claims.get("iss") != self._manager:
            return "the statement is not by the configured device manager"
        if claims.get("aud") != self._audience:
            return "the statement is for another issuer"
        if _number(claims, "exp") <= now:
            return "the statement has expired"
        if _number(claims, "iat") > now + SKEW.total_seconds():
            return "the statement is from the future"
        return ""

    def _problem_of_proof(self, claims: Mapping[str, Any], secret: bytes) -> str:
        age = self._clock.epoch() - _number(claims, "iat")
        if claims.get("aud") != self._audience:
            return "the proof is for another issuer"
        if not compare_digest(str(claims.get("secret_sha256")), base64url(hashlib.sha256(secret).digest())):
            return "the proof is over another secret"
        if not -SKEW.total_seconds() <= age <= PROOF_LIFETIME.total_seconds():
            return "the proof is not of this moment"
        return ""


def _claims(compact: str, key: ECKey) -> Mapping[str, Any]:
    claims = json.loads(jws.deserialize_compact(compact, key, algorithms=[ALGORITHM]).payload)
    if not isinstance(claims, Mapping):
        raise ValueError("the claims are no object")
    return claims


def _mapping(claims: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = claims.get(name)
    if not isinstance(value, dict):
        raise ValueError(f"{name} is missing")
    return value


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} is missing")
    return value


def _number(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name} is missing")
    return value
