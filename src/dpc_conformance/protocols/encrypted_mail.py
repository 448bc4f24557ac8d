"""E-mail encrypted to a key management certificate: CMS EnvelopedData around the text (RFC 8551 §3.3)."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7EnvelopeBuilder, PKCS7Options

from dpc_conformance.entropy import Entropy
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.extension_values import KEY_AGREEMENT, KEY_ENCIPHERMENT
from dpc_conformance.protocols.content_keys import PrivateKey
from dpc_conformance.protocols.enveloped_data import Ingredients, seal, unseal


def unfit_for_encryption(certificate: bytes) -> str:
    """Why mail may not be encrypted to a certificate (DER): its key usage or its purposes; empty when it may.

    RFC 8550 §4.4.2 and §4.4.4; RFC 5280 §4.2.1.3. Some programs that encrypt do not look.
    """
    try:
        read = read_certificate(certificate)
    except DerError as error:
        return f"the certificate cannot be read: {error}"
    is_rsa = read.public_key.algorithm.oid == oids.RSA_ENCRYPTION
    bit, name = (KEY_ENCIPHERMENT, "keyEncipherment") if is_rsa else (KEY_AGREEMENT, "keyAgreement")
    if bit not in (read.key_usage or ()):
        return f"its key usage has no {name}"
    purposes = read.extended_key_usage
    if purposes and not {oids.EMAIL_PROTECTION, oids.ANY_EXTENDED_KEY_USAGE}.intersection(purposes):
        return "its extended key usage has no emailProtection"
    return ""


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
        return unseal(encrypted, key, certificate)
    except (ValueError, TypeError, KeyError, InvalidUnwrap):
        return None
