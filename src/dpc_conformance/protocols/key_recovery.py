"""The phone's side of key recovery in the reference protocol: JSON over TLS with the derived credential."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.protocols.enrolment import EnrolmentRefused, refusal_of


class KeyRecoveryClient:
    """Speaks to one recovery service. Methods raise EnrolmentRefused and the network's errors."""

    def __init__(self, http: httpx.Client, address: str) -> None:
        """`http` presents the derived credential; `address` is like `https://issuer.dpc.example:8443/recovery`."""
        self._http, self._address = http, address.rstrip("/")

    def offered(self) -> tuple[bytes, ...]:
        """The certificates (DER) of the keys that the credential may recover."""
        answer = _read(self._http.get(f"{self._address}/keys"))
        certificates = answer.get("certificates")
        if not isinstance(certificates, list):
            raise EnrolmentRefused(200, "", "the answer names no certificates")
        return tuple(_bytes(each) for each in certificates)

    def recover(self, certificate: bytes, request: x509.CertificateSigningRequest) -> bytes:
        """The key of that certificate as it came: CMS EnvelopedData (DER) for the key of `request`, it is hoped."""
        body = {"certificate": _text(certificate), "request": _text(request.public_bytes(Encoding.DER))}
        return _bytes(_read(self._http.post(self._address, json=body)).get("key"))

    def acknowledge(self, certificate: bytes) -> None:
        """Tell the service that the key is installed."""
        _read(self._http.post(f"{self._address}/receipts", json={"certificate": _text(certificate)}))


def _read(response: httpx.Response) -> Mapping[str, Any]:
    if response.status_code != httpx.codes.OK:
        raise refusal_of(response)
    try:
        body = response.json()
    except ValueError as error:
        raise EnrolmentRefused(response.status_code, "", "the answer is no JSON") from error
    if not isinstance(body, Mapping):
        raise EnrolmentRefused(response.status_code, "", "the answer is no JSON object")
    return body


def _text(der: bytes) -> str:
    return b64encode(der).decode()


def _bytes(text: object) -> bytes:
    try:
        return b64decode(text if isinstance(text, str) else "?", validate=True)
    except ValueError as error:
        raise EnrolmentRefused(200, "", "the answer is not base64") from error
