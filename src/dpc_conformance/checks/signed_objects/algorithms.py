"""The algorithms of signed objects (SP 800-78-5 3.2.1 and 3.2.3)."""

from typing import Final

from dpc_conformance.checks.certificate.signature_strength import in_one_row
from dpc_conformance.checks.finding import Answer, DoesNotApply, Finding, missing, unexpected, warning
from dpc_conformance.checks.registry import signed_object_check
from dpc_conformance.checks.signed_objects.context import SignedObject
from dpc_conformance.checks.status.strength import hash_bits
from dpc_conformance.formats import oids
from dpc_conformance.formats.public_key import AlgorithmIdentifier, PublicKey
from dpc_conformance.formats.signed_data import SignerInfo

PKCS_1: Final = "1.2.840.113549.1.1."
"""The arc of RSA Laboratories: all that signs under it is RSASSA-PKCS1-v1_5, but RSASSA-PSS."""
OTHER_NAMES: Final = (
    *(f"1.3.14.3.2.{number}" for number in (2, 3, 4, 15, 24, 25, 29)),
    *(f"1.3.36.3.3.1.{number}" for number in (2, 3, 4)),
    *(f"2.16.840.1.101.3.4.3.{number}" for number in (13, 14, 15, 16)),
)
"""Names of RSASSA-PKCS1-v1_5 elsewhere: of the OIW, of TeleTrusT, and of NIST with SHA-3."""
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
        if signer.digest_algorithm not in HASHES:
            return unexpected(f"{name} digestAlgorithm", HASHES, signer.digest_algorithm)
        return in_one_row(key, hash_bits(AlgorithmIdentifier(b"", signer.digest_algorithm, None, ())))
    expected = ECDSA.get(key.curve)
    if expected is None:
        return unexpected(f"{name}, signer's key", "P-256 or P-384", key.curve)
    found = (signer.digest_algorithm, signer.signature_algorithm)
    return None if found == expected else unexpected(f"{name} digestAlgorithm, signatureAlgorithm", expected, found)


@signed_object_check("DPC-CRY-SIG-02")
def rsa_signatures_are_named_rsa_encryption(signed: SignedObject) -> Answer:
    """A PKCS#1 v1.5 signature of a card object is named rsaEncryption with NULL parameters."""
    signers = [one for one in signed.message.signers if _is_pkcs1_v1_5(one.signature_algorithm)]
    if not signers:
        return DoesNotApply("not signed with RSASSA-PKCS1-v1_5")
    found = [finding for one in signers if (finding := _named(f"{signed.name} signatureAlgorithm", one))]
    return min(found, key=lambda finding: finding.severity != "error", default=None)


def _is_pkcs1_v1_5(algorithm: str) -> bool:
    return algorithm in OTHER_NAMES or (algorithm.startswith(PKCS_1) and algorithm != oids.RSA_PSS)


def _named(where: str, signer: SignerInfo) -> Finding | None:
    if signer.signature_algorithm != oids.RSA_ENCRYPTION:
        return unexpected(where, oids.RSA_ENCRYPTION, signer.signature_algorithm)
    if signer.signature_parameters is None:
        # SP 800-78 names the algorithm and leaves the NULL to RFC 5754; GSA's own test cards leave it out.
        return warning(f"{where} parameters", "NULL", "absent")
    if signer.signature_parameters != NULL:
        return unexpected(f"{where} parameters", "NULL", signer.signature_parameters)
    return None


@signed_object_check("DPC-CRY-SO-01")
def hashes_are_those_of_the_signature(signed: SignedObject) -> Answer:
    """The Security Object hashes containers with the hash of its signature, SHA-256 or SHA-384."""
    if signed.hashes is None:
        return DoesNotApply("not a Security Object")
    used = signed.hashes.algorithm
    if used not in HASHES:
        return unexpected("LDSSecurityObject hashAlgorithm", HASHES, used)
    if not signed.message.signers:
        return missing(f"{signed.name} signerInfos", "the signature whose hash it has to be")
    for one in signed.message.signers:
        if one.digest_algorithm != used:
            return unexpected("LDSSecurityObject hashAlgorithm", one.digest_algorithm, used)
    return None
