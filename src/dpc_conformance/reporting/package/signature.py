"""Looks at the signature of a package: does it hold, who made it, and does that certificate lead to a trusted root?"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from dpc_conformance.checks.finding import CannotTell
from dpc_conformance.checks.signed_objects.cms import certificate_of, signature_holds
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.signed_data import SignedData, SignerInfo
from dpc_conformance.reporting.package.manifest import SIGNATURE
from dpc_conformance.reporting.records.certificate_summary import summarise

SIGNING_TIME = "1.2.840.113549.1.9.5"
FOR_SIGNATURES = frozenset({0, 1})
"""Bits of the key usage: digitalSignature, nonRepudiation."""


@dataclass
class SignatureSeen:
    """What was seen of a signature: `problems` are sentences, `said` is what a reader should know of a good one."""

    problems: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def look_at_signature(
    manifest: bytes, signature: bytes | None, roots: Sequence[bytes], moment: datetime
) -> SignatureSeen:
    """Whether the signature (DER) over the manifest holds at that moment.

    `roots` are certificates (DER) that are trusted, with CA certificates that lead to them; without any, whose
    certificate it is stays open.
    """
    seen = SignatureSeen()
    if signature is None:
        missing = f"the package has no {SIGNATURE}, so nobody vouches for it"
        (seen.problems if roots else seen.said).append(missing)
        return seen
    try:
        message = SignedData.from_bytes(signature)
    except Malformed as problem:
        seen.problems.append(f"{SIGNATURE} is no CMS SignedData: {problem}")
        return seen
    if len(message.signers) != 1 or message.content is not None:
        seen.problems.append(f"{SIGNATURE} is not one detached signature")
        return seen
    signer = message.signers[0]
    certificate = certificate_of(signer, message.certificates)
    if certificate is None:
        seen.problems.append(f"{SIGNATURE} does not carry the certificate of its signer")
        return seen
    answer = signature_holds(message, signer, certificate, manifest)
    if answer is not None:
        why = answer.reason if isinstance(answer, CannotTell) else "it is not the signer's over this manifest"
        seen.problems.append(f"the signature does not hold: {why}")
        return seen
    seen.said += _who(certificate, signer)
    _trust(certificate, [*message.certificates], roots, moment, seen)
    return seen


def _who(certificate: CertificateView, signer: SignerInfo) -> list[str]:
    read = summarise(certificate.der)
    subject = (read.subject or "a certificate without a subject") if read else "a certificate that cannot be read"
    made = _signing_time(signer)
    when = f" on {made:%Y-%m-%d %H:%M} UTC by the signer\u2019s own clock" if made else ""
    issuer = f", issued by {read.issuer}" if read else ""
    return [
        f"signed by {subject}{issuer}{when}",
        f"SHA-256 of the signer\u2019s certificate: {sha256(certificate.der).hexdigest()}",
    ]


def _trust(
    certificate: CertificateView, carried: list[bytes], roots: Sequence[bytes], moment: datetime, seen: SignatureSeen
) -> None:
    usage = certificate.key_usage
    if usage is not None and not usage & FOR_SIGNATURES:
        seen.problems.append("the signer\u2019s certificate is not for signatures: its key usage says something else")
    if not roots:
        seen.said.append("whose certificate that is was not looked at: --trust names the roots that you trust")
        return
    why = _why_not_trusted(certificate.der, carried, roots, moment)
    if why:
        seen.problems.append(f"the signer\u2019s certificate is not trusted on {moment:%Y-%m-%d}: {why}")
    else:
        seen.said.append(f"the signer\u2019s certificate leads to a trusted root on {moment:%Y-%m-%d}")


def _why_not_trusted(certificate: bytes, carried: list[bytes], roots: Sequence[bytes], moment: datetime) -> str:
    """Empty when the path is valid. Nothing is fetched: a revocation is only known from what lies before us."""
    from asn1crypto import x509
    from pyhanko_certvalidator import CertificateValidator, ValidationContext, errors

    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    loaded = [x509.Certificate.load(root) for root in roots]
    anchors = [each for each in loaded if each.self_signed in ("yes", "maybe")]
    others = [each for each in loaded if each not in anchors]
    if not anchors:
        return "none of the certificates that --trust names is a root"
    try:
        validator = CertificateValidator(
            x509.Certificate.load(certificate),
            intermediate_certs=[*others, *(x509.Certificate.load(each) for each in carried)],
            validation_context=ValidationContext(
                trust_roots=anchors, moment=moment, revocation_mode="soft-fail", time_tolerance=timedelta(0)
            ),
        )
        asyncio.run(validator.async_validate_path())
    except (errors.PathError, errors.ValidationError, ValueError, TypeError) as problem:
        return str(problem).splitlines()[0]
    return ""


def _signing_time(signer: SignerInfo) -> datetime | None:
    from asn1crypto import core

    values = signer.attributes.get(SIGNING_TIME, ())
    if len(values) != 1:
        return None
    kind = core.UTCTime if values[0][:1] == b"\x17" else core.GeneralizedTime
    try:
        native = kind.load(values[0]).native
    except ValueError:
        return None
    return native.astimezone(UTC) if isinstance(native, datetime) else None
