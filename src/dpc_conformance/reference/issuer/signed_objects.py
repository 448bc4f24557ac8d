"""CMS SignedData on a PIV Card as the issuer reads and verifies it (RFC 5652 §5, SP 800-78-5 §3.2)."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from asn1crypto import cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.formats.unreadable import UNREADABLE

CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
HASHES: dict[str, hashes.HashAlgorithm] = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384()}
"""What may protect a card's data (SP 800-78-5 Table 3-2)."""
SET_OF = b"\x31"
Read = TypeVar("Read")


@dataclass(frozen=True)
class SignedObject:
    """A SignedData with one signer, taken apart. It proves nothing before `verify`.

    `kind` is the content type, `content` None when the signed bytes stand elsewhere. `signer` is issuer (DER) and
    serial number, or a key identifier. `attributes` holds the DER of the values by OID, `signed_attributes` is what
    was signed.
    """

    kind: str
    content: bytes | None
    certificates: tuple[bytes, ...]
    signer: tuple[bytes, int] | bytes
    hash_name: str
    scheme: str
    attributes: Mapping[str, tuple[bytes, ...]]
    signed_attributes: bytes
    signature: bytes

    @classmethod
    def from_bytes(cls, der: bytes) -> "SignedObject":
        """Read a ContentInfo. ValueError when it is no SignedData by one signer with signed attributes."""
        return parsed(lambda: cls._from(cms.ContentInfo.load(der, strict=True)))

    @classmethod
    def _from(cls, outer: cms.ContentInfo) -> "SignedObject":
        if outer["content_type"].native != "signed_data":
            raise ValueError("not a SignedData")
        signed = outer["content"]
        [signer] = signed["signer_infos"]
        carried, named = signed["encap_content_info"]["content"], signer["sid"].chosen
        by_name = signer["sid"].name == "issuer_and_serial_number"
        return cls(
            kind=signed["encap_content_info"]["content_type"].dotted,
            content=None if isinstance(carried, core.Void) else bytes(carried),
            certificates=tuple(each.chosen.dump() for each in signed["certificates"]),
            signer=(named["issuer"].dump(), named["serial_number"].native) if by_name else named.native,
            hash_name=signer["digest_algorithm"]["algorithm"].native,
            scheme=signer["signature_algorithm"].signature_algo,
            attributes={
                each["type"].dotted: tuple(value.dump() for value in each["values"]) for each in signer["signed_attrs"]
            },
            # They stand there with an implicit tag; what was signed is them as a SET OF.
            signed_attributes=SET_OF + signer["signed_attrs"].dump()[1:],
            signature=signer["signature"].native,
        )

    def signer_certificate(self) -> x509.Certificate:
        """The certificate of the signer among those that came with it. ValueError when it is not there."""
        for each in map(load_certificate, self.certificates):
            if self.names(each):
                return each
        raise ValueError("the certificate of the signer is not there")

    def names(self, certificate: x509.Certificate) -> bool:
        """Whether the signer names that certificate."""
        if isinstance(self.signer, bytes):
            return self.signer == _key_identifier(certificate)
        issuer = cms.Certificate.load(certificate.public_bytes(Encoding.DER)).issuer
        return bool(asn1_x509.Name.load(self.signer[0]) == issuer and self.signer[1] == certificate.serial_number)

    def octets(self, oid: str) -> bytes | None:
        """The octet string in that signed attribute; None when there is none. ValueError when it is no single one."""
        if oid not in self.attributes:
            return None
        [value] = self.attributes[oid]
        return bytes(parsed(lambda: core.OctetString.load(value, strict=True).native))

    def verify(self, certificate: x509.Certificate, kinds: Sequence[str], covered: Iterable[bytes] = ()) -> None:
        """ValueError, saying why, unless `certificate` signed the content, or one of `covered` where there is none.

        `kinds` are the content types (OIDs) that will do: a signature made for something else proves nothing here.
        """
        declared = self.attributes.get(CONTENT_TYPE, ())
        if self.kind not in kinds or declared != (core.ObjectIdentifier(self.kind).dump(),):
            raise ValueError(f"signed as {self.kind}, expected {' or '.join(kinds)}")
        if self.hash_name not in HASHES:
            raise ValueError(f"the hash {self.hash_name} does not protect a card's data")
        candidates = covered if self.content is None else [self.content]
        if self.octets(MESSAGE_DIGEST) not in [hashlib.new(self.hash_name, each).digest() for each in candidates]:
            raise ValueError("the message digest is not that of the content")
        self._verify_signature(certificate, HASHES[self.hash_name])

    def _verify_signature(self, certificate: x509.Certificate, algorithm: hashes.HashAlgorithm) -> None:
        key, signed = certificate.public_key(), (self.signature, self.signed_attributes)
        try:
            if isinstance(key, ec.EllipticCurvePublicKey) and self.scheme == "ecdsa":
                key.verify(*signed, ec.ECDSA(algorithm))
            elif isinstance(key, rsa.RSAPublicKey) and self.scheme == "rsassa_pkcs1v15":
                key.verify(*signed, padding.PKCS1v15(), algorithm)
            elif isinstance(key, rsa.RSAPublicKey) and self.scheme == "rsassa_pss":
                key.verify(*signed, padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO), algorithm)
            else:
                raise ValueError(f"a signature by {self.scheme} does not go with the signer's key")
        except InvalidSignature:
            raise ValueError("the signature does not verify under the signer's key") from None


def load_certificate(der: bytes) -> x509.Certificate:
    """The certificate with key and extensions parsed, which happens on first use otherwise. ValueError."""
    try:
        certificate = x509.load_der_x509_certificate(der)
        certificate.public_key(), certificate.extensions  # noqa: B018
    except UNREADABLE as problem:
        raise ValueError(f"a certificate cannot be read ({type(problem).__name__})") from None
    return certificate


def parsed(read: Callable[[], Read]) -> Read:
    """asn1crypto parses while one looks, and fails in several ways; ValueError for all of them."""
    try:
        return read()
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError) as problem:
        raise ValueError(f"not well-formed ({type(problem).__name__})") from None


def _key_identifier(certificate: x509.Certificate) -> bytes | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except x509.ExtensionNotFound:
        return None
