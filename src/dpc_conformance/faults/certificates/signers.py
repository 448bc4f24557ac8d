"""Keys for mutants: EC keys that are the same in every run, one RSA key for each process."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.faults.certificates.encoding import bits, context, integer, null, oid, sequence
from dpc_conformance.formats import oids

ECDSA_SHA256 = sequence(oid(oids.ECDSA_WITH_SHA256))
ECDSA_SHA384 = sequence(oid(oids.ECDSA_WITH_SHA384))
RSA_SHA256 = sequence(oid(oids.RSA_WITH_SHA256), null())


@dataclass(frozen=True)
class Signer:
    """A CA key: what it writes as its algorithm, how it signs, and its own subjectPublicKeyInfo."""

    algorithm: bytes
    sign: Callable[[bytes], bytes]
    public_key: bytes

    @property
    def key_identifier(self) -> bytes:
        """SHA-1 of the public key (RFC 5280 4.2.1.2, method 1)."""
        return key_identifier(self.public_key)


@cache
def ec_key(label: str, curve: type[ec.EllipticCurve] = ec.SECP256R1) -> ec.EllipticCurvePrivateKey:
    """The EC key that belongs to a label."""
    secret = int.from_bytes(hashlib.sha256(f"mutants/{label}".encode()).digest()[:30], "big") + 1
    return ec.derive_private_key(secret, curve())


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    """An RSA-2048 key of this process."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def spki(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    """The subjectPublicKeyInfo of a key."""
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def key_identifier(public_key: bytes) -> bytes:
    """SHA-1 of the BIT STRING's contents of a subjectPublicKeyInfo made by this package or `spki`."""
    from dpc_conformance.formats.public_key import read_public_key

    return hashlib.sha1(read_public_key(public_key).bits, usedforsecurity=False).digest()


def rsa_spki(size: int, exponent: int = 65537, parameters: bytes | None = None) -> bytes:
    """A subjectPublicKeyInfo with an odd number of `size` bits in the place of a modulus."""
    modulus = 1 << size - 1 | int.from_bytes(hashlib.sha512(str(size).encode()).digest(), "big") | 1
    algorithm = sequence(oid(oids.RSA_ENCRYPTION), null() if parameters is None else parameters)
    return sequence(algorithm, bits(sequence(integer(modulus), integer(exponent))))


@cache
def ecdsa(label: str, curve: type[ec.EllipticCurve] = ec.SECP256R1, sha384: bool = False) -> Signer:
    """A CA that signs with ECDSA."""
    key = ec_key(label, curve)
    algorithm = ec.ECDSA(hashes.SHA384() if sha384 else hashes.SHA256(), deterministic_signing=True)
    return Signer(ECDSA_SHA384 if sha384 else ECDSA_SHA256, lambda tbs: key.sign(tbs, algorithm), spki(key))


@cache
def rsa_pkcs1(algorithm: bytes = RSA_SHA256, digest: type[hashes.HashAlgorithm] = hashes.SHA256) -> Signer:
    """A CA that signs with RSASSA-PKCS1-v1_5 and SHA-256 unless told otherwise."""
    key = rsa_key()
    return Signer(algorithm, lambda tbs: key.sign(tbs, padding.PKCS1v15(), digest()), spki(key))


@cache
def rsa_pss(digest: type[hashes.HashAlgorithm] = hashes.SHA256, hash_oid: str = oids.SHA256, salt: int = 32) -> Signer:
    """A CA that signs with RSASSA-PSS; parameters and signature agree."""
    key = rsa_key()
    used = digest()
    hashed = sequence(oid(hash_oid), null())
    parameters = sequence(context(0, hashed), context(1, sequence(oid(oids.MGF1), hashed)), context(2, integer(salt)))
    scheme = padding.PSS(padding.MGF1(used), salt)
    return Signer(sequence(oid(oids.RSA_PSS), parameters), lambda tbs: key.sign(tbs, scheme, used), spki(key))
