"""Kinds and sizes of subject keys by SP 800-78-5 table 1, which is narrower than the certificate profile."""

from typing import Final

from dpc_conformance.checks.certificate.subject_public_key import CURVES, EXPONENT, NOT_RSA, RSA_2048_UNTIL, WHERE
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, unexpected, warning
from dpc_conformance.checks.registry import check
from dpc_conformance.checks.status.strength import key_strength
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

LEAST_STRENGTH: Final = 112
STRENGTH_AFTER_2030: Final = 128
WRAPPING_STRENGTH: Final = {
    oids.PBE_RC4_128: 0,
    oids.PBE_RC4_40: 40,
    oids.PBE_3DES_3_KEYS: 112,
    oids.PBE_3DES_2_KEYS: 80,
    oids.PBE_RC2_128: 0,
    oids.PBE_RC2_40: 40,
    oids.DES_CBC: 56,
    oids.DES_EDE3_CBC: 112,
    oids.AES_128_CBC: 128,
    oids.AES_192_CBC: 192,
    oids.AES_256_CBC: 256,
    oids.AES_128_GCM: 128,
    oids.AES_256_GCM: 256,
    oids.AES_128_WRAP: 128,
    oids.AES_256_WRAP: 256,
}
"""Bits of security of the algorithms that protect a private key on its way; 0 for those that are not approved."""


def _is_listed(certificate: CertificateView) -> Answer:
    """RSA-4096 has a rule of its own for authentication keys and is refused by the caller otherwise."""
    key, end = certificate.public_key, certificate.not_after.moment
    if key.algorithm.oid == oids.EC_PUBLIC_KEY:
        return None if key.curve in CURVES else unexpected(WHERE, "P-256 or P-384", key.curve or "no named curve")
    if key.algorithm.oid != oids.RSA_ENCRYPTION:
        return unexpected(WHERE, "RSA-2048, RSA-3072, P-256 or P-384", key.algorithm.oid)
    sizes = (3072, 4096) if end is not None and end > RSA_2048_UNTIL else (2048, 3072, 4096)
    if key.modulus_bits in sizes:
        return None
    return unexpected(f"{WHERE} modulus", f"{' or '.join(map(str, sizes[:-1]))} bits", f"{key.modulus_bits} bits")


def _is_rsa_4096(certificate: CertificateView, context: CertificateContext) -> Answer:
    key = certificate.public_key
    if key.algorithm.oid != oids.RSA_ENCRYPTION or key.modulus_bits != 4096:
        return None
    say = warning if context.options.rsa_4096 == "common-policy" else unexpected
    return say(f"{WHERE} modulus", "2048 or 3072 bits (SP 800-78-5)", "4096 bits")


@check("DPC-CRY-KEY-01")
def is_a_key_of_sp_800_78(certificate: CertificateView) -> Answer:
    """The key is RSA-2048 (through 2030), RSA-3072, P-256 or P-384; RSA-4096 has a rule of its own."""
    return _is_listed(certificate)


@check("DPC-CRY-KEY-02")
def is_not_rsa_4096(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The key is not RSA-4096, which the certificate profile allows and SP 800-78-5 does not."""
    if certificate.public_key.algorithm.oid != oids.RSA_ENCRYPTION:
        return NOT_RSA
    return _is_rsa_4096(certificate, context)


@check("DPC-CRY-KEY-03")
def is_a_signature_or_management_key(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A signature or key management key is RSA-2048 (through 2030), RSA-3072, P-256 or P-384."""
    return _is_listed(certificate) or _is_rsa_4096(certificate, context)


@check("DPC-CRY-EXP-01")
def was_made_with_65537(certificate: CertificateView, context: CertificateContext) -> Answer:
    """An RSA key has the exponent 65537; a recovered one may have any odd exponent above it."""
    key = certificate.public_key
    if key.algorithm.oid != oids.RSA_ENCRYPTION:
        return NOT_RSA
    if key.exponent == EXPONENT or (context.recovered and key.exponent % 2 and EXPONENT < key.exponent < 1 << 256):
        return None
    return unexpected(f"{WHERE} exponent", EXPONENT, key.exponent)


@check("DPC-CRY-STRENGTH-01")
def gives_112_bits(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The key, and whatever protected it on delivery, give 112 bits of security, and 128 past 2030."""
    for algorithm in context.key_wrapping:
        bits = WRAPPING_STRENGTH.get(algorithm)
        if bits is None:
            return CannotTell(f"the strength of {algorithm}, which protected the key on delivery, is not known here")
        if bits < LEAST_STRENGTH:
            return unexpected("key wrapping", f"at least {LEAST_STRENGTH} bits", f"{bits} bits of {algorithm}")
    if certificate.public_key.algorithm.oid not in (oids.RSA_ENCRYPTION, oids.EC_PUBLIC_KEY):
        return CannotTell(f"the strength of a key of kind {certificate.public_key.algorithm.oid} is not known here")
    strength, end = key_strength(certificate.public_key), certificate.not_after.moment
    if certificate.public_key.curve == "" and certificate.public_key.algorithm.oid == oids.EC_PUBLIC_KEY:
        return CannotTell("the key is on no named curve")
    if strength == 0 and certificate.public_key.curve:
        return CannotTell(f"the strength of curve {certificate.public_key.curve} is not known here")
    if strength < LEAST_STRENGTH:
        return unexpected(WHERE, f"at least {LEAST_STRENGTH} bits of security", f"{strength} bits")
    if end is not None and end > RSA_2048_UNTIL and strength < STRENGTH_AFTER_2030:
        return warning(WHERE, f"{STRENGTH_AFTER_2030} bits of security past 2030", f"{strength} bits")
    return None


@check("DPC-CRY-PQC-01")
def post_quantum_is_not_covered(certificate: CertificateView) -> Answer:
    """A post-quantum algorithm is reported as not covered by any edition, neither passed nor failed."""
    used = {certificate.public_key.algorithm.oid, certificate.inner_algorithm.oid}
    found = sorted(one for one in used if one in oids.POST_QUANTUM)
    if found:
        return CannotTell(f"{', '.join(found)} is a post-quantum algorithm, which no edition covers yet")
    return DoesNotApply("no post-quantum algorithm")
