"""A certificate as a person reads it: one line per field, one per extension, then the PEM."""

import contextlib
from collections.abc import Callable
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.formats import oids
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.reporting.records.certificate_summary import key_name

Some = TypeVar("Some", x509.Certificate, x509.CertificateSigningRequest)
NOT_KEPT = "not kept here, only its hash"


def serial_of(der: bytes) -> str:
    """The serial of a certificate in hexadecimal, or words where it cannot be read."""
    if not der:
        return f"a certificate ({NOT_KEPT})"
    try:
        return f"{read_certificate(der).serial:x}"
    except DerError:
        return "a certificate that cannot be read"


def certificate_text(der: bytes) -> str:
    """Text and PEM of a DER certificate; a certificate that cannot be read says why and is shown in hexadecimal."""
    if not der:
        return f"{NOT_KEPT}\n"
    try:
        certificate = x509.load_der_x509_certificate(der)
        lines = [*_fields(certificate), "", *_extensions(certificate), ""]
    except UNREADABLE as error:
        return f"not readable as a certificate: {error}\n\n{der.hex()}\n"
    return "\n".join(lines) + "\n" + certificate.public_bytes(Encoding.PEM).decode()


def certificate_lines(certificate: x509.Certificate) -> list[str]:
    """A line for each field and each extension; one that cannot be read says so."""
    return _readable(certificate, _fields)


def request_lines(request: x509.CertificateSigningRequest) -> list[str]:
    """The same for a PKCS #10 request."""
    return _readable(request, lambda _: [f"subject     {request.subject.rfc4514_string()}"])


def _readable(holder: Some, fields: Callable[[Some], list[str]]) -> list[str]:
    lines: list[str] = []
    for part in (fields, _extensions):
        try:
            lines += part(holder)
        except UNREADABLE as error:
            lines.append(f"not readable: {error}")
    return lines


def _fields(certificate: x509.Certificate) -> list[str]:
    return [
        f"subject     {certificate.subject.rfc4514_string()}",
        f"issuer      {certificate.issuer.rfc4514_string()}",
        f"serial      {certificate.serial_number:x}",
        f"not before  {certificate.not_valid_before_utc:%Y-%m-%d %H:%M:%S} UTC",
        f"not after   {certificate.not_valid_after_utc:%Y-%m-%d %H:%M:%S} UTC",
        f"key         {key_name(certificate)}",
        f"signature   {certificate.signature_algorithm_oid._name}",
    ]


def _extensions(certificate: x509.Certificate | x509.CertificateSigningRequest) -> list[str]:
    lines = []
    for extension in certificate.extensions:
        critical = " (critical)" if extension.critical else ""
        name = extension.oid._name if extension.oid._name != "Unknown OID" else extension.oid.dotted_string
        lines.append(f"{name}{critical}: {_value(extension.value)}")
    return lines


def _value(value: x509.ExtensionType) -> str:
    if isinstance(value, x509.CertificatePolicies):
        return ", ".join(_policy(policy.policy_identifier.dotted_string) for policy in value)
    if isinstance(value, x509.ExtendedKeyUsage):
        return ", ".join(f"{usage.dotted_string} {usage._name}" for usage in value)
    if isinstance(value, x509.KeyUsage):
        granted = [name for name in _KEY_USAGES if getattr(value, name)]
        return ", ".join(granted)
    if isinstance(value, x509.SubjectAlternativeName):
        return ", ".join(_general_name(name) for name in value)
    if isinstance(value, x509.AuthorityInformationAccess):
        return ", ".join(f"{each.access_method._name} {_general_name(each.access_location)}" for each in value)
    if isinstance(value, x509.CRLDistributionPoints):
        return ", ".join(_general_name(name) for point in value for name in point.full_name or ())
    if isinstance(value, x509.SubjectKeyIdentifier):
        return value.digest.hex()
    if isinstance(value, x509.AuthorityKeyIdentifier):
        return (value.key_identifier or b"").hex()
    if isinstance(value, x509.UnrecognizedExtension):
        return value.value.hex()
    return str(value)


_KEY_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
)


def _policy(identifier: str) -> str:
    name = oids.POLICY_NAMES.get(identifier)
    return f"{identifier} ({name})" if name else identifier


def _general_name(name: x509.GeneralName) -> str:
    if isinstance(name, x509.OtherName):
        if name.type_id.dotted_string == oids.MS_UPN:
            with contextlib.suppress(Malformed, UnicodeDecodeError):
                return f"UPN {Tlv.from_bytes(name.value).value.decode()}"
        return f"otherName {name.type_id.dotted_string} {name.value.hex()}"
    if isinstance(name, x509.DirectoryName):
        return f"directoryName {name.value.rfc4514_string()}"
    return str(name.value)
