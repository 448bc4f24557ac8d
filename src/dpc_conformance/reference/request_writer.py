"""Certificate requests with any key, name and signer: what an honest library would not write (RFC 2986)."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Protocol

from asn1crypto import core, csr, keys, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey
SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before a SHA-256 digest in PKCS #1 v1.5 (RFC 8017 §9.2, note 1)."""


class RequestKey(Protocol):
    """A key pair that can sign a request, wherever its private half is."""

    @property
    def public_key(self) -> PublicKey:
        """The public half."""

    def sign(self, data: bytes) -> bytes:
        """A signature over `data` with SHA-256: PKCS #1 v1.5, or ECDSA in DER."""


class SoftwareKey:
    """A key in memory."""

    def __init__(self, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> None:
        self._key = key

    @property
    def public_key(self) -> PublicKey:
        """The public half."""
        return self._key.public_key()

    def sign(self, data: bytes) -> bytes:
        """A signature with SHA-256."""
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


class KeyOnCard:
    """A key that stays on a card: `sign_block` takes a padded RSA block or a digest (SP 800-73-5 part 2 §3.2.4)."""

    def __init__(self, public_key: PublicKey, sign_block: Callable[[bytes], bytes]) -> None:
        self._public_key, self._sign_block = public_key, sign_block

    @property
    def public_key(self) -> PublicKey:
        """The public half, from the card's certificate."""
        return self._public_key

    def sign(self, data: bytes) -> bytes:
        """A signature with SHA-256, made by the card."""
        digest = sha256(data).digest()
        size = (self._public_key.key_size + 7) // 8
        if isinstance(self._public_key, rsa.RSAPublicKey):
            end = SHA256_DIGEST_INFO + digest
            return self._sign_block(b"\0\1" + b"\xff" * (size - 3 - len(end)) + b"\0" + end)
        # A digest shorter than the curve stands for the same integer with leading zeros; cards want full length.
        return self._sign_block(digest.rjust(size, b"\0"))


def write_request(
    key: RequestKey,
    signer: RequestKey,
    common_name: str = "",
    hash_name: str = "sha256",
    extensions: Sequence[x509.Extension] = (),
) -> bytes:
    """A PKCS #10 request (DER) for `key`, signed by `signer`; without a common name the subject is empty.

    `hash_name` is what the signer hashes with; `extensions` are asked for by an extensionRequest (RFC 2985 §5.4.2).
    """
    spki = key.public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    info = csr.CertificationRequestInfo(
        {
            "version": "v1",
            "subject": x509.Name.build({"common_name": common_name} if common_name else {}),
            "subject_pk_info": keys.PublicKeyInfo.load(spki),
            "attributes": [{"type": "extension_request", "values": [list(extensions)]}] if extensions else [],
        }
    )
    algorithm = f"{hash_name}_{'rsa' if isinstance(signer.public_key, rsa.RSAPublicKey) else 'ecdsa'}"
    request = csr.CertificationRequest(
        {
            "certification_request_info": info,
            "signature_algorithm": {"algorithm": algorithm},
            "signature": core.OctetBitString(signer.sign(info.dump())),
        }
    )
    return bytes(request.dump())
