"""The signature of the CHUID and who made it (SP 800-73-5 part 1 §3.1.2.1, FIPS 201-3 §4.2.1)."""

from typing import Final

from dpc_conformance.checks.card.certificates import is_current
from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.parts import (
    as_of_its_days,
    before_fips_201_2,
    certificate_of_key,
    chuid_of,
    chuid_signer,
    first,
    told,
    unreadable,
)
from dpc_conformance.checks.card.trust import validates
from dpc_conformance.checks.certificate.other_policies import content_signing_policy
from dpc_conformance.checks.certificate.usages import has_only_purpose
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, Finding, missing, unexpected
from dpc_conformance.checks.registry import card_check
from dpc_conformance.checks.signed_objects.algorithms import HASHES, hash_fits_the_key
from dpc_conformance.checks.signed_objects.cms import certificate_of, signature_holds
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import containers, oids
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.names import read_name
from dpc_conformance.formats.signed_data import SignedData

WHERE: Final = "CHUID signature"
VERSION: Final = 3
ELEMENTS: Final = frozenset({bytes([tag]) for tag in range(0x30, 0x37)})


@card_check("PIV-SRC-CHUID-05")
def chuid_is_signed(reading: CardReading) -> Answer:
    """The CHUID is signed over all it holds: SignedData version 3 with one signer, its certificate and its name.

    Hash and key are those of SP 800-78-5.
    """
    found = chuid_of(reading)
    try:
        message = SignedData.from_bytes(found.signature)
    except Malformed as problem:
        return unreadable(WHERE, problem)
    wrong = _form(message)
    if wrong:
        return wrong
    signer = message.signers[0]
    # Whoever reads the CHUID verifies it with that certificate, so that one known from elsewhere is no help.
    certificate = certificate_of(signer, message.certificates)
    if certificate is None:
        return missing(WHERE, "the certificate that the signer names", "another")
    named = [_name(each) for each in signer.attributes.get(oids.PIV_SIGNER_DN, ())]
    if named != [str(certificate.subject)]:
        return unexpected(f"{WHERE} pivSigner-DN", f"the signer's name, {certificate.subject}", named)
    answers = [signature_holds(message, signer, certificate, covered) for covered in _forms_of(found)]
    fits = _listed_hashes(message) or hash_fits_the_key(WHERE, signer, certificate.public_key)
    return first(
        None if None in answers else _placed(answers[0]),
        as_of_its_days(fits, reading) if fits else None,
    )


def _form(message: SignedData) -> Finding | None:
    if message.version != VERSION:
        return unexpected(f"{WHERE} version", VERSION, message.version)
    if message.content_type != oids.PIV_CHUID_SECURITY_OBJECT:
        return unexpected(f"{WHERE} eContentType", oids.PIV_CHUID_SECURITY_OBJECT, message.content_type)
    if message.content is not None:
        return unexpected(f"{WHERE} eContent", "nothing", "signed content")
    if len(message.certificates) != 1 or message.has_crls:
        found = f"{len(message.certificates)} certificates{' and CRLs' if message.has_crls else ''}"
        return unexpected(WHERE, "one certificate and no CRLs", found)
    if len(message.signers) != 1 or not message.signers[0].issuer:
        return unexpected(f"{WHERE} signerInfos", "one, named by issuer and serial number", len(message.signers))
    return None


def _listed_hashes(message: SignedData) -> Finding | None:
    strange = set(message.digest_algorithms) - HASHES
    return unexpected(f"{WHERE} digestAlgorithms", HASHES, strange) if strange else None


def _name(der: bytes) -> str:
    """As text: one name may be written in several string types."""
    try:
        return str(read_name(der))
    except DerError:
        return "no name"


def _forms_of(found: Chuid) -> tuple[bytes, ...]:
    """All but the signature, and for the few signers that leave out the end also the elements 30 to 36 alone."""
    elements = b"".join(bytes(element) for element in found.elements if element.tag in ELEMENTS)
    return found.signed_content(), elements


def _placed(answer: Finding | CannotTell | None) -> Finding | CannotTell | None:
    if not isinstance(answer, Finding):
        return answer
    return unexpected(f"{WHERE} {answer.where}", answer.expected, answer.actual)


@card_check("PIV-SRC-CHUID-06")
def chuid_signer_may_sign_content(reading: CardReading, context: CardContext) -> Answer:
    """The signer's certificate is for PIV content signing, validates, and outlives the Card Authentication one."""
    signer = chuid_signer(reading, context)
    card = containers.CARD_AUTHENTICATION_KEY
    return first(
        may_sign_content(signer, reading, context),
        told(lambda: _outlives(signer, certificate_of_key(reading, card))),
        is_current(signer, context),
    )


def may_sign_content(
    signer: CertificateView, reading: CardReading, context: CardContext
) -> Finding | CannotTell | None:
    """Whether the certificate is for PIV content signing and leads to an anchor; for an old card, as of its days."""
    policy = content_signing_policy(CertificateContext(moment=context.moment, test_pki=context.test_pki))
    hardware = oids.TEST_HARDWARE if context.test_pki else oids.COMMON_HARDWARE
    missed = None if policy in signer.policy_oids else missing("content signer's policies", policy, signer.policy_oids)
    # The policy of content signing is younger than FIPS 201-1; until then hardware keys of any purpose had this one.
    old = missed is not None and hardware in signer.policy_oids and before_fips_201_2(reading)
    if missed and not old:
        return missed
    return first(
        as_of_its_days(missed, reading) if missed else None,
        has_only_purpose(signer, oids.PIV_CONTENT_SIGNING),
        validates(signer, context, frozenset({hardware if old else policy})),
    )


def _outlives(signer: CertificateView, certificate: CertificateView) -> Finding | None:
    end, last = signer.not_after.moment, certificate.not_after.moment
    if end is None or last is None or end >= last:
        return None
    return unexpected("content signer's notAfter", f"{last} or later, when the Card Authentication one ends", end)
