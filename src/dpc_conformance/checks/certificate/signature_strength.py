"""What a CA may sign with by SP 800-78-5 table 2 and Common Policy CP 6.1.5."""

from typing import Final

from dpc_conformance.checks.certificate.subject_public_key import RSA_2048_UNTIL
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, Finding, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.checks.status.strength import hash_bits
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.public_key import PublicKey

WHERE: Final = "signature"
HASHES: Final = (256, 384, 512)
LISTED_HASHES: Final = HASHES[:2]
CURVE_HASH: Final = {oids.P256: 256, oids.P384: 384}
RSA_SIZES: Final = (2048, 3072, 4096)


@check("DPC-CRY-HASH-01")
def hashes_with_sha_2(certificate: CertificateView) -> Answer:
    """The CA signed with SHA-256, SHA-384 or SHA-512."""
    bits = hash_bits(certificate.inner_algorithm)
    if bits in HASHES:
        return None
    if certificate.inner_algorithm.oid in oids.POST_QUANTUM:
        return CannotTell("a post-quantum signature names no hash")
    return unexpected(WHERE, "SHA-256, SHA-384 or SHA-512", f"{bits} bits" if bits else certificate.inner_algorithm.oid)


@check("DPC-CRY-SIG-01")
def key_and_hash_fit(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The CA's key and hash stand in one row of SP 800-78-5 table 2."""
    if context.issuer_view is None:
        return CannotTell("the issuing CA's certificate was not given")
    end, bits = certificate.not_after.moment, hash_bits(certificate.inner_algorithm)
    sizes = RSA_SIZES[1:] if end is not None and end > RSA_2048_UNTIL else RSA_SIZES
    hashes = HASHES if context.options.sha_512_signatures == "note" else LISTED_HASHES
    return in_one_row(context.issuer_view.public_key, bits, sizes, hashes)


def in_one_row(
    key: PublicKey, bits: int, sizes: tuple[int, ...] = RSA_SIZES, hashes: tuple[int, ...] = LISTED_HASHES
) -> Finding | None:
    """Whether a signer's key and a hash of `bits` bits stand in one row: `sizes` and `hashes` are those for RSA."""
    if key.curve:
        expected = CURVE_HASH.get(key.curve)
        if expected is None:
            return unexpected(WHERE, "a key on P-256 or P-384", key.curve)
        return None if bits == expected else unexpected(WHERE, f"SHA-{expected} for the signer's curve", f"{bits} bits")
    if key.modulus_bits not in sizes:
        return unexpected(WHERE, f"a key of {' or '.join(map(str, sizes))} bits", f"{key.modulus_bits} bits")
    return None if bits in hashes else unexpected(WHERE, "SHA-256 or SHA-384", f"{bits} bits")
