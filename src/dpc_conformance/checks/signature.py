"""Signatures, verified with `cryptography`: imported only when the first one is to be verified."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from dpc_conformance.checks.finding import CannotTell
from dpc_conformance.formats import oids
from dpc_conformance.formats.public_key import AlgorithmIdentifier, PublicKey, read_pss_parameters

HASH_NAMES: Final = {oids.SHA1: "sha1", oids.SHA256: "sha256", oids.SHA384: "sha384", oids.SHA512: "sha512"}
"""How `hashlib` calls the hash algorithms that are computed here."""
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


class _Scheme(NamedTuple):
    """How a key verifies: `verify(signature, message, *arguments)` raises `refused` or ValueError when it does not."""

    verify: Callable[..., None]
    arguments: tuple[Any, ...]
    refused: type[Exception]


def verifies(
    key: PublicKey, algorithm: AlgorithmIdentifier, message: bytes, signature: bytes, unused_bits: int
) -> bool | CannotTell:
    """Whether `signature` over `message` is that of `key`.

    False also when the algorithm is of another kind than the key or the BIT STRING has unused bits; CannotTell when
    key or algorithm are unknown here.
    """
    scheme = _scheme(key.der, algorithm.oid, algorithm.parameters)
    if isinstance(scheme, CannotTell):
        return scheme
    if scheme is None or unused_bits:
        return False
    try:
        scheme.verify(signature, message, *scheme.arguments)
    except (scheme.refused, ValueError, OverflowError):
        return False
    return True


@lru_cache(maxsize=256)
def _scheme(spki: bytes, algorithm: str, parameters: bytes | None) -> _Scheme | CannotTell | None:
    """The scheme of one key under one algorithm; None when the two do not belong together."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        loaded: Any = load_der_public_key(spki)
    except (ValueError, UnsupportedAlgorithm):
        loaded = None
    if not isinstance(loaded, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return CannotTell("the signer's key is of a kind that is not verified here")
    pss = read_pss_parameters(parameters or b"") if algorithm == oids.RSA_PSS else None
    name = _HASHES.get((pss.hash or "") if pss else algorithm)
    mask = _HASHES.get(pss.mask_hash or "") if pss else ""
    if name is None or mask is None:
        return CannotTell(f"signature algorithm {algorithm} is not verified here")
    digest = getattr(hashes, name)()
    is_rsa = algorithm.startswith(oids.RSA_ENCRYPTION[:-1])
    if isinstance(loaded, ec.EllipticCurvePublicKey):
        return None if is_rsa else _Scheme(loaded.verify, (ec.ECDSA(digest),), InvalidSignature)
    if not is_rsa:
        return None
    if pss is None:
        return _Scheme(loaded.verify, (padding.PKCS1v15(), digest), InvalidSignature)
    try:
        salt = padding.PSS(padding.MGF1(getattr(hashes, mask)()), pss.salt_length)
    except (ValueError, OverflowError):
        return None
    return _Scheme(loaded.verify, (salt, digest), InvalidSignature)
