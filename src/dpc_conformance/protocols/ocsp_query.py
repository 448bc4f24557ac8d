"""Asks the OCSP responder that a certificate names: what a relying party knows about one certificate (RFC 6960)."""

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.protocols.unanswered import UNANSWERED

MEDIA_TYPE = "application/ocsp-request"
REQUESTED_HASH = oids.SHA1
"""The hash that names the certificate; the profile demands that every responder knows it."""


def responder_address(certificate: bytes) -> str | None:
    """The first http address of an OCSP service in a certificate (DER); None when there is none."""
    try:
        access = read_certificate(certificate).authority_information_access
    except DerError:
        return None
    texts = (one.location.text or "" for one in access if one.method == oids.OCSP)
    return next((text for text in texts if text.startswith("http://")), None)


def ask_responder(http: httpx.Client, certificate: bytes, issuer: bytes) -> bytes | None:
    """The response (DER) about a certificate of that CA (both DER); None where nobody can be asked, or answers."""
    address = responder_address(certificate)
    if address is None:
        return None
    try:
        about, by = x509.load_der_x509_certificate(certificate), x509.load_der_x509_certificate(issuer)
    except UNREADABLE:
        return None
    request = ocsp.OCSPRequestBuilder().add_certificate(about, by, SHA1()).build()  # noqa: S303  names, not proves
    try:
        body = request.public_bytes(Encoding.DER)
        response = http.post(address, content=body, headers={"Content-Type": MEDIA_TYPE})
    except UNANSWERED:
        return None
    return response.content if response.is_success else None
