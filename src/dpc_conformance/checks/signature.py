"""Signatures, verified with `cryptography`: imported only when the first one is to be verified."""

from functools import lru_cache
from typing import Any, Final

from dpc_conformance.checks.finding import CannotTell
from dpc_conformance.formats import oids
from dpc_conformance.formats.public_key import AlgorithmIdentifier, PublicKey, read_pss_parameters

_HASHES: Final = {
    oids.RSA_WITH_SHA1: "SHA1",
    oids.RSA_WITH_SHA224: "SHA224",
    oids.RSA_WITH_SHA256: "SHA256",
    oids.RSA_WITH_SHA384: "SHA384",
    oids.RSA_WITH_SHA512: "SHA512",
    oids.ECDSA_WITH_SHA256: "SHA256",
    oids.ECDSA_WITH_SHA384: "SHA384",
    oids.ECDSA_WITH_SHA512: "SHA512",
    oids.SHA1: "SHA1",
    oids.SHA256: "SHA256",
    oids.SHA384: "SHA384",
    oids.SHA512: "SHA512",
}


@lru_cache(maxsize=256)
def _load_key(spki: bytes) -> Any:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        return load_der_public_key(spki)
    except (ValueError, UnsupportedAlgorithm):
        return None


def verifies(
    key: PublicKey, algorithm: AlgorithmIdentifier, message: bytes, signature: bytes, unused_bits: int
) -> bool | CannotTell:
    """Whether `signature` over `message` is that of `key`.

    False also when the algorithm is of another kind than the key or the BIT STRING has unused bits; CannotTell when
    key or algorithm are unknown here.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    loaded = _load_key(key.der)
    if not isinstance(loaded, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return CannotTell("the signer's key is of a kind that is not verified here")
    pss = read_pss_parameters(algorithm.parameters or b"") if algorithm.oid == oids.RSA_PSS else None
    name = _HASHES.get((pss.hash or "") if pss else algorithm.oid)
    mask = _HASHES.get(pss.mask_hash or "") if pss else ""
    if name is None or mask is None:
        return CannotTell(f"signature algorithm {algorithm.oid} is not verified here")
    if unused_bits:
        return False
    digest = getattr(hashes, name)()
    try:
        if isinstance(loaded, ec.EllipticCurvePublicKey):
            if algorithm.oid.startswith(oids.RSA_ENCRYPTION[:-1]):
                return False
            loaded.verify(signature, message, ec.ECDSA(digest))
        elif pss is not None:
            salt = padding.PSS(padding.MGF1(getattr(hashes, mask)()), pss.salt_length)
            loaded.verify(signature, message, salt, digest)
        elif algorithm.oid.startswith(oids.RSA_ENCRYPTION[:-1]):
            loaded.verify(signature, message, padding.PKCS1v15(), digest)
        else:
            return False
    except (InvalidSignature, ValueError, OverflowError):
        return False
    return True
