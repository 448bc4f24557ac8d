"""OCSP answers by delegated responders (RFC 6960), in asn1crypto since `cryptography` stamps the machine's time."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import core, keys, ocsp
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.reference.pki.authority import Authority, Identity
from dpc_conformance.reference.pki.keys import sign, signature_hash
from dpc_conformance.reference.pki.revocation import RevocationList

HASHES = ("sha1", "sha256", "sha384", "sha512")
NONCE_LIMIT = 32
"""Bytes (RFC 8954 §2.1)."""
LIFETIME = timedelta(hours=12)
"""How long a response is current."""
Responders = Callable[[Authority, datetime], Identity]


class OcspAnswerer:
    """Answers for the given authorities, whichever of its addresses was asked.

    A certificate that is not on the list is `good` (RFC 6960 §2.2); a CertID of another authority, or two of
    different ones in a request, gets `unauthorized`.
    """

    def __init__(self, authorities: tuple[Authority, ...], revocations: RevocationList, responders: Responders) -> None:
        self.revocations = revocations
        self.responders = responders
        self.lifetime = LIFETIME
        self._authorities = {
            (name, *identifier): authority
            for authority in authorities
            for name in HASHES
            for identifier in (_identifier(authority.certificate, name),)
        }

    def answer(self, request: bytes, now: datetime) -> bytes:
        """The DER of an OCSPResponse to the DER of an OCSPRequest; never raises for what a client sends."""
        try:
            asked = ocsp.OCSPRequest.load(request, strict=True)["tbs_request"]
            cert_ids = [entry["req_cert"] for entry in asked["request_list"]]
            authorities = {self._authority_of(cert_id) for cert_id in cert_ids}
            nonce = _nonce(asked)
        except (ValueError, TypeError, KeyError):
            return _failure("malformed_request")
        if len(authorities) != 1 or (authority := authorities.pop()) is None:
            return _failure("unauthorized")
        return self._sign(authority, cert_ids, nonce, now)

    def _authority_of(self, cert_id: Any) -> Authority | None:
        name = cert_id["hash_algorithm"]["algorithm"].native
        return self._authorities.get((name, cert_id["issuer_name_hash"].native, cert_id["issuer_key_hash"].native))

    def _sign(self, authority: Authority, cert_ids: list[Any], nonce: bytes | None, now: datetime) -> bytes:
        responder = self.responders(authority, now)
        data = ocsp.ResponseData(
            {
                "responder_id": ocsp.ResponderId("by_key", _identifier(responder.certificate, "sha1")[1]),
                "produced_at": now,
                "responses": [self._single(authority, cert_id, now) for cert_id in cert_ids],
                "response_extensions": [_echo(nonce)] if nonce else None,
            }
        )
        kind = "rsa" if isinstance(responder.key, RSAPrivateKey) else "ecdsa"
        algorithm = {"algorithm": f"{signature_hash(responder.key).name}_{kind}"}
        basic = ocsp.BasicOCSPResponse(
            {
                "tbs_response_data": data,
                "signature_algorithm": algorithm | ({"parameters": core.Null()} if kind == "rsa" else {}),
                "signature": sign(responder.key, data.dump()),
                "certs": [Certificate.load(responder.certificate.public_bytes(Encoding.DER))],
            }
        )
        content = {"response_type": "basic_ocsp_response", "response": basic}
        return bytes(ocsp.OCSPResponse({"response_status": "successful", "response_bytes": content}).dump())

    def _single(self, authority: Authority, cert_id: Any, now: datetime) -> dict[str, Any]:
        entry = self.revocations.find(authority, cert_id["serial_number"].native)
        if entry is None:
            status = ocsp.CertStatus("good", core.Null())
        else:
            details = {"revocation_time": entry.since, "revocation_reason": entry.reason.name}
            if entry.reason is x509.ReasonFlags.unspecified:
                del details["revocation_reason"]
            status = ocsp.CertStatus("revoked", ocsp.RevokedInfo(details))
        # The CertID is the client's own, so that its hash algorithm comes back whatever it was.
        return {"cert_id": cert_id, "cert_status": status, "this_update": now, "next_update": now + self.lifetime}


def _identifier(certificate: x509.Certificate, algorithm: str) -> tuple[bytes, bytes]:
    """Hashes of the subject's name and of its key's bits (RFC 6960 §4.1.1)."""
    spki = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    bits = bytes(keys.PublicKeyInfo.load(spki)["public_key"])
    return hashlib.new(algorithm, certificate.subject.public_bytes()).digest(), hashlib.new(algorithm, bits).digest()


def _nonce(asked: Any) -> bytes | None:
    for extension in asked["request_extensions"] or ():
        if extension["extn_id"].native == "nonce":
            nonce = bytes(extension["extn_value"].parsed.native)
            if not 1 <= len(nonce) <= NONCE_LIMIT:
                raise ValueError("a nonce has 1 to 32 bytes")
            return nonce
        if extension["critical"].native:
            raise ValueError("an unknown critical extension")
    return None


def _echo(nonce: bytes) -> dict[str, Any]:
    """The nonce as an extension: an OCTET STRING within the extension's own (RFC 8954 §2.1)."""
    return {"extn_id": "nonce", "extn_value": core.ParsableOctetString(core.OctetString(nonce).dump())}


def _failure(status: str) -> bytes:
    return bytes(ocsp.OCSPResponse({"response_status": status}).dump())
