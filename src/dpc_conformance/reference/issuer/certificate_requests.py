"""PKCS #10 requests: whose key it is, that it is there, and that nobody else is named (RFC 2986; CP §3.2.1)."""

import hashlib
from dataclasses import dataclass

from asn1crypto import csr as asn1_csr
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.reference.issuer.key_checks import KeyChecks
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.roles.reasons import Reason

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey
HASHES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)


@dataclass(frozen=True)
class AcceptedRequest:
    """A request whose key may be certified. `digest` names these exact bytes."""

    public_key: PublicKey
    digest: str


def key_name(public_key: PublicKey) -> str:
    """SHA-256 of the SubjectPublicKeyInfo, hexadecimal: what two credentials must not have in common."""
    return hashlib.sha256(public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


class CertificateRequests:
    """Reads requests. What a request asks for beyond its key is never copied into a certificate."""

    def __init__(self, key_checks: KeyChecks) -> None:
        self._key_checks = key_checks

    def read(self, der: bytes, subject: x509.Name) -> AcceptedRequest | Refusal:
        """The request, when its key is good, its signature proves possession, and it names nobody but `subject`."""
        try:
            parsed = asn1_csr.CertificationRequest.load(der, strict=True)
            refusal = self._key_checks.judge(parsed["certification_request_info"]["subject_pk_info"])
            if refusal is not None:
                return refusal
            request = x509.load_der_x509_csr(der)
            public_key = request.public_key()
        except (ValueError, TypeError, KeyError, UnsupportedAlgorithm) as error:
            return Refusal(Reason.REQUEST_MALFORMED, f"no PKCS #10 request: {type(error).__name__}")
        if not isinstance(public_key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
            return Refusal(Reason.KEY_TYPE, type(public_key).__name__)
        return (
            self.possession(request)
            or self.named(request, subject)
            or AcceptedRequest(public_key, hashlib.sha256(der).hexdigest())
        )

    def possession(self, request: x509.CertificateSigningRequest) -> Refusal | None:
        """Refused unless the request's own key signed it, with SHA-2."""
        try:
            if not isinstance(request.signature_hash_algorithm, HASHES):
                return Refusal(Reason.REQUEST_SIGNATURE, "the request is signed with a weak or unknown hash")
            if not request.is_signature_valid:
                return Refusal(Reason.REQUEST_SIGNATURE, "the request's signature does not verify under its own key")
        except (ValueError, UnsupportedAlgorithm) as error:
            return Refusal(Reason.REQUEST_SIGNATURE, f"the signature cannot be checked: {type(error).__name__}")
        return None

    def named(self, request: x509.CertificateSigningRequest, subject: x509.Name) -> Refusal | None:
        """Refused when the request names an attribute that is not in the cardholder's name; it may leave any out."""
        foreign = [attribute for attribute in request.subject if attribute not in list(subject)]
        if foreign:
            asked = request.subject.rfc4514_string()
            return Refusal(Reason.REQUEST_SUBJECT, f"asked for {asked}, the cardholder is {subject.rfc4514_string()}")
        return None
