"""Seeded defects of the judgement whose phone it is: statements and proofs that the issuer should not believe."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from joserfc import jws

from dpc_conformance.faults.registry import fault
from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.reference.issuer.device_statements import DeviceStatements, StatedDevice
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.scene import Scene


class StatementsOf(DeviceStatements):
    """The issuer's judgement, as a defect changes it."""

    def __init__(self, parts: IssuerParts) -> None:
        settings = parts.settings
        super().__init__(settings.device_manager, parts.manager_key, settings.enrolment_address, parts.clock)


def _unverified(compact: str) -> dict[str, Any]:
    return dict(json.loads(jws.extract_compact(compact.encode()).payload))


class AnybodysPhone(StatementsOf):
    """Does not compare whose phone it is with who signed in."""

    def verify(self, statement: str, proof: str, secret: bytes, account: str) -> StatedDevice | Refusal:
        """See DeviceStatements."""
        found = super().verify(statement, proof, secret, account)
        if isinstance(found, Refusal) and found.detail.startswith("device "):
            return super().verify(statement, proof, secret, _unverified(statement)["sub"])
        return found


@fault("issuer does not look whose phone it is", {"DPC-ISS-POP-02", "DPC-ISS-PKIAUTH-07", "DPC-ACT-RESET-01"})
def anybodys_phone(scene: Scene) -> None:
    scene.issuer.statements = AnybodysPhone(scene.issuer)


class Timeless(StatementsOf):
    """Does not look when a statement ends."""

    def _problem_of_statement(self, claims: Mapping[str, Any]) -> str:
        return super()._problem_of_statement({**claims, "exp": self._clock.epoch() + 1})


@fault("issuer accepts an expired device statement", {"DPC-ISS-DEVICE-01"})
def expired(scene: Scene) -> None:
    scene.issuer.statements = Timeless(scene.issuer)


class AnyProof(StatementsOf):
    """Does not look for which code the phone made its proof."""

    def _problem_of_proof(self, claims: Mapping[str, Any], secret: bytes) -> str:
        return super()._problem_of_proof({**claims, "secret_sha256": base64url(sha256(secret).digest())}, secret)


@fault("issuer does not look for which QR code a phone made its proof", {"DPC-ISS-DEVICE-01"})
def any_proof(scene: Scene) -> None:
    scene.issuer.statements = AnyProof(scene.issuer)


class Credulous(StatementsOf):
    """Reads statement and proof without verifying who signed them."""

    def verify(self, statement: str, proof: str, secret: bytes, account: str) -> StatedDevice | Refusal:
        """See DeviceStatements."""
        found = super().verify(statement, proof, secret, account)
        if not isinstance(found, Refusal) or "does not verify" not in found.detail or not statement:
            return found
        said, proven = _unverified(statement), _unverified(proof)
        return StatedDevice(said["device_id"], said["sub"], (said["jti"], proven["jti"]))


@fault("issuer does not verify who signed the device statement", {"DPC-ISS-DEVICE-01"})
def unsigned(scene: Scene) -> None:
    scene.issuer.statements = Credulous(scene.issuer)


class Trusting(StatementsOf):
    """Takes a phone without a statement for the cardholder's."""

    def verify(self, statement: str, proof: str, secret: bytes, account: str) -> StatedDevice | Refusal:
        """See DeviceStatements."""
        if statement:
            return super().verify(statement, proof, secret, account)
        return StatedDevice("unmanaged", account, ("none", _unverified(proof)["jti"]))


@fault("issuer needs no device statement", {"DPC-ISS-DEVICE-01"})
def none_needed(scene: Scene) -> None:
    scene.issuer.statements = Trusting(scene.issuer)
