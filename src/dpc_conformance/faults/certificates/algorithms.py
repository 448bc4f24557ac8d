"""Mutants of the signature and its algorithm."""

from dataclasses import replace

from cryptography.hazmat.primitives import hashes

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import bits, null, oid, sequence
from dpc_conformance.faults.certificates.material import CA, P384_CA, good, issued_by
from dpc_conformance.faults.certificates.signers import RSA_SHA256, ecdsa, rsa_pkcs1, rsa_pss
from dpc_conformance.faults.mutants import mutant
from dpc_conformance.formats import oids

SHA1 = sequence(oid(oids.RSA_WITH_SHA1), null())
SHA224 = sequence(oid(oids.RSA_WITH_SHA224), null())
SHA384 = sequence(oid(oids.RSA_WITH_SHA384), null())
WEAK_HASH = {"DPC-CRY-HASH-01", "DPC-CRY-SIG-01"}
NO_PARAMETERS = sequence(oid(oids.RSA_WITH_SHA256))


@mutant("signed with SHA-1", {"DPC-CERT-SIGALG-01"} | WEAK_HASH, lambda: issued_by(rsa_pkcs1()))
def sha1() -> bytes:
    signer = rsa_pkcs1(SHA1, hashes.SHA1)
    return replace(good(rsa_pkcs1()), signer=signer).signed()


@mutant("signed with SHA-224", {"DPC-CERT-SIGALG-01"} | WEAK_HASH, lambda: issued_by(rsa_pkcs1()))
def sha224() -> bytes:
    return replace(good(rsa_pkcs1()), signer=rsa_pkcs1(SHA224, hashes.SHA224)).signed()


@mutant("algorithm inside is not the one outside", {"DPC-CERT-SIGALG-02"}, lambda: issued_by(rsa_pkcs1()))
def two_algorithms() -> bytes:
    signer = rsa_pkcs1(SHA384, hashes.SHA384)
    return replace(good(rsa_pkcs1()), signer=signer, inner_algorithm=RSA_SHA256).signed()


@mutant("PSS with SHA-384", {"DPC-CERT-SIGALG-03"}, lambda: issued_by(rsa_pss()))
def pss_sha384() -> bytes:
    return replace(good(rsa_pss()), signer=rsa_pss(hashes.SHA384, oids.SHA384, 48)).signed()


@mutant("PSS without parameters, which means SHA-1", {"DPC-CERT-SIGALG-03"} | WEAK_HASH, lambda: issued_by(rsa_pss()))
def pss_defaults() -> bytes:
    signer = replace(rsa_pss(hashes.SHA1, oids.SHA1, 20), algorithm=sequence(oid(oids.RSA_PSS), sequence()))
    return replace(good(rsa_pss()), signer=signer).signed()


@mutant("PSS with a salt of 20 octets", {"DPC-CERT-SIGALG-03"}, lambda: issued_by(rsa_pss()))
def pss_short_salt() -> bytes:
    return replace(good(rsa_pss()), signer=rsa_pss(salt=20)).signed()


@mutant("RSA without NULL parameters", {"DPC-CERT-SIGALG-04"}, lambda: issued_by(rsa_pkcs1()))
def rsa_no_parameters() -> bytes:
    return replace(good(rsa_pkcs1()), signer=rsa_pkcs1(NO_PARAMETERS)).signed()


@mutant("ECDSA with NULL parameters", {"DPC-CERT-SIGALG-05"})
def ecdsa_null_parameters() -> bytes:
    algorithm = sequence(oid(oids.ECDSA_WITH_SHA256), null())
    return replace(good(), signer=replace(CA, algorithm=algorithm)).signed()


@mutant("P-384 CA signs with SHA-256", {"DPC-CERT-SIGALG-06", "DPC-CRY-SIG-01"}, lambda: issued_by(P384_CA))
def hash_below_curve() -> bytes:
    from cryptography.hazmat.primitives.asymmetric import ec

    return replace(good(P384_CA), signer=ecdsa("ca-384", ec.SECP384R1)).signed()


@mutant("a bit of the subject flipped after signing", {"DPC-CERT-SIG-01", "DPC-PATH-ANCHOR-01", "DPC-CERT-SUBJ-06"})
def subject_changed() -> bytes:
    return good().signed().replace(b"Alex Example", b"Elex Example")


@mutant("signed by another key of the same CA name", {"DPC-CERT-SIG-01", "DPC-PATH-ANCHOR-01"})
def signed_by_another() -> bytes:
    return replace(good(), signer=ecdsa("impostor")).signed()


@mutant("signature with unused bits", {"DPC-CERT-SIG-01", "DPC-PATH-ANCHOR-01"})
def unused_bits() -> bytes:
    template = replace(good(), subject=names.person())
    tbs = template.tbs()
    return sequence(tbs, CA.algorithm, bits(CA.sign(tbs) + b"\x80", 7))
