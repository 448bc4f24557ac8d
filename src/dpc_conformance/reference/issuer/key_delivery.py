"""A key that the issuer made, on its way to the phone: signed, then enveloped; never bare (RFC 7030 §4.4.2)."""

import hashlib

from asn1crypto import algos, cms, core, keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509 import load_pem_x509_certificate

from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.key_envelope import (
    AES256_CBC,
    AES256_WRAP,
    ECDH_SHA256,
    KEY_PACKAGE,
    key_encryption_key,
)
from dpc_conformance.reference.pki.authority import Identity
from dpc_conformance.reference.pki.keys import PrivateKey, ec_key
from dpc_conformance.reference.pki.tls import TlsIdentity


class KeyDelivery:
    """Makes key-management keys and wraps each for the transport key of the phone that asked."""

    def __init__(self, signer: Identity, entropy: Entropy) -> None:
        """`signer` (P-256) vouches for the keys; its certificate goes along."""
        self._signer, self._entropy = signer, entropy

    @classmethod
    def of_server(cls, server: TlsIdentity, entropy: Entropy) -> "KeyDelivery":
        """The key of a server's TLS certificate vouches for the keys."""
        key = load_pem_private_key(server.key_pem, None)
        return cls(Identity(load_pem_x509_certificate(server.chain_pem), key), entropy)  # type: ignore[arg-type]

    def generate(self) -> PrivateKey:
        """A new key-management key (P-256)."""
        return ec_key(self._entropy, ec.SECP256R1())

    def envelope(self, key: PrivateKey, recipient: ec.EllipticCurvePublicKey) -> bytes:
        """CMS EnvelopedData (DER) that only the holder of `recipient`'s private key can open."""
        package = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        signed = self._signed(core.SequenceOf([core.Any.load(package)], spec=core.Any).dump())
        return _enveloped(signed, recipient, self._entropy)

    def _signed(self, content: bytes) -> bytes:
        signer = asn1_x509.Certificate.load(self._signer.certificate.public_bytes(Encoding.DER))
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": [KEY_PACKAGE]},
                {"type": "message_digest", "values": [hashlib.sha256(content).digest()]},
            ]
        )
        key = self._signer.key
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("keys are vouched for with a P-256 key")
        info = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    "issuer_and_serial_number",
                    cms.IssuerAndSerialNumber({"issuer": signer.issuer, "serial_number": signer.serial_number}),
                ),
                "digest_algorithm": {"algorithm": "sha256"},
                "signed_attrs": attributes,
                "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                "signature": key.sign(attributes.dump(), ec.ECDSA(SHA256())),
            }
        )
        data = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
                "encap_content_info": {"content_type": KEY_PACKAGE, "content": core.ParsableOctetString(content)},
                "certificates": [signer],
                "signer_infos": [info],
            }
        )
        return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())


def _enveloped(content: bytes, recipient: ec.EllipticCurvePublicKey, entropy: Entropy) -> bytes:
    """Ephemeral-static ECDH, AES-256 key wrap, AES-256-CBC (RFC 5753 §3.1)."""
    ephemeral = ec_key(entropy, recipient.curve)
    content_key, vector = entropy.bytes(32), entropy.bytes(16)
    padder = PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES256(content_key), modes.CBC(vector)).encryptor()
    encrypted = encryptor.update(padder.update(content) + padder.finalize()) + encryptor.finalize()
    wrap = cms.KeyEncryptionAlgorithm({"algorithm": AES256_WRAP})
    point = recipient.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    agreement = cms.KeyAgreeRecipientInfo(
        {
            "version": "v3",
            "originator": cms.OriginatorIdentifierOrKey("originator_key", _originator(ephemeral.public_key())),
            "key_encryption_algorithm": {"algorithm": ECDH_SHA256, "parameters": wrap},
            "recipient_encrypted_keys": [
                {
                    "rid": cms.KeyAgreementRecipientIdentifier(
                        # The key identifier of RFC 5280 §4.2.1.2 (1): it names the key, it protects nothing.
                        "r_key_id", {"subject_key_identifier": hashlib.sha1(point, usedforsecurity=False).digest()}
                    ),
                    "encrypted_key": aes_key_wrap(
                        key_encryption_key(ephemeral.exchange(ec.ECDH(), recipient)), content_key
                    ),
                }
            ],
        }
    )  # fmt: skip
    data = cms.EnvelopedData(
        {
            "version": "v2",
            "recipient_infos": [cms.RecipientInfo("kari", agreement)],
            "encrypted_content_info": {
                "content_type": "signed_data",
                "content_encryption_algorithm": {"algorithm": AES256_CBC, "parameters": core.OctetString(vector)},
                "encrypted_content": encrypted,
            },
        }
    )
    return bytes(cms.ContentInfo({"content_type": "enveloped_data", "content": data}).dump())


def _originator(public_key: ec.EllipticCurvePublicKey) -> keys.PublicKeyInfo:
    return keys.PublicKeyInfo.load(public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
