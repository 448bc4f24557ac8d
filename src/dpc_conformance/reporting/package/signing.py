"""Signs the manifest of a package: CMS SignedData beside it (RFC 5652), with a certificate and key of the vendor's."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
    pkcs7,
    pkcs12,
)

from dpc_conformance.formats.unreadable import UNREADABLE

SigningKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class NotASigner(ValueError):
    """Certificate and key cannot sign a package; one sentence says why, without a secret."""


class NeedsPassword(NotASigner):
    """The key is locked, and no password was given."""


@dataclass(frozen=True)
class Signer:
    """Who signs. `chain` are CA certificates that the signature carries along."""

    certificate: x509.Certificate
    key: SigningKey = field(repr=False)
    chain: tuple[x509.Certificate, ...] = ()

    def sign(self, manifest: bytes) -> bytes:
        """The signature over the manifest (DER); it names the machine's time as the moment of signing."""
        builder = pkcs7.PKCS7SignatureBuilder().set_data(manifest)
        builder = builder.add_signer(self.certificate, self.key, _hash_for(self.key))
        for each in self.chain:
            builder = builder.add_certificate(each)
        options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCapabilities]
        return builder.sign(Encoding.DER, options)


def signer_from_files(certificate: bytes, key: bytes, password: bytes | None) -> Signer:
    """Certificate (PEM, CA certificates may follow it, or DER) and key (PEM or DER). Raises NotASigner."""
    try:
        chain = x509.load_pem_x509_certificates(certificate) if _is_pem(certificate) else []
        chain = chain or [x509.load_der_x509_certificate(certificate)]
    except UNREADABLE:
        raise NotASigner("expected a certificate in PEM or DER") from None
    return _signer(chain[0], _key(key, password), chain[1:])


def signer_from_pkcs12(content: bytes, password: bytes | None) -> Signer:
    """Certificate, key and CA certificates in a PKCS#12 file. Raises NotASigner."""
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(content, password)
    except ValueError as problem:
        if password is None and "password" in str(problem).lower():
            raise NeedsPassword("the file is locked") from None
        raise NotASigner("expected a PKCS#12 file that the password opens") from None
    if key is None or certificate is None:
        raise NotASigner("expected a PKCS#12 file with a certificate and its key")
    return _signer(certificate, key, chain)


def _signer(certificate: x509.Certificate, key: object, chain: Sequence[x509.Certificate]) -> Signer:
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise NotASigner("expected an RSA or EC key")
    if _public(key) != _public(certificate):
        raise NotASigner("the key is not that of the certificate")
    return Signer(certificate, key, tuple(chain))


def _public(holder: x509.Certificate | SigningKey) -> bytes:
    return holder.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _hash_for(key: SigningKey) -> hashes.SHA256 | hashes.SHA384:
    long = isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.key_size > 256
    return hashes.SHA384() if long else hashes.SHA256()


def _key(content: bytes, password: bytes | None) -> object:
    load = load_pem_private_key if _is_pem(content) else load_der_private_key
    # What has no password is refused with one by the library, and the other way round.
    for tried in dict.fromkeys((password, None)):
        try:
            return load(content, tried)
        except TypeError:
            if password is None:
                raise NeedsPassword("the key is locked") from None
        except ValueError:
            break
    raise NotASigner("expected a private key that the password opens, in PEM or DER")


def _is_pem(content: bytes) -> bool:
    return b"-----BEGIN " in content
