"""The phone's side of the reference enrolment protocol: a binding secret becomes an enrolment token."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from dpc_conformance.protocols.qr_payload import base64url


@dataclass(frozen=True)
class OfferedCredential:
    """A credential that the token may fetch. `path` is relative to the issuer's origin.

    `key` says who makes the key: the device, its hardware module (`hardware`), or the issuer.
    """

    usage: str
    path: str
    key: str


@dataclass(frozen=True)
class EnrolmentSession:
    """What the issuer gave for the secret. `expires_in` is in seconds; secrets stay out of the repr.

    The phone keeps nothing of `unblocking_key`: with it the keys are sealed a second time, for a reset of the
    activation secret. Where `next_unblocking_key` is there, this is such a reset, and the next one needs that key.
    `order` goes to the hardware module that is to make a key.
    """

    token: str = field(repr=False)
    expires_in: int
    credentials: tuple[OfferedCredential, ...]
    unblocking_key: str = field(default="", repr=False)
    next_unblocking_key: str = field(default="", repr=False)
    order: str = ""


class EnrolmentRefused(Exception):
    """The issuer refused. `status` is the HTTP status, `reason` the issuer's word for it (maybe empty)."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(f"the issuer refused ({status} {reason}): {message}")
        self.status, self.reason, self.message = status, reason, message


def proof_claims(enrolment_address: str, secret: bytes, issued_at: int, identifier: str) -> dict[str, Any]:
    """What the device key signs (compact JWS, ES256) to tie the secret to the device; `issued_at` in seconds."""
    digest = base64url(hashlib.sha256(secret).digest())
    return {"aud": enrolment_address, "secret_sha256": digest, "iat": issued_at, "jti": identifier}


def refusal_of(response: httpx.Response) -> EnrolmentRefused:
    """The issuer's error answer as an exception, whatever its body turns out to be."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if not isinstance(body, Mapping):
        return EnrolmentRefused(response.status_code, "", response.text[:300])
    return EnrolmentRefused(response.status_code, str(body.get("error", "")), str(body.get("message", "")))


class EnrolmentClient:
    """Speaks to one issuer's enrolment address over an HTTP client that checks the server's certificate."""

    def __init__(self, http: httpx.Client, enrolment_address: str) -> None:
        self._http, self._address = http, enrolment_address

    def redeem(self, secret: bytes, statement: str, proof: str, password: str = "") -> EnrolmentSession:
        """Spend the binding secret, with the device manager's statement and the device's proof (compact JWS).

        `password` is what stands under the code, where it has one. Secrets travel in the body only. Raises
        EnrolmentRefused.
        """
        body = {"secret": base64url(secret), "statement": statement, "proof": proof}
        if password:
            body["password"] = password
        response = self._http.post(f"{self._address}/sessions", json=body)
        if response.status_code != httpx.codes.OK:
            raise refusal_of(response)
        try:
            answer = response.json()
            credentials = tuple(
                OfferedCredential(offer["usage"], offer["path"], offer["key"]) for offer in answer["credentials"]
            )
            more = (str(answer.get(name, "")) for name in ("unblocking_key", "next_unblocking_key", "order"))
            return EnrolmentSession(answer["token"], int(answer["expires_in"]), credentials, *more)
        except (ValueError, KeyError, TypeError) as error:
            raise EnrolmentRefused(response.status_code, "", f"the answer is malformed: {error!r}") from error

    def acknowledge(self, token: str, serial: int) -> None:
        """Tell the issuer that the certificate with that serial is installed (CP §4.4). Raises EnrolmentRefused."""
        response = self._http.post(f"{self._address}/receipts", json={"token": token, "serial": str(serial)})
        if not response.is_success:
            raise refusal_of(response)
