"""The client's side of Enrollment over Secure Transport (RFC 7030), in the parts that the journey needs."""

import base64
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from urllib.parse import quote

import httpx
from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates

from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.protocols.enrolment import EnrolmentRefused, refusal_of


@dataclass(frozen=True)
class GeneratedKey:
    """A key made by the issuer: CMS EnvelopedData (DER) as it arrived, the certificate, and the key part's type."""

    certificate: x509.Certificate
    key_part: bytes = field(repr=False)
    key_part_type: str


class EstClient:
    """One issuer's EST service. `origin` is like `https://issuer.dpc.example`; `token` goes as a bearer token.

    `auth` is a name with a password; `path` is where the service stands (RFC 7030 §3.2.2). A usage is a label there;
    an empty one stands for a service without labels.
    """

    def __init__(
        self,
        http: httpx.Client,
        origin: str,
        token: str | None = None,
        auth: httpx.BasicAuth | None = None,
        path: str = "/.well-known/est",
    ) -> None:
        self._http, self._base, self._auth = http, f"{origin.rstrip('/')}{path}", auth
        self._headers = {"Authorization": f"Bearer {token}"} if token is not None else {}

    def cacerts(self, usage: str = "authentication") -> list[x509.Certificate]:
        """The CA certificates (RFC 7030 §4.1). Raises EnrolmentRefused."""
        return _certificates(_decoded(self._call("GET", usage, "cacerts")))

    def csrattrs(self, usage: str = "authentication") -> list[str]:
        """The attributes and algorithms that the issuer wants in a request, as dotted OIDs (RFC 7030 §4.5.2)."""
        response = self._call("GET", usage, "csrattrs")
        if response.status_code == httpx.codes.NO_CONTENT:
            return []
        wanted = []
        for entry in core.SequenceOf.load(_decoded(response), spec=core.Any):
            value = entry.parse()
            wanted.append(value.dotted if isinstance(value, core.ObjectIdentifier) else _attribute_type(value))
        return wanted

    def simpleenroll(self, request: x509.CertificateSigningRequest, usage: str = "authentication") -> x509.Certificate:
        """Have a certificate issued for the request's key (RFC 7030 §4.2.1). Raises EnrolmentRefused."""
        return _only(_decoded(self._post(usage, "simpleenroll", request.public_bytes(Encoding.DER))))

    def simpleenroll_raw(self, request: bytes, usage: str = "authentication") -> httpx.Response:
        """Send whatever bytes as a request and hand back the answer: for those who attack the issuer."""
        return self._send("POST", usage, "simpleenroll", base64.encodebytes(request), "application/pkcs10")

    def serverkeygen_raw(self, request: bytes, usage: str = "authentication") -> httpx.Response:
        """Ask the issuer to make the key, and hand back the answer: for those who attack the issuer."""
        return self._send("POST", usage, "serverkeygen", base64.encodebytes(request), "application/pkcs10")

    def simplereenroll_raw(self, request: bytes, usage: str = "authentication") -> httpx.Response:
        """Send whatever bytes as a request for a re-key and hand back the answer: for those who attack the issuer."""
        return self._send("POST", usage, "simplereenroll", base64.encodebytes(request), "application/pkcs10")

    def simplereenroll(
        self, request: x509.CertificateSigningRequest, usage: str = "authentication"
    ) -> x509.Certificate:
        """Renew or rekey with the current certificate in the TLS layer (RFC 7030 §4.2.2). Raises EnrolmentRefused."""
        return _only(_decoded(self._post(usage, "simplereenroll", request.public_bytes(Encoding.DER))))

    def serverkeygen(self, request: x509.CertificateSigningRequest, usage: str = "key-management") -> GeneratedKey:
        """Have the issuer make the key, enveloped for the request's key (RFC 7030 §4.4). Raises EnrolmentRefused.

        The key part is returned as it came, so that a bare PKCS#8 can be seen for what it is.
        """
        response = self._post(usage, "serverkeygen", request.public_bytes(Encoding.DER))
        parts = _parts(response)
        certificates = [part for part in parts if _smime_type(part) == "certs-only"]
        keys = [part for part in parts if part not in certificates]
        if len(certificates) != 1 or len(keys) != 1:
            raise EnrolmentRefused(response.status_code, "", "the answer does not hold one key and one certificate")
        described = keys[0].get_content_type() + (
            f"; smime-type={_smime_type(keys[0])}" if _smime_type(keys[0]) else ""
        )
        return GeneratedKey(_only(_payload(certificates[0])), _payload(keys[0]), described)

    def _call(self, method: str, usage: str, operation: str) -> httpx.Response:
        response = self._send(method, usage, operation, None, None)
        if not response.is_success:
            raise refusal_of(response)
        return response

    def _post(self, usage: str, operation: str, der: bytes) -> httpx.Response:
        response = self._send("POST", usage, operation, base64.encodebytes(der), "application/pkcs10")
        if response.status_code != httpx.codes.OK:
            raise refusal_of(response)
        return response

    def _send(
        self, method: str, usage: str, operation: str, content: bytes | None, content_type: str | None
    ) -> httpx.Response:
        headers = dict(self._headers)
        if content_type:
            headers |= {"Content-Type": content_type, "Content-Transfer-Encoding": "base64"}
        label = f"/{quote(usage, safe='')}" if usage else ""
        return self._http.request(
            method,
            f"{self._base}{label}/{operation}",
            content=content,
            headers=headers,
            auth=self._auth,
        )


def _decoded(response: httpx.Response) -> bytes:
    """The DER behind an EST body, which is base64 with or without line breaks (RFC 8951 §3.1)."""
    try:
        return base64.b64decode(response.content, validate=False)
    except ValueError as error:
        raise EnrolmentRefused(response.status_code, "", "the answer is not base64") from error


def _only(certs_only: bytes) -> x509.Certificate:
    """The certificate of a certs-only CMS message, which holds exactly one (RFC 7030 §4.2.3)."""
    certificates = _certificates(certs_only)
    if len(certificates) != 1:
        raise EnrolmentRefused(200, "", f"the answer holds {len(certificates)} certificates, expected 1")
    return certificates[0]


def _certificates(certs_only: bytes) -> list[x509.Certificate]:
    try:
        return load_der_pkcs7_certificates(certs_only)
    except UNREADABLE as error:
        raise EnrolmentRefused(200, "", f"the answer's certificates cannot be read: {type(error).__name__}") from error


def _attribute_type(attribute: core.Sequence) -> str:
    return str(core.SequenceOf.load(attribute.dump(), spec=core.Any)[0].parse().dotted)


def _parts(response: httpx.Response) -> list[Message]:
    head = f"Content-Type: {response.headers.get('Content-Type', '')}\r\n\r\n".encode()
    message = message_from_bytes(head + response.content)
    return [part for part in message.walk() if not part.is_multipart()]


def _smime_type(part: Message) -> str:
    value = part.get_param("smime-type", "")
    return value if isinstance(value, str) else ""


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
