"""Mail that the derived signature credential signed, as programs of others and we see it (RFC 8551 §3.5)."""

import hashlib
from collections.abc import Sequence

from dpc_conformance.checks.finding import Finding, missing, unexpected, warning
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.mail import SignedMailJudged
from dpc_conformance.evidence.records import CertificateInstalled
from dpc_conformance.formats import ber, smime
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.indefinite import definite
from dpc_conformance.formats.signed_data import SignedData, SignerInfo
from dpc_conformance.formats.smime import DIGESTS, NotSMime, SignedMail

MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
HASHES = {oid: name.replace("-", "") for name, oid in DIGESTS.items()}
"""hashlib's name of each digest."""
PROGRAMS = 2
MAIL, SIGNATURE = "the signed mail", "the signature of the mail"


@flow_check("DPC-SIG-KU-01")
def programs_of_others_verify_signed_mail(facts: ScenarioFacts) -> Finding | None:
    """A mail signed with the derived signature key is S/MIME, and two programs made by others verify it."""
    judged = facts.of(SignedMailJudged)
    if len({record.program for record in judged}) < PROGRAMS:
        return missing(MAIL, f"the judgement of {PROGRAMS} programs", len(judged))
    for record in judged:
        if not record.accepted:
            return unexpected(record.program, "a mail that it accepts", f"{record.reason}: {record.words[-200:]}")
    own = [each.der for each in facts.of(CertificateInstalled) if each.usage == "signature"]
    findings = (departure(message, own) for message in dict.fromkeys(record.message for record in judged))
    return next((finding for finding in findings if finding), None)


def departure(message: bytes, own: Sequence[bytes]) -> Finding | None:
    """How a signed mail departs from RFC 8551, or was signed by none of `own` (DER); None when it does not."""
    try:
        mail = SignedMail.from_bytes(message)
        signed = SignedData.from_bytes(definite(mail.signature))
    except (NotSMime, Malformed) as error:
        return unexpected(MAIL, "multipart/signed with a CMS SignedData", error)
    if set(mail.content.replace(smime.LINE_END, b"")) & set(smime.LINE_END):
        return unexpected(MAIL, "lines that end with CRLF", "other line ends")
    if signed.content is not None or len(signed.signers) != 1:
        return unexpected(SIGNATURE, "one signer, beside the content", f"{len(signed.signers)} signers")
    signer = signed.signers[0]
    return _signer(signer, own) or _digest(mail, signer) or _parameters(mail, signer)


def _signer(signer: SignerInfo, own: Sequence[bytes]) -> Finding | None:
    """A signer named by key identifier is left to the programs, which found the key."""
    named = [(read.issuer.der, read.serial) for read in map(read_certificate, own)]
    if signer.issuer and (signer.issuer, signer.serial) not in named:
        return unexpected(SIGNATURE, "the derived signature certificate as its signer", f"serial {signer.serial:x}")
    return None


def _digest(mail: SignedMail, signer: SignerInfo) -> Finding | None:
    if signer.digest_algorithm not in HASHES:
        return unexpected(SIGNATURE, f"one of {', '.join(DIGESTS)}", signer.digest_algorithm)
    digest = hashlib.new(HASHES[signer.digest_algorithm], mail.content).digest()
    if signer.attributes and signer.attributes.get(MESSAGE_DIGEST) != (ber.write(b"\x04", digest),):
        return unexpected(SIGNATURE, "the digest of the content as it was delivered", "another")
    return None


def _parameters(mail: SignedMail, signer: SignerInfo) -> Finding | None:
    """What readers live with, though RFC 8551 §3.5.3 says otherwise."""
    for where, found in {"protocol": mail.protocol, "second part": mail.signature_type}.items():
        if found != smime.SIGNATURE:
            return warning(f"{MAIL}, {where}", smime.SIGNATURE, found or "nothing")
    if DIGESTS.get(mail.micalg) != signer.digest_algorithm:
        return warning(f"{MAIL}, micalg", f"the digest {signer.digest_algorithm}", mail.micalg or "nothing")
    return None
