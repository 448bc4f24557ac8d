"""The subject's public key (profile worksheet row `subjectPublicKeyInfo`, SP 800-78-5)."""

from datetime import UTC, datetime
from typing import Final, NamedTuple

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, unexpected
from dpc_conformance.checks.profiles.versions import version_of
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

WHERE: Final = "subjectPublicKeyInfo"
NULL: Final = b"\x05\x00"
EXPONENT: Final = 65537
RSA_2048_UNTIL: Final = datetime(2030, 12, 31, 23, 59, 59, tzinfo=UTC)
NOT_RSA: Final = DoesNotApply("not an RSA key")
NOT_EC: Final = DoesNotApply("not an EC key")


class Curve(NamedTuple):
    """A prime curve y^2 = x^3 - 3x + b over the field of `prime` elements (FIPS 186-5, SP 800-186)."""

    octets: int
    prime: int
    b: int


CURVES: Final = {
    oids.P256: Curve(
        32, 2**256 - 2**224 + 2**192 + 2**96 - 1, 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
    ),
    oids.P384: Curve(
        48,
        2**384 - 2**128 - 2**96 + 2**32 - 1,
        0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
    ),
}


@check("DPC-CERT-SPKI-01")
def is_rsa_or_ec(certificate: CertificateView) -> Answer:
    """The subject's key is an RSA or an EC key."""
    algorithm = certificate.public_key.algorithm.oid
    if algorithm in (oids.RSA_ENCRYPTION, oids.EC_PUBLIC_KEY):
        return None
    return unexpected(WHERE, "rsaEncryption or id-ecPublicKey", algorithm)


@check("DPC-CERT-SPKI-02")
def rsa_has_a_listed_size(certificate: CertificateView, context: CertificateContext) -> Answer:
    """An RSA modulus has 2048, 3072 or 4096 bits (2048 before profile 2.0), and the parameters are NULL."""
    key = certificate.public_key
    if key.algorithm.oid != oids.RSA_ENCRYPTION:
        return NOT_RSA
    sizes = version_of(certificate, context).rsa_bits
    if key.modulus_bits not in sizes:
        return unexpected(f"{WHERE} modulus", f"{sizes} bits", f"{key.modulus_bits} bits")
    if key.algorithm.parameters != NULL:
        actual = "absent" if key.algorithm.parameters is None else key.algorithm.parameters
        return unexpected(f"{WHERE} parameters", "NULL", actual)
    return None


@check("DPC-CERT-SPKI-03")
def ec_is_on_a_named_curve(certificate: CertificateView, context: CertificateContext) -> Answer:
    """An EC key is on the named curve P-256 or, since profile 2.0, P-384."""
    key = certificate.public_key
    if key.algorithm.oid != oids.EC_PUBLIC_KEY:
        return NOT_EC
    curves = version_of(certificate, context).curves
    if key.curve in curves:
        return None
    return unexpected(f"{WHERE} parameters", f"namedCurve {' or '.join(sorted(curves))}", key.curve or "no named curve")


@check("DPC-CERT-SPKI-04")
def ec_point_is_uncompressed(certificate: CertificateView) -> Answer:
    """An EC point is uncompressed and lies on its curve."""
    key = certificate.public_key
    if key.algorithm.oid != oids.EC_PUBLIC_KEY:
        return NOT_EC
    curve = CURVES.get(key.curve)
    if curve is None:
        return DoesNotApply("not a curve of the profile, which its own rule reports")
    if key.bits[:1] != b"\x04" or len(key.bits) != 1 + 2 * curve.octets:
        return unexpected(WHERE, f"04 and {2 * curve.octets} octets", f"{key.bits[:1].hex()} and {len(key.bits) - 1}")
    x = int.from_bytes(key.bits[1 : 1 + curve.octets], "big")
    y = int.from_bytes(key.bits[1 + curve.octets :], "big")
    if max(x, y) >= curve.prime or (y * y - (x * x - 3) * x - curve.b) % curve.prime:
        return unexpected(WHERE, "a point on the curve", "a point beside it")
    return None


@check("DPC-CERT-SPKI-05")
def rsa_exponent_is_65537(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The RSA public exponent is 65537."""
    key = certificate.public_key
    if key.algorithm.oid != oids.RSA_ENCRYPTION:
        return NOT_RSA
    if context.recovered:
        return DoesNotApply("a recovered key may be older than the rule")
    return None if key.exponent == EXPONENT else unexpected(f"{WHERE} exponent", EXPONENT, key.exponent)


@check("DPC-CERT-SPKI-06")
def rsa_is_3072_after_2030(certificate: CertificateView) -> Answer:
    """An RSA key of a certificate that expires after 2030 has at least 3072 bits."""
    end = certificate.not_after.moment
    if certificate.public_key.algorithm.oid != oids.RSA_ENCRYPTION:
        return NOT_RSA
    if end is None:
        return CannotTell("notAfter cannot be read, which the rule on its form reports")
    bits = certificate.public_key.modulus_bits
    if end <= RSA_2048_UNTIL or bits >= 3072:
        return None
    return unexpected(f"{WHERE} modulus", "at least 3072 bits, since notAfter is past 2030", f"{bits} bits")
