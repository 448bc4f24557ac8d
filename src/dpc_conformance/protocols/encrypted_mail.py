"""E-mail encrypted to a key management certificate: CMS EnvelopedData around the text (RFC 8551 §3.3)."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7EnvelopeBuilder,
    PKCS7Options,
    pkcs7_decrypt_der,
)

from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.enveloped_data import Ingredients, seal, unseal

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def encrypt(content: bytes, certificate: bytes, entropy: Entropy) -> bytes:
    """EnvelopedData (DER) for the holder of that certificate (DER). ValueError for a key that is neither RSA nor EC."""
    recipient = x509.load_der_x509_certificate(certificate)
    public_key = recipient.public_key()
    if isinstance(public_key, ec.EllipticCurvePublicKey):
        new = Ingredients(ec.generate_private_key(public_key.curve), entropy.bytes(32), entropy.bytes(16))
        return seal(content, "data", public_key, new)
    if isinstance(public_key, rsa.RSAPublicKey):
        builder = PKCS7EnvelopeBuilder().set_data(content).set_content_encryption_algorithm(AES256)
        return builder.add_recipient(recipient).encrypt(Encoding.DER, [PKCS7Options.Binary])
    raise ValueError("mail is encrypted to RSA and EC keys")


def decrypt(encrypted: bytes, certificate: bytes, key: PrivateKey) -> bytes | None:
    """What was encrypted; None when this key does not open it."""
    try:
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return unseal(encrypted, key)
        return pkcs7_decrypt_der(encrypted, x509.load_der_x509_certificate(certificate), key, [])
    except (ValueError, TypeError, KeyError, InvalidUnwrap):
        return None
