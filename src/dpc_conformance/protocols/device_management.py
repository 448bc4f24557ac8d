"""The phone's side of the reference device manager: every request is signed with the device key."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.jwk import ECKey

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.device_profiles import CheckInAnswer, answer_from_json, held_as_json
from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.roles.device_manager import ManagedApp

SCHEME = "Device"
"""The word before the signed request in the Authorization header."""


@dataclass(frozen=True)
class EnrolledDevice:
    """What the phone learns when it is enrolled: its id, and the names of the person it belongs to."""

    device_id: str
    account: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class DeviceConfiguration:
    """The policies on the phone. `issuer_address` is None until a policy needs a derived credential.

    `trusted_roots` are PEM certificates that the administrator deployed.
    """

    issuer_address: str | None
    help_url: str
    camera_allowed: bool
    screen_lock_required: bool
    trusted_roots: tuple[str, ...]


@dataclass(frozen=True)
class PushedNotification:
    """An app notification that waits for the phone; `number` counts from 1 for each phone, `epoch` is seconds.

    `opens` is the path of what it opens, as in the links of e-mails.
    """

    number: int
    epoch: int
    opens: str
    title: str
    text: str


class ManagementRefused(Exception):
    """The device manager refused. `status` is the HTTP status, `reason` its word for it (maybe empty)."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(f"the device manager refused ({status} {reason}): {message}")
        self.status, self.reason, self.message = status, reason, message


def public_jwk(key: ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey) -> dict[str, Any]:
    """The public half as a JSON Web Key (RFC 7517)."""
    return dict(ECKey.import_key(key).as_dict(private=False))


def signed(claims: Mapping[str, Any], key: ec.EllipticCurvePrivateKey, **header: str) -> str:
    """A compact JWS over the claims (ES256, RFC 7515); `key` must be on P-256."""
    return jwt.encode({"alg": "ES256", **header}, dict(claims), ECKey.import_key(key), algorithms=["ES256"])


def request_claims(
    audience: str, method: str, path: str, body: bytes, issued_at: int, identifier: str
) -> dict[str, Any]:
    """What the device key signs for one request; `issued_at` in seconds, `identifier` is never used again."""
    digest = base64url(hashlib.sha256(body).digest())
    return {"aud": audience, "htm": method, "htu": path, "body_sha256": digest, "iat": issued_at, "jti": identifier}


class DeviceManagementClient:
    """Speaks to one device manager with one device key; methods raise ManagementRefused and the network's errors."""

    def __init__(
        self,
        http: httpx.Client,
        service_address: str,
        key: ec.EllipticCurvePrivateKey,
        clock: RunClock,
        entropy: Entropy,
        module: str = "",
    ) -> None:
        """`module` is the serial number of the phone's hardware module, empty where there is none."""
        self._http, self._address = http, service_address.rstrip("/")
        self._key, self._clock, self._entropy, self._module = key, clock, entropy, module
        self.device_id = ""
        """Empty until `enrol` succeeded; a phone that starts again sets what it kept."""

    def enrol(self, id_token: str, model: str, system: str = "", token: str = "") -> EnrolledDevice:
        """Make the phone a managed device of the person whom the identity provider names in `id_token`.

        `token` is the organisation's enrolment token, where the phone was given one.
        """
        content = {"id_token": id_token, "key": public_jwk(self._key), "model": model, "module": self._module}
        content |= {"system": system, "enrolment_token": token}
        answer = self._call("POST", "/devices", content)
        self.device_id = str(answer["device_id"])
        return EnrolledDevice(self.device_id, str(answer["account"]), tuple(map(str, answer["names"])))

    def configuration(self) -> DeviceConfiguration:
        """The policies that apply to the phone now."""
        answer = self._call("GET", "/configuration", None)
        return DeviceConfiguration(
            issuer_address=answer["issuer_address"],
            help_url=str(answer["help_url"]),
            camera_allowed=bool(answer["camera_allowed"]),
            screen_lock_required=bool(answer["screen_lock_required"]),
            trusted_roots=tuple(answer["trusted_roots"]),
        )

    def notifications(self) -> tuple[PushedNotification, ...]:
        """Every app notification so far, oldest first."""
        answer = self._call("GET", "/notifications", None)
        return tuple(
            PushedNotification(
                int(one["number"]), int(one["epoch"]), str(one["opens"]), str(one["title"]), str(one["text"])
            )
            for one in answer["notifications"]
        )

    def statement(self, enrolment_address: str) -> str:
        """A device statement (compact JWS) for the issuer at that address."""
        return str(self._call("POST", "/statements", {"audience": enrolment_address})["statement"])

    def check_in(self, held: Mapping[str, bytes]) -> CheckInAnswer:
        """Say which certificates (DER) are on the phone for which usage, and hear what applies to it."""
        return answer_from_json(self._call("POST", "/check-ins", {"certificates": held_as_json(held)}))

    def apps(self) -> tuple[ManagedApp, ...]:
        """The apps that the organisation offers to the phone's user."""
        return tuple(ManagedApp(**one) for one in self._call("GET", "/apps", None)["apps"])

    def unenrol(self) -> None:
        """End the management of the phone at its user's wish."""
        self._call("POST", "/unenrolments", {})

    def _call(self, method: str, path: str, content: dict[str, Any] | None) -> dict[str, Any]:
        body = b"" if content is None else json.dumps(content).encode()
        claims = request_claims(
            self._address, method, path, body, self._clock.epoch(), base64url(self._entropy.bytes(16))
        )
        header = {"kid": self.device_id} if self.device_id else {}
        response = self._http.request(
            method,
            self._address + path,
            content=body,
            headers={
                "Authorization": f"{SCHEME} {signed(claims, self._key, **header)}",
                "Content-Type": "application/json",
            },
        )
        answer = _object(response)
        if not response.is_success:
            reason, message = str(answer.get("error", "")), str(answer.get("message", response.reason_phrase))
            raise ManagementRefused(response.status_code, reason, message)
        return answer


def _object(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = response.json()
    except ValueError:
        answer = {}
    return answer if isinstance(answer, dict) else {}
