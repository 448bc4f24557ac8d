"""What an object of the evidence is, as far as a package has to know: read by libraries that strangers may feed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates
from cryptography.x509 import ocsp

from dpc_conformance.evidence.objects import extension_of
from dpc_conformance.formats import containers
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.certificate_object import CertificateObject
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.reporting.package.mail_message import heading_of, signers_of

OTHER = "other"
"""What nobody here can read; who is in it is not known."""
MAIL = "e-mail message"
NEVER_HELD = frozenset({OTHER, MAIL})
"""What is always described: nobody can tell what is in it, and what somebody wrote to somebody concerns no reviewer."""


@dataclass(frozen=True)
class KnownObject:
    """`kind` is a word for readers; `holders` are the certificates and requests in it that may be a person's.

    `heading` says in lines what else is told of it.
    """

    kind: str
    holders: tuple[x509.Certificate | x509.CertificateSigningRequest, ...] = ()
    chuid: Chuid | None = None
    heading: tuple[str, ...] = ()


def recognise(content: bytes) -> KnownObject:
    """What the object is; `other` where it cannot be read."""
    for look in _LOOKS:
        try:
            found = look(content)
        except (*UNREADABLE, Malformed, KeyError, IndexError):
            continue
        if found:
            return found
    return KnownObject(OTHER)


def _mail(content: bytes) -> KnownObject | None:
    if extension_of(content) != "eml":
        return None
    return KnownObject(MAIL, signers_of(content), heading=heading_of(content))


def _certificate(content: bytes) -> KnownObject:
    return KnownObject("certificate", (x509.load_der_x509_certificate(content),))


def _request(content: bytes) -> KnownObject:
    return KnownObject("certification request", (x509.load_der_x509_csr(content),))


def _crl(content: bytes) -> KnownObject:
    x509.load_der_x509_crl(content)
    return KnownObject("CRL")


def _ocsp_response(content: bytes) -> KnownObject:
    response = ocsp.load_der_ocsp_response(content)
    successful = response.response_status is ocsp.OCSPResponseStatus.SUCCESSFUL
    return KnownObject("OCSP response", tuple(response.certificates) if successful else ())


def _ocsp_request(content: bytes) -> KnownObject:
    ocsp.load_der_ocsp_request(content)
    return KnownObject("OCSP request")


def _cms(content: bytes) -> KnownObject | None:
    kind = cms.ContentInfo.load(content, strict=True)["content_type"].native
    if kind == "signed_data":
        return KnownObject("CMS with certificates", tuple(load_der_pkcs7_certificates(content)))
    return KnownObject("CMS EnvelopedData") if kind == "enveloped_data" else None


def _container(content: bytes) -> KnownObject | None:
    """A data object of a card: a certificate, or the CHUID."""
    if not content.startswith(containers.WRAPPER):
        return None
    inner = Tlv.from_bytes(content).value
    try:
        der = CertificateObject.from_bytes(inner).certificate
        return KnownObject("certificate on a card", (x509.load_der_x509_certificate(der),))
    except (Malformed, ValueError):
        return KnownObject("CHUID", chuid=Chuid.from_bytes(inner))


_LOOKS: tuple[Callable[[bytes], KnownObject | None], ...] = (
    _mail,
    _certificate,
    _request,
    _crl,
    _ocsp_response,
    _cms,
    _ocsp_request,
    _container,
)


def alternative_names(holder: x509.Certificate | x509.CertificateSigningRequest) -> Iterator[Any]:
    """The general names in the subject alternative name; none where the extension is missing or cannot be read."""
    try:
        yield from holder.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, *UNREADABLE):
        return
