"""Mutants of what SP 800-78-5 allows and the certificate profile does not say, or says otherwise."""

from dataclasses import replace

from cryptography.hazmat.primitives import hashes

from dpc_conformance.faults.certificates.encoding import bits, null, oid, sequence
from dpc_conformance.faults.certificates.material import good, issued_by, with_key
from dpc_conformance.faults.certificates.signers import ecdsa, rsa_pkcs1, rsa_spki
from dpc_conformance.faults.mutants import golden, mutant
from dpc_conformance.formats import oids

SHA512 = sequence(oid(oids.RSA_WITH_SHA512), null())


@mutant("RSA-4096 key, which the certificate profile lists", {"DPC-CRY-KEY-02"})
def rsa_4096() -> bytes:
    return with_key(good(), rsa_spki(4096)).signed()


@golden("RSA CA that signs with SHA-512, which SP 800-78-5 does not list", lambda: issued_by(rsa_pkcs1()))
def sha512() -> bytes:
    return replace(good(rsa_pkcs1()), signer=rsa_pkcs1(SHA512, hashes.SHA512)).signed()


@mutant(
    "P-256 CA signs with SHA-384",
    {"DPC-CERT-SIGALG-06", "DPC-CRY-SIG-01"},
)
def hash_above_curve() -> bytes:
    return replace(good(), signer=ecdsa("ca", sha384=True)).signed()


@golden("key delivered under AES-256", key_wrapping=(oids.AES_256_CBC,))
def aes_wrapping() -> bytes:
    return good().signed()


@mutant("key delivered under 3DES with two keys", {"DPC-CRY-STRENGTH-01"}, key_wrapping=(oids.PBE_3DES_2_KEYS,))
def two_key_3des() -> bytes:
    return good().signed()


@mutant("ML-DSA key, which no edition covers", {"DPC-CERT-SPKI-01", "DPC-CRY-KEY-01"})
def ml_dsa() -> bytes:
    return with_key(good(), sequence(sequence(oid(oids.ML_DSA_65)), bits(bytes(1952)))).signed()
