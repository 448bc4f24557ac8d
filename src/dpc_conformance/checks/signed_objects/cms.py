"""The signature of a signed object, and whether its signer may sign content (RFC 5652 §5, FIPS 201-3 §4.2.1)."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.trust import forged
from dpc_conformance.checks.context import view_or_none
from dpc_conformance.checks.finding import CannotTell, Finding, unexpected
from dpc_conformance.checks.profiles.content_signing import CONTENT_SIGNING
from dpc_conformance.checks.registry import Evidence, check_for
from dpc_conformance.checks.signature import HASH_NAMES, verifies
from dpc_conformance.formats import der, oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.der_values import moment, oid_of
from dpc_conformance.formats.public_key import AlgorithmIdentifier
from dpc_conformance.formats.signed_data import SignedData, SignerInfo

DATA: Final = "1.2.840.113549.1.7.1"
CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
SIGNING_TIME: Final = "1.2.840.113549.1.9.5"
VERSIONS: Final = (1, 3, 4, 5)
"""The versions that a SignedData may have (RFC 5652 §5.1)."""
NAMED_BY_ISSUER, NAMED_BY_KEY = 1, 3
"""The version of a SignerInfo (RFC 5652 §5.3)."""
_RSA_WITH: Final = {
    oids.SHA1: oids.RSA_WITH_SHA1,
    oids.SHA256: oids.RSA_WITH_SHA256,
    oids.SHA384: oids.RSA_WITH_SHA384,
    oids.SHA512: oids.RSA_WITH_SHA512,
}
SIGNER_RULES: Final = tuple(one for one in CONTENT_SIGNING.requirements if one.startswith("DPC-CS-"))
"""What worksheet 5 says of content signing certificates alone."""


def certificate_of(signer: SignerInfo, among: Iterable[bytes]) -> CertificateView | None:
    """The certificate that the signer names, from DER; None when it is not there or cannot be read."""
    views = [view for view in map(view_or_none, dict.fromkeys(among)) if view is not None]
    if not signer.issuer:
        named = signer.key_identifier
        return next((view for view in views if named and view.subject_key_identifier == named), None)
    return next((view for view in views if (view.issuer.der, view.serial) == (signer.issuer, signer.serial)), None)


def signature_holds(
    message: SignedData, signer: SignerInfo, certificate: CertificateView, content: bytes | None = None
) -> Finding | CannotTell | None:
    """Whether versions, content type and message digest are right, and the signature is that of the certificate.

    `content` is what a detached signature covers; without it, what the message carries.
    """
    covered = message.content if content is None else content
    if covered is None:
        return CannotTell("what the signature covers was not given")
    if message.version not in VERSIONS:
        return unexpected("SignedData version", VERSIONS, message.version)
    version = NAMED_BY_ISSUER if signer.issuer else NAMED_BY_KEY
    if signer.version != version:
        return unexpected("SignerInfo version", version, signer.version)
    signed = covered
    if signer.attributes:
        answer = _attributes_hold(message, signer, covered)
        if answer is not None:
            return answer
        signed = signer.signed_attributes
    elif message.content_type != DATA:
        return unexpected("signedAttrs", "content type and message digest", "none")
    algorithm = _algorithm(signer)
    verified = verifies(certificate.public_key, algorithm, signed, signer.signature, 0)
    if isinstance(verified, CannotTell):
        return verified
    return None if verified else unexpected("signature", "one that the signer's key verifies", "one that it does not")


def _attributes_hold(message: SignedData, signer: SignerInfo, covered: bytes) -> Finding | CannotTell | None:
    name = HASH_NAMES.get(signer.digest_algorithm)
    if name is None:
        return CannotTell(f"digest algorithm {signer.digest_algorithm} is not computed here")
    kind = signer.attributes.get(CONTENT_TYPE, ())
    if len(kind) != 1 or _named(kind[0]) != message.content_type:
        return unexpected("contentType", message.content_type, kind)
    digest = hashlib.new(name, covered, usedforsecurity=False).digest()
    expected = bytes([der.OCTET_STRING, len(digest)]) + digest
    found = signer.attributes.get(MESSAGE_DIGEST, ())
    return None if found == (expected,) else unexpected("messageDigest", expected, found)


def _named(value: bytes) -> str:
    try:
        return oid_of(value, der.read(value, 0, len(value), []), "a content type")
    except der.DerError:
        return ""


def _algorithm(signer: SignerInfo) -> AlgorithmIdentifier:
    """SignerInfo names rsaEncryption, and the hash with the digest algorithm (SP 800-78-5 §3.2.1)."""
    named = signer.signature_algorithm
    if named == oids.RSA_ENCRYPTION:
        named = _RSA_WITH.get(signer.digest_algorithm, named)
    return AlgorithmIdentifier(b"", named, signer.signature_parameters, ())


def signing_time(signer: SignerInfo) -> datetime | None:
    """When the signer says that it signed; None when it does not, or in a form that cannot be read."""
    values = signer.attributes.get(SIGNING_TIME, ())
    if len(values) != 1:
        return None
    try:
        found = der.read(values[0], 0, len(values[0]), [])
    except der.DerError:
        return None
    return moment(found.tag, values[0][found.start : found.stop])


def signer_is_entitled(
    signer: SignerInfo, certificate: CertificateView, context: CardContext, covered: tuple[bytes, ...] = ()
) -> Finding | CannotTell | None:
    """Whether the signer's certificate meets the rules on content signing certificates and validates at the moment.

    `covered` are the certificates on the same card or token. The first rule that finds fault is named in the finding.
    """
    told = replace(context.of_certificate(covered), signed_at=signing_time(signer))
    unclear: CannotTell | None = None
    for requirement in SIGNER_RULES:
        answer = check_for(requirement, Evidence.CERTIFICATE).judge(certificate, told)
        if isinstance(answer, Finding):
            where = f"signer's certificate, {answer.where} ({requirement})"
            return unexpected(where, answer.expected, answer.actual)
        if isinstance(answer, CannotTell):
            unclear = unclear or CannotTell(f"{requirement}: {answer.reason}")
    # The path alone says nothing where a status is missing, or where its library cannot read what was altered.
    return forged(certificate, context) or unclear
