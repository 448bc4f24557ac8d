"""What a CA may sign with by SP 800-78-5 table 2 and Common Policy CP 6.1.5."""

from typing import Final

from dpc_conformance.checks.certificate.subject_public_key import RSA_2048_UNTIL
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.checks.status.strength import hash_bits
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

WHERE: Final = "signature"
HASHES: Final = (256, 384, 512)
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
    key, bits, end = (
        context.issuer_view.public_key,
        hash_bits(certificate.inner_algorithm),
        certificate.not_after.moment,
    )
    if key.curve:
        expected = CURVE_HASH.get(key.curve)
        if expected is None:
            return unexpected(WHERE, "a CA key on P-256 or P-384", key.curve)
        return None if bits == expected else unexpected(WHERE, f"SHA-{expected} for the CA's curve", f"{bits} bits")
    sizes = RSA_SIZES[1:] if end is not None and end > RSA_2048_UNTIL else RSA_SIZES
    if key.modulus_bits not in sizes:
        return unexpected(WHERE, f"a CA key of {' or '.join(map(str, sizes))} bits", f"{key.modulus_bits} bits")
    hashes = HASHES if context.options.sha_512_signatures == "note" else HASHES[:2]
    return None if bits in hashes else unexpected(WHERE, "SHA-256 or SHA-384", f"{bits} bits")
