"""How strong a signature is, to compare that on a status with that on a certificate (SP 800-78-5 3.1)."""

from typing import Final

from dpc_conformance.formats import oids
from dpc_conformance.formats.public_key import AlgorithmIdentifier, PublicKey, read_pss_parameters

HASH_BITS: Final = {
    oids.RSA_WITH_SHA1: 160,
    oids.SHA1: 160,
    oids.RSA_WITH_SHA224: 224,
    oids.RSA_WITH_SHA256: 256,
    oids.ECDSA_WITH_SHA256: 256,
    oids.SHA256: 256,
    oids.RSA_WITH_SHA384: 384,
    oids.ECDSA_WITH_SHA384: 384,
    oids.SHA384: 384,
    oids.RSA_WITH_SHA512: 512,
    oids.ECDSA_WITH_SHA512: 512,
    oids.SHA512: 512,
}
CURVE_STRENGTH: Final = {oids.P256: 128, oids.P384: 192, oids.P521: 256}
RSA_STRENGTH: Final = ((15360, 256), (7680, 192), (3072, 128), (2048, 112), (1024, 80))


def key_strength(key: PublicKey) -> int:
    """Security strength in bits (SP 800-57 part 1, table 2); 0 when unknown."""
    if key.curve:
        return CURVE_STRENGTH.get(key.curve, 0)
    return next((strength for bits, strength in RSA_STRENGTH if key.modulus_bits >= bits), 0)


def named(key: PublicKey) -> str:
    """How a finding calls a key: by the size of its modulus, else by its security strength."""
    return f"RSA-{key.modulus_bits}" if key.modulus_bits else f"{key_strength(key)} bits of strength"


def is_weaker(key: PublicKey, other: PublicKey) -> bool:
    """Whether `key` is weaker than `other`: of two RSA keys the shorter one, else by security strength."""
    if key.modulus_bits and other.modulus_bits:
        return key.modulus_bits < other.modulus_bits
    return key_strength(key) < key_strength(other)


def hash_bits(algorithm: AlgorithmIdentifier) -> int:
    """Length in bits of the hash in a signature algorithm; 0 when unknown."""
    if algorithm.oid == oids.RSA_PSS:
        pss = read_pss_parameters(algorithm.parameters or b"")
        return HASH_BITS.get((pss.hash or "") if pss else "", 0)
    return HASH_BITS.get(algorithm.oid, 0)
