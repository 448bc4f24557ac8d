"""Opening a key that the issuer made: CMS EnvelopedData around a signed key package (RFC 7030 §4.4.2)."""

from collections.abc import Sequence

from asn1crypto import cms, keys
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import load_der_private_key

KEY_PACKAGE = "2.16.840.1.101.2.1.2.78.5"
"""id-ct-KP-aKeyPackage (RFC 5958 §2): what the signed part holds."""
ECDH_SHA256 = "1.3.132.1.11.1"
"""dhSinglePass-stdDH-sha256kdf-scheme (RFC 5753 §7.1.4)."""
AES256_WRAP = "2.16.840.1.101.3.4.1.45"
AES256_CBC = "2.16.840.1.101.3.4.1.42"

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class EnvelopeRefused(Exception):
    """The key part is not what it should be; nothing of it was used."""


def key_encryption_key(shared_secret: bytes) -> bytes:
    """The AES-256 key that wraps the content key: X9.63 KDF over ECC-CMS-SharedInfo (RFC 5753 §7.2)."""
    wrap = cms.KeyEncryptionAlgorithm({"algorithm": AES256_WRAP}).dump()
    length = bytes.fromhex("a206040400000100")  # suppPubInfo [2]: 256 bits
    body = wrap + length
    return X963KDF(SHA256(), 32, b"\x30" + bytes([len(body)]) + body).derive(shared_secret)


def open_key_envelope(
    envelope: bytes, transport_key: ec.EllipticCurvePrivateKey, trust: Sequence[x509.Certificate]
) -> PrivateKey:
    """The private key in `envelope` (DER), signed by somebody certified by `trust`.

    Raises EnvelopeRefused for a bare PKCS #8 key, another recipient, or a signature that does not hold.
    """
    try:
        signed = cms.ContentInfo.load(_decrypt(envelope, transport_key), strict=True)
        package = _verified(signed, trust)
        key = load_der_private_key(keys.PrivateKeyInfo.load(_only(package)).dump(), None)
    except (ValueError, TypeError, KeyError, InvalidUnwrap, InvalidSignature) as error:
        raise EnvelopeRefused(f"the issuer's key part cannot be opened: {type(error).__name__}") from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise EnvelopeRefused("the issuer made a key of an unknown kind")
    return key


def _decrypt(envelope: bytes, transport_key: ec.EllipticCurvePrivateKey) -> bytes:
    outer = cms.ContentInfo.load(envelope, strict=True)
    if outer["content_type"].native != "enveloped_data":
        raise EnvelopeRefused("the issuer's key part is no CMS EnvelopedData")
    data = outer["content"]
    agreement = data["recipient_infos"][0].chosen
    originator = agreement["originator"].chosen["public_key"].native
    peer = ec.EllipticCurvePublicKey.from_encoded_point(transport_key.curve, originator)
    wrapped = agreement["recipient_encrypted_keys"][0]["encrypted_key"].native
    content_key = aes_key_unwrap(key_encryption_key(transport_key.exchange(ec.ECDH(), peer)), wrapped)
    encrypted = data["encrypted_content_info"]
    vector = encrypted["content_encryption_algorithm"]["parameters"].native
    decryptor = Cipher(algorithms.AES256(content_key), modes.CBC(vector)).decryptor()
    padded = decryptor.update(encrypted["encrypted_content"].native) + decryptor.finalize()
    unpadder = PKCS7(128).unpadder()
    return bytes(unpadder.update(padded) + unpadder.finalize())


def _verified(signed: cms.ContentInfo, trust: Sequence[x509.Certificate]) -> bytes:
    if signed["content_type"].native != "signed_data":
        raise EnvelopeRefused("the key inside the envelope is not signed by its maker")
    data = signed["content"]
    content = data["encap_content_info"]["content"].contents
    signer = data["signer_infos"][0]
    certificate = x509.load_der_x509_certificate(data["certificates"][0].chosen.dump())
    issuers = [root for root in trust if root.subject == certificate.issuer]
    if not issuers:
        raise EnvelopeRefused("the maker of the key is not trusted")
    certificate.verify_directly_issued_by(issuers[0])
    digest = Hash(SHA256())
    digest.update(content)
    stated = [entry["values"][0].native for entry in signer["signed_attrs"] if entry["type"].native == "message_digest"]
    public_key = certificate.public_key()
    if stated != [digest.finalize()] or not isinstance(public_key, ec.EllipticCurvePublicKey):
        raise InvalidSignature
    public_key.verify(signer["signature"].native, signer["signed_attrs"].untag().dump(), ec.ECDSA(SHA256()))
    return bytes(content)


def _only(package: bytes) -> bytes:
    """The one OneAsymmetricKey of an AsymmetricKeyPackage (RFC 5958 §2)."""
    entries = [bytes(entry.dump()) for entry in _KeyPackage.load(package, strict=True)]
    if len(entries) != 1:
        raise EnvelopeRefused(f"the package holds {len(entries)} keys, expected 1")
    return entries[0]


class _KeyPackage(cms.SequenceOf):  # type: ignore[misc]
    _child_spec = keys.PrivateKeyInfo
