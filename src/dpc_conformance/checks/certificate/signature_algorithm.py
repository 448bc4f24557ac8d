"""The signature algorithm of a certificate (profile worksheet rows `signature` and `signatureAlgorithm`)."""

from typing import Final

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, Finding, unexpected
from dpc_conformance.checks.profiles.versions import LISTED_SINCE_2_0, version_of
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.public_key import AlgorithmIdentifier, read_pss_parameters

WHERE: Final = "signature"
RSA: Final = frozenset({oids.RSA_WITH_SHA256, oids.RSA_WITH_SHA384, oids.RSA_WITH_SHA512})
ECDSA: Final = frozenset({oids.ECDSA_WITH_SHA256, oids.ECDSA_WITH_SHA384, oids.ECDSA_WITH_SHA512})
ALLOWED: Final = LISTED_SINCE_2_0
RSA_FAMILY: Final = "1.2.840.113549.1.1."
PSS_SALT_OCTETS: Final = 32
NULL: Final = b"\x05\x00"
HASH_FOR_CURVE: Final = {oids.P256: oids.ECDSA_WITH_SHA256, oids.P384: oids.ECDSA_WITH_SHA384}


def is_allowed(algorithm: AlgorithmIdentifier, allowed: frozenset[str] = ALLOWED) -> Finding | None:
    """Whether the algorithm is one of the seven, or of those `allowed`."""
    return None if algorithm.oid in allowed else unexpected(WHERE, allowed, algorithm.oid)


def suits_status(algorithm: AlgorithmIdentifier) -> Finding | None:
    """Whether CRLs and OCSP responses may be signed so: with one of the seven, RSASSA-PSS with SHA-256."""
    found = is_allowed(algorithm)
    if found is not None or algorithm.oid != oids.RSA_PSS:
        return found
    pss = read_pss_parameters(algorithm.parameters or b"")
    if pss is not None and pss.hash == oids.SHA256:
        return None
    return unexpected(f"{WHERE} parameters", "SHA-256", pss or "unreadable")


@check("DPC-CERT-SIGALG-01")
def is_listed(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The signature algorithm is one that the profile lists: seven since version 2.0, four before."""
    return is_allowed(certificate.inner_algorithm, version_of(certificate, context).signature_algorithms)


@check("DPC-CERT-SIGALG-02")
def is_the_same_inside_and_outside(certificate: CertificateView) -> Answer:
    """The algorithm inside the signed part is the one beside the signature, octet for octet."""
    inner, outer = certificate.inner_algorithm, certificate.outer_algorithm
    return None if inner.der == outer.der else unexpected("signatureAlgorithm", inner.der, outer.der)


@check("DPC-CERT-SIGALG-03")
def pss_names_sha256(certificate: CertificateView) -> Answer:
    """RSASSA-PSS parameters name SHA-256, MGF1 with SHA-256, a salt of 32 octets and the default trailer."""
    algorithm = certificate.inner_algorithm
    if algorithm.oid != oids.RSA_PSS:
        return DoesNotApply("not signed with RSASSA-PSS")
    found = read_pss_parameters(algorithm.parameters or b"")
    if found == (oids.SHA256, oids.SHA256, PSS_SALT_OCTETS, 1):
        return None
    return unexpected(f"{WHERE} parameters", "SHA-256, MGF1 with SHA-256, salt 32, trailer 1", found or "unreadable")


@check("DPC-CERT-SIGALG-04")
def rsa_has_null_parameters(certificate: CertificateView) -> Answer:
    """With PKCS#1 v1.5 RSA the parameters are an explicit NULL."""
    algorithm = certificate.inner_algorithm
    if not algorithm.oid.startswith(RSA_FAMILY) or algorithm.oid == oids.RSA_PSS:
        return DoesNotApply("not signed with RSASSA-PKCS1-v1_5")
    if algorithm.parameters == NULL:
        return None
    return unexpected(f"{WHERE} parameters", "NULL", "absent" if algorithm.parameters is None else algorithm.parameters)


@check("DPC-CERT-SIGALG-05")
def ecdsa_has_no_parameters(certificate: CertificateView) -> Answer:
    """With ECDSA the parameters are absent."""
    algorithm = certificate.inner_algorithm
    if algorithm.oid not in ECDSA:
        return DoesNotApply("not signed with ECDSA")
    return None if algorithm.parameters is None else unexpected(f"{WHERE} parameters", "absent", algorithm.parameters)


@check("DPC-CERT-SIGALG-06")
def hash_suits_the_curve(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A CA with a P-256 key signs with SHA-256, one with a P-384 key with SHA-384."""
    if certificate.inner_algorithm.oid not in ECDSA:
        return DoesNotApply("not signed with ECDSA")
    if context.issuer_view is None:
        return CannotTell("the issuing CA's certificate was not given")
    expected = HASH_FOR_CURVE.get(context.issuer_view.public_key.curve)
    if expected is None:
        return DoesNotApply("the issuing CA's key is not on P-256 or P-384")
    actual = certificate.inner_algorithm.oid
    return None if actual == expected else unexpected(WHERE, expected, actual)
