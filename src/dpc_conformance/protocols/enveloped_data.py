"""CMS envelopes for one recipient: sealed with ECDH and AES-256-CBC (RFC 5753 §3.1), opened whatever others chose."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from asn1crypto import cms, core, keys
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.protocols.content_keys import PrivateKey, content_key, key_encryption_key, name_certificate

ECDH_SHA256 = "1.3.132.1.11.1"
"""dhSinglePass-stdDH-sha256kdf-scheme (RFC 5753 §7.1.4)."""
AES256_WRAP = "2.16.840.1.101.3.4.1.45"
AES256_CBC = "2.16.840.1.101.3.4.1.42"
ENVELOPED, AUTHENTICATED = "enveloped_data", "authenticated_enveloped_data"
SHORTEST_TAG = 12
"""Octets of an AES-GCM tag at least (RFC 5084 §3.2)."""


class NotEnveloped(ValueError):
    """The bytes are no EnvelopedData and no AuthEnvelopedData."""


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


def unseal(envelope: bytes, key: PrivateKey, certificate: bytes | None = None) -> bytes:
    """The content of an EnvelopedData or AuthEnvelopedData for the holder of `key`, named by `certificate` (DER).

    AES in CBC or GCM; to RSA keys by PKCS #1 v1.5 or OAEP, to EC keys by ECDH. Raises NotEnveloped; ValueError,
    TypeError, KeyError or InvalidUnwrap when it is damaged, for somebody else, or encrypted in another way.
    """
    kind, data = _read(envelope)
    opened = content_key(data["recipient_infos"], key, certificate)
    return _decrypted(data, opened) if kind == ENVELOPED else _authenticated(data, opened)


def is_for(envelope: bytes, certificate: bytes) -> bool:
    """Whether an envelope names that certificate (DER) as a recipient's. Raises NotEnveloped; ValueError, TypeError."""
    _, data = _read(envelope)
    return any(name_certificate(recipient, certificate) for recipient in data["recipient_infos"])


def _read(envelope: bytes) -> tuple[str, Any]:
    outer = cms.ContentInfo.load(envelope, strict=True)
    kind = outer["content_type"].native
    if kind not in (ENVELOPED, AUTHENTICATED):
        raise NotEnveloped("it is no CMS EnvelopedData")
    return kind, outer["content"]


def _decrypted(data: cms.EnvelopedData, key: bytes) -> bytes:
    encrypted = data["encrypted_content_info"]
    algorithm = encrypted["content_encryption_algorithm"]
    if algorithm.encryption_cipher != "aes" or algorithm.encryption_mode != "cbc":
        raise ValueError("the content is not encrypted with AES-CBC")
    decryptor = Cipher(algorithms.AES(key), modes.CBC(algorithm["parameters"].native)).decryptor()
    padded = decryptor.update(encrypted["encrypted_content"].native) + decryptor.finalize()
    unpadder = PKCS7(128).unpadder()
    return bytes(unpadder.update(padded) + unpadder.finalize())


def _authenticated(data: cms.AuthEnvelopedData, key: bytes) -> bytes:
    encrypted, tag = data["auth_encrypted_content_info"], data["mac"].native
    algorithm = encrypted["content_encryption_algorithm"]
    if not str(algorithm["algorithm"].native).endswith("_gcm") or len(tag) < SHORTEST_TAG:
        raise ValueError("the content is not encrypted with AES-GCM")
    parameters = core.SequenceOf.load(algorithm["parameters"].dump(), spec=core.Any)
    nonce = core.OctetString.load(parameters[0].dump()).native
    attributes = data["auth_attrs"]
    covered = attributes.untag().dump() if len(attributes) else b""
    try:
        return AESGCM(key).decrypt(nonce, encrypted["encrypted_content"].native + tag, covered)
    except InvalidTag as error:
        raise ValueError("the content was changed on its way") from error


def _originator(public_key: ec.EllipticCurvePublicKey) -> keys.PublicKeyInfo:
    return keys.PublicKeyInfo.load(public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
