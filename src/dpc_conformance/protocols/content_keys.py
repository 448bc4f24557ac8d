"""The key that encrypts the content of a CMS envelope, out of what was encrypted to a recipient (RFC 5652 §6.2)."""

from collections.abc import Iterable
from typing import Any

from asn1crypto import cms, core
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
HASHES: dict[str, hashes.HashAlgorithm] = {
    "1.3.132.1.11.1": hashes.SHA256(),
    "1.3.132.1.11.2": hashes.SHA384(),
    "1.3.132.1.11.3": hashes.SHA512(),
}
"""The hash of each dhSinglePass-stdDH scheme that is taken (RFC 5753 §7.1.4); none of them is SHA-1."""
WRAPS = {"aes128_wrap": 16, "aes256_wrap": 32}
"""Octets of the key that wraps."""


class NotForThisKey(ValueError):
    """Nothing in the envelope was encrypted to that certificate, or not in a way that is taken."""


def content_key(recipients: Iterable[Any], key: PrivateKey, certificate: bytes | None) -> bytes:
    """The content key. `recipients` are RecipientInfos as asn1crypto reads them.

    Only what names `certificate` (DER) is tried; without one, whatever is for a key of this kind. Raises
    NotForThisKey; ValueError, TypeError, KeyError or InvalidUnwrap for what is damaged.
    """
    own = asn1_x509.Certificate.load(certificate) if certificate else None
    for recipient in recipients:
        chosen = recipient.chosen
        if recipient.name == "ktri" and isinstance(key, rsa.RSAPrivateKey) and _names(chosen["rid"], own):
            return key.decrypt(chosen["encrypted_key"].native, _padding(chosen["key_encryption_algorithm"]))
        if recipient.name == "kari" and isinstance(key, ec.EllipticCurvePrivateKey):
            for each in chosen["recipient_encrypted_keys"]:
                if _names(each["rid"], own):
                    return _agreed(chosen, each["encrypted_key"].native, key)
    raise NotForThisKey("the envelope is for somebody else")


def name_certificate(recipient: Any, certificate: bytes) -> bool:
    """Whether a RecipientInfo names that certificate (DER)."""
    own, chosen = asn1_x509.Certificate.load(certificate), recipient.chosen
    identifiers = {
        "ktri": lambda: [chosen["rid"]],
        "kari": lambda: [each["rid"] for each in chosen["recipient_encrypted_keys"]],
    }
    return any(_names(each, own) for each in identifiers.get(recipient.name, list)())


def _names(identifier: Any, certificate: asn1_x509.Certificate | None) -> bool:
    """Whether a recipient identifier means that certificate; without one it may mean any."""
    if certificate is None:
        return True
    if identifier.name == "issuer_and_serial_number":
        named = identifier.chosen
        same_issuer = named["issuer"].dump() == certificate.issuer.dump()
        return bool(same_issuer and named["serial_number"].native == certificate.serial_number)
    chosen = identifier.chosen
    identified = chosen["subject_key_identifier"] if identifier.name == "r_key_id" else chosen
    return bool(identified.native == certificate.key_identifier)


def key_encryption_key(
    shared_secret: bytes, wrap: str = "aes256_wrap", scheme: str = "1.3.132.1.11.1", ukm: bytes | None = None
) -> bytes:
    """The key that wraps the content key: X9.63 KDF over ECC-CMS-SharedInfo (RFC 5753 §7.2). KeyError when unknown."""
    octets = WRAPS[wrap]
    algorithm = cms.KeyEncryptionAlgorithm({"algorithm": wrap}).dump()
    user = core.OctetString(ukm, explicit=0).dump() if ukm is not None else b""
    length = core.OctetString((8 * octets).to_bytes(4, "big"), explicit=2).dump()
    body = algorithm + user + length
    return X963KDF(HASHES[scheme], octets, b"\x30" + bytes([len(body)]) + body).derive(shared_secret)


def _agreed(agreement: Any, wrapped: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    originator = agreement["originator"].chosen["public_key"].native
    peer = ec.EllipticCurvePublicKey.from_encoded_point(key.curve, originator)
    algorithm = agreement["key_encryption_algorithm"]
    wrap = cms.KeyEncryptionAlgorithm.load(algorithm["parameters"].dump())["algorithm"].native
    secret = key.exchange(ec.ECDH(), peer)
    wrapping = key_encryption_key(secret, wrap, algorithm["algorithm"].dotted, agreement["ukm"].native)
    return aes_key_unwrap(wrapping, wrapped)


def _padding(algorithm: Any) -> padding.AsymmetricPadding:
    if algorithm["algorithm"].native == "rsaes_pkcs1v15":
        return padding.PKCS1v15()
    parameters = algorithm["parameters"]
    digest = _hash(parameters["hash_algorithm"]["algorithm"].native)
    mask = parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native
    return padding.OAEP(padding.MGF1(_hash(mask)), digest, None)


def _hash(name: str) -> hashes.HashAlgorithm:
    known = {"sha1": hashes.SHA1(), "sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
    return known[name]
