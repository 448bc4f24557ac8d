"""CMS EnvelopedData for one recipient: ephemeral-static ECDH, AES-256 key wrap, AES-256-CBC (RFC 5753 §3.1)."""

import hashlib
from dataclasses import dataclass, field

from asn1crypto import cms, core, keys
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ECDH_SHA256 = "1.3.132.1.11.1"
"""dhSinglePass-stdDH-sha256kdf-scheme (RFC 5753 §7.1.4)."""
AES256_WRAP = "2.16.840.1.101.3.4.1.45"
AES256_CBC = "2.16.840.1.101.3.4.1.42"


class NotEnveloped(ValueError):
    """The bytes are no EnvelopedData."""


@dataclass(frozen=True)
class Ingredients:
    """What has to be new for each envelope: a key on the recipient's curve, 32 bytes and 16 bytes."""

    ephemeral: ec.EllipticCurvePrivateKey = field(repr=False)
    content_key: bytes = field(repr=False)
    vector: bytes


def seal(content: bytes, content_type: str, recipient: ec.EllipticCurvePublicKey, new: Ingredients) -> bytes:
    """EnvelopedData (DER) that only the holder of `recipient`'s private key can open."""
    padder = PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES256(new.content_key), modes.CBC(new.vector)).encryptor()
    encrypted = encryptor.update(padder.update(content) + padder.finalize()) + encryptor.finalize()
    wrap = cms.KeyEncryptionAlgorithm({"algorithm": AES256_WRAP})
    point = recipient.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    wrapped = aes_key_wrap(key_encryption_key(new.ephemeral.exchange(ec.ECDH(), recipient)), new.content_key)
    agreement = cms.KeyAgreeRecipientInfo(
        {
            "version": "v3",
            "originator": cms.OriginatorIdentifierOrKey("originator_key", _originator(new.ephemeral.public_key())),
            "key_encryption_algorithm": {"algorithm": ECDH_SHA256, "parameters": wrap},
            "recipient_encrypted_keys": [
                {
                    "rid": cms.KeyAgreementRecipientIdentifier(
                        # The key identifier of RFC 5280 §4.2.1.2 (1): it names the key, it protects nothing.
                        "r_key_id", {"subject_key_identifier": hashlib.sha1(point, usedforsecurity=False).digest()}
                    ),
                    "encrypted_key": wrapped,
                }
            ],
        }
    )  # fmt: skip
    data = cms.EnvelopedData(
        {
            "version": "v2",
            "recipient_infos": [cms.RecipientInfo("kari", agreement)],
            "encrypted_content_info": {
                "content_type": content_type,
                "content_encryption_algorithm": {"algorithm": AES256_CBC, "parameters": core.OctetString(new.vector)},
                "encrypted_content": encrypted,
            },
        }
    )
    return bytes(cms.ContentInfo({"content_type": "enveloped_data", "content": data}).dump())


def unseal(envelope: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    """The content of an EnvelopedData (DER) for the holder of `key`.

    Raises NotEnveloped; ValueError, TypeError, KeyError or InvalidUnwrap when it is damaged or for somebody else.
    """
    outer = cms.ContentInfo.load(envelope, strict=True)
    if outer["content_type"].native != "enveloped_data":
        raise NotEnveloped("it is no CMS EnvelopedData")
    data = outer["content"]
    agreement = data["recipient_infos"][0].chosen
    originator = agreement["originator"].chosen["public_key"].native
    peer = ec.EllipticCurvePublicKey.from_encoded_point(key.curve, originator)
    wrapped = agreement["recipient_encrypted_keys"][0]["encrypted_key"].native
    content_key = aes_key_unwrap(key_encryption_key(key.exchange(ec.ECDH(), peer)), wrapped)
    encrypted = data["encrypted_content_info"]
    vector = encrypted["content_encryption_algorithm"]["parameters"].native
    decryptor = Cipher(algorithms.AES256(content_key), modes.CBC(vector)).decryptor()
    padded = decryptor.update(encrypted["encrypted_content"].native) + decryptor.finalize()
    unpadder = PKCS7(128).unpadder()
    return bytes(unpadder.update(padded) + unpadder.finalize())


def key_encryption_key(shared_secret: bytes) -> bytes:
    """The AES-256 key that wraps the content key: X9.63 KDF over ECC-CMS-SharedInfo (RFC 5753 §7.2)."""
    wrap = cms.KeyEncryptionAlgorithm({"algorithm": AES256_WRAP}).dump()
    length = bytes.fromhex("a206040400000100")  # suppPubInfo [2]: 256 bits
    body = wrap + length
    return X963KDF(SHA256(), 32, b"\x30" + bytes([len(body)]) + body).derive(shared_secret)


def _originator(public_key: ec.EllipticCurvePublicKey) -> keys.PublicKeyInfo:
    return keys.PublicKeyInfo.load(public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
