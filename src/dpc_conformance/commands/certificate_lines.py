"""A certificate in a few readable lines."""

import uuid
from collections.abc import Iterator

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from dpc_conformance.formats import oids
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.fascn import FascN
from dpc_conformance.formats.unreadable import UNREADABLE

Line = tuple[str, str]

_POLICY_NAMES = oids.POLICY_NAMES | {
    oids.TEST_AUTHENTICATION: "test id-fpki-common-authentication",
    oids.TEST_HARDWARE: "test id-fpki-common-hardware",
    oids.TEST_CARD_AUTH: "test id-fpki-common-cardAuth",
    oids.TEST_PIV_CONTENT_SIGNING: "test id-fpki-common-piv-contentSigning",
    oids.TEST_PIVI_AUTHENTICATION: "test id-fpki-common-pivi-authentication",
    oids.TEST_PIVI_CARD_AUTH: "test id-fpki-common-pivi-cardAuth",
}
_ATTRIBUTE_NAMES = {NameOID.SERIAL_NUMBER: "serialNumber"}


def certificate_lines(der: bytes) -> Iterator[Line]:
    """Label and value: subject, issuer, policies, validity, key, UUIDs, FASC-N. Says so when it cannot be read."""
    try:
        certificate = x509.load_der_x509_certificate(der)
        yield "subject", certificate.subject.rfc4514_string(_ATTRIBUTE_NAMES)
        yield "issuer", certificate.issuer.rfc4514_string(_ATTRIBUTE_NAMES)
        yield "valid", f"{certificate.not_valid_before_utc:%Y-%m-%d} to {certificate.not_valid_after_utc:%Y-%m-%d}"
        yield "key", _key(certificate)
        extensions = certificate.extensions
    except UNREADABLE as problem:
        yield "problem", f"cannot be read: {problem}"
        return
    for extension in extensions:
        if isinstance(extension.value, x509.CertificatePolicies):
            for policy in extension.value:
                identifier = policy.policy_identifier.dotted_string
                name = _POLICY_NAMES.get(identifier)
                yield "policy", f"{identifier} ({name})" if name else identifier
        if isinstance(extension.value, x509.SubjectAlternativeName):
            yield from _names(extension.value)


def _key(certificate: x509.Certificate) -> str:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA, {key.key_size} bits"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC, {key.curve.name}"
    return type(key).__name__


def _names(names: x509.SubjectAlternativeName) -> Iterator[Line]:
    for name in names:
        if isinstance(name, x509.UniformResourceIdentifier):
            yield ("UUID", name.value.removeprefix("urn:uuid:")) if _is_uuid(name.value) else ("URI", name.value)
        elif isinstance(name, x509.RFC822Name):
            yield "e-mail", name.value
        elif isinstance(name, x509.OtherName):
            yield _other_name(name)


def _is_uuid(uri: str) -> bool:
    try:
        uuid.UUID(uri)
    except ValueError:
        return False
    return uri.startswith("urn:uuid:")


def _other_name(name: x509.OtherName) -> Line:
    try:
        value = Tlv.from_bytes(name.value).value
        if name.type_id.dotted_string == oids.PIV_FASC_N:
            return "FASC-N", FascN.from_bytes(value).identifier
        if name.type_id.dotted_string == oids.MS_UPN:
            return "UPN", value.decode("utf-8")
    except (Malformed, UnicodeDecodeError):
        pass
    return "other name", f"{name.type_id.dotted_string} {name.value.hex()}"
