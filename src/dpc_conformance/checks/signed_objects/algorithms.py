"""The algorithms of signed objects (SP 800-78-5 3.2.1 and 3.2.3)."""

from typing import Final

from dpc_conformance.checks.finding import Answer, DoesNotApply, Finding, unexpected, warning
from dpc_conformance.checks.registry import signed_object_check
from dpc_conformance.checks.signed_objects.context import SignedObject
from dpc_conformance.formats import oids
from dpc_conformance.formats.public_key import PublicKey
from dpc_conformance.formats.signed_data import SignerInfo

RSA_PKCS1: Final = frozenset(
    {
        oids.RSA_ENCRYPTION,
        oids.RSA_WITH_SHA1,
        oids.RSA_WITH_SHA224,
        oids.RSA_WITH_SHA256,
        oids.RSA_WITH_SHA384,
        oids.RSA_WITH_SHA512,
    }
)
HASHES: Final = frozenset({oids.SHA256, oids.SHA384})
NULL: Final = b"\x05\x00"
ECDSA: Final = {
    oids.P256: (oids.SHA256, oids.ECDSA_WITH_SHA256),
    oids.P384: (oids.SHA384, oids.ECDSA_WITH_SHA384),
}
"""Hash and signature algorithm that go with a curve."""


def hash_fits_the_key(name: str, signer: SignerInfo, key: PublicKey) -> Finding | None:
    """Whether the signer's hash and key stand in one row of SP 800-78-5 table 2; `name` is that of the object."""
    if not key.curve:
        fits = signer.digest_algorithm in HASHES
        return None if fits else unexpected(f"{name} digestAlgorithm", HASHES, signer.digest_algorithm)
    expected = ECDSA.get(key.curve)
    if expected is None:
        return unexpected(f"{name}, signer's key", "P-256 or P-384", key.curve)
    found = (signer.digest_algorithm, signer.signature_algorithm)
    return None if found == expected else unexpected(f"{name} digestAlgorithm, signatureAlgorithm", expected, found)


@signed_object_check("DPC-CRY-SIG-02")
def rsa_signatures_are_named_rsa_encryption(signed: SignedObject) -> Answer:
    """A PKCS#1 v1.5 signature of a card object is named rsaEncryption with NULL parameters."""
    signers = [one for one in signed.message.signers if one.signature_algorithm in RSA_PKCS1]
    for one in signers:
        where = f"{signed.name} signatureAlgorithm"
        if one.signature_algorithm != oids.RSA_ENCRYPTION:
            return unexpected(where, oids.RSA_ENCRYPTION, one.signature_algorithm)
        if one.signature_parameters is None:
            # SP 800-78 names the algorithm and leaves the NULL to RFC 5754; GSA's own test cards leave it out.
            return warning(f"{where} parameters", "NULL", "absent")
        if one.signature_parameters != NULL:
            return unexpected(f"{where} parameters", "NULL", one.signature_parameters)
    return None if signers else DoesNotApply("not signed with RSASSA-PKCS1-v1_5")


@signed_object_check("DPC-CRY-SO-01")
def hashes_are_those_of_the_signature(signed: SignedObject) -> Answer:
    """The Security Object hashes containers with the hash of its signature, SHA-256 or SHA-384."""
    if signed.hashes is None:
        return DoesNotApply("not a Security Object")
    used = signed.hashes.algorithm
    if used not in HASHES:
        return unexpected("LDSSecurityObject hashAlgorithm", HASHES, used)
    for one in signed.message.signers:
        if one.digest_algorithm != used:
            return unexpected("LDSSecurityObject hashAlgorithm", one.digest_algorithm, used)
    return None
