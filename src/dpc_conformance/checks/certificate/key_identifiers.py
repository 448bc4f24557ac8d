"""Subject and authority key identifiers (RFC 5280 4.2.1.1 and 4.2.1.2, RFC 7093)."""

import hashlib
from collections.abc import Iterator
from itertools import islice

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected, warning
from dpc_conformance.checks.profiles.versions import version_of
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.public_key import PublicKey


def identifiers(key: PublicKey) -> Iterator[bytes]:
    """The key identifiers that the documented methods give for a key; the commonest first."""
    digest = hashlib.sha1(key.bits, usedforsecurity=False).digest()
    yield digest
    yield bytes((0x40 | digest[12] & 0x0F,)) + digest[13:]
    for algorithm in (hashlib.sha256, hashlib.sha384, hashlib.sha512):
        whole = algorithm(key.bits).digest()
        yield whole[:20]
        yield whole
        yield algorithm(key.der).digest()


@check("DPC-CERT-SKI-01")
def subject_identifier_is_a_hash(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The subject key identifier is present, not critical, and a hash of the public key (SHA-1 before profile 2.0)."""
    extension = certificate.by_oid.get(oids.SUBJECT_KEY_IDENTIFIER)
    found = certificate.subject_key_identifier
    if extension is None or found is None:
        return missing(
            "subjectKeyIdentifier", "a hash of the public key", extension.unreadable if extension else "nothing"
        )
    if extension.critical:
        return unexpected("subjectKeyIdentifier", "not critical", "critical")
    known = identifiers(certificate.public_key)
    if version_of(certificate, context).sha1_key_identifiers:
        return (
            None if found in islice(known, 2) else warning("subjectKeyIdentifier", "a SHA-1 of the public key", found)
        )
    if any(found == one for one in known):
        return None
    return warning("subjectKeyIdentifier", "a hash of the public key by RFC 5280 or RFC 7093", found)


@check("DPC-CERT-AKI-01")
def authority_identifier_is_that_of_the_issuer(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The authority key identifier is the subject key identifier of the issuing CA."""
    found = certificate.authority_key_identifier
    if found is None or found.key_identifier is None:
        return missing("authorityKeyIdentifier", "keyIdentifier")
    if context.issuer_view is None:
        return CannotTell("the issuing CA's certificate was not given")
    expected = context.issuer_view.subject_key_identifier
    if expected is None:
        return CannotTell("the issuing CA's certificate has no subject key identifier")
    return (
        None
        if found.key_identifier == expected
        else unexpected("authorityKeyIdentifier", expected, found.key_identifier)
    )


@check("DPC-CERT-AKI-02")
def authority_identifier_is_only_a_key_identifier(certificate: CertificateView) -> Answer:
    """The authority key identifier names no issuer and serial number, and is not critical."""
    extension = certificate.by_oid.get(oids.AUTHORITY_KEY_IDENTIFIER)
    found = certificate.authority_key_identifier
    if extension is None or found is None:
        return DoesNotApply("there is no readable authority key identifier, which its own rule reports")
    if found.has_issuer or found.has_serial:
        return unexpected(
            "authorityKeyIdentifier", "keyIdentifier only", "authorityCertIssuer or authorityCertSerialNumber"
        )
    return unexpected("authorityKeyIdentifier", "not critical", "critical") if extension.critical else None
