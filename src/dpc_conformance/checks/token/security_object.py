"""The Security Object of the derived application (SP 800-157r1 App. B.1.2, SP 800-73-5 part 1 §3.1.7)."""

from collections.abc import Callable
from typing import Final

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.certificate.other_policies import content_signing_policy
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected
from dpc_conformance.checks.registry import token_check
from dpc_conformance.checks.signed_objects import algorithms
from dpc_conformance.checks.signed_objects.cms import certificate_of, signature_holds, signer_is_entitled
from dpc_conformance.checks.signed_objects.context import SignedObject
from dpc_conformance.checks.signed_objects.security_object import (
    HashInput,
    ReadSecurityObject,
    hash_input,
    read_from,
    structure,
)
from dpc_conformance.checks.token.presence import CERTIFICATES, is_there, worst
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import containers, oids
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.containers import Container
from dpc_conformance.formats.signed_data import SignerInfo

NAME: Final = "Security Object"
UNSIGNED: Final = (containers.DISCOVERY, containers.KEY_HISTORY, containers.PAIRING_CODE)
"""The objects of the derived application that carry no signature of their own."""
EITHER_FORM: Final = frozenset({containers.DISCOVERY, containers.PAIRING_CODE})
"""Objects of which both forms are hashed in practice. GSA's real cards hash what stands inside 7E, GSA's own tool the
whole Discovery Object; of the pairing code that tool hashes the whole answer, unlike of all other 53-objects."""
ABSENT: Final = DoesNotApply("the token has no Security Object")


def _readable(reading: CardReading) -> ReadSecurityObject | CannotTell | DoesNotApply:
    there = is_there(reading, containers.SECURITY_OBJECT)
    if isinstance(there, CannotTell):
        return there
    try:
        return (read_from(reading) if there else None) or ABSENT
    except Malformed as problem:
        return CannotTell(f"the {NAME} cannot be read, which the rule on its structure reports: {problem}")


def _on_signers(
    read: ReadSecurityObject | CannotTell | DoesNotApply, rule: Callable[[ReadSecurityObject, SignerInfo], Answer]
) -> Answer:
    if not isinstance(read, ReadSecurityObject):
        return read
    signers = read.message.signers
    return worst([rule(read, each) for each in signers]) if signers else missing(f"{NAME} BB", "a signer")


@token_check("DPC-APP-SO-01")
def unsigned_objects_have_a_security_object(reading: CardReading) -> Answer:
    """A token with Discovery, Key History or pairing code has a Security Object."""
    there = {container.name: is_there(reading, container) for container in UNSIGNED}
    unsigned = [name for name, found in there.items() if found is True]
    vouched = is_there(reading, containers.SECURITY_OBJECT)
    if vouched is True:
        return None if unsigned else DoesNotApply("the token has no object that needs one")
    if isinstance(vouched, CannotTell):
        return vouched
    if unsigned:
        return missing("5FC106", f"a {NAME}, since there is {', '.join(unsigned)}", "none")
    unknown = [found for found in there.values() if isinstance(found, CannotTell)]
    return unknown[0] if unknown else DoesNotApply("the token has no object that needs one")


@token_check("DPC-APP-SO-02")
def maps_data_groups_to_hashes(reading: CardReading) -> Answer:
    """The Security Object is BA, BB and FE, and the data groups of BA are those that BB has hashes for."""
    there = is_there(reading, containers.SECURITY_OBJECT)
    if isinstance(there, CannotTell):
        return there
    try:
        read = read_from(reading) if there else None
    except Malformed as problem:
        return unexpected(NAME, "BA with entries of three bytes, BB with signed hashes, FE", str(problem))
    return structure(read) if read else ABSENT


@token_check("DPC-APP-SO-03")
def carries_the_signers_certificate(reading: CardReading, context: CardContext) -> Answer:
    """Field BB includes the signer's certificate, one for content signing."""

    def rule(read: ReadSecurityObject, signer: SignerInfo) -> Answer:
        certificate = certificate_of(signer, read.message.certificates)
        if certificate is None:
            held = f"{len(read.message.certificates)} other certificates" if read.message.certificates else "none"
            return missing(f"{NAME} BB certificates", "that of the signer", held)
        policy = content_signing_policy(CertificateContext(context.moment, test_pki=context.test_pki))
        if policy not in certificate.policy_oids:
            return missing(f"{NAME}, signer's policies", policy, certificate.policy_oids)
        purposes = certificate.extended_key_usage
        if oids.PIV_CONTENT_SIGNING in purposes:
            return None
        return missing(f"{NAME}, signer's purposes", oids.PIV_CONTENT_SIGNING, purposes)

    return _on_signers(_readable(reading), rule)


def _hashed(reading: CardReading, read: ReadSecurityObject, container: Container) -> HashInput | Answer:
    """The form in which an object was hashed; an answer where there is none to compare."""
    there = is_there(reading, container)
    if there is not True:
        return there or DoesNotApply(f"the token has no {container.name}")
    groups = [each for each in read.groups_of(container.container_id) if each in read.hashes.values]
    if not groups:
        return missing(f"{NAME} BA and BB", f"a hash of {container.name} ({container.container_id:04X})")
    answer = reading.answer(container)
    try:
        forms = [hash_input(read.hashes, group, answer.data if answer else b"") for group in groups]
    except Malformed as problem:
        return CannotTell(f"{container.name} cannot be read: {problem}")
    if None in forms:
        return unexpected(f"{NAME}, hash of {container.name}", "that of the object on the token", "another")
    return next((form for form in forms if form is not HashInput.INSIDE), HashInput.INSIDE)


@token_check("DPC-APP-SO-04")
def covers_every_unsigned_object(reading: CardReading) -> Answer:
    """Discovery, Key History and pairing code are listed where they are there, with the hash of what they hold.

    Any form of the object that is hashed in practice will do here.
    """
    read = _readable(reading)
    if not isinstance(read, ReadSecurityObject):
        return read
    found = [_hashed(reading, read, container) for container in UNSIGNED]
    answers: list[Answer] = [None if isinstance(each, HashInput) else each for each in found]
    return worst(answers)


@token_check("DPC-APP-SO-05")
def is_signed_by_a_content_signer(reading: CardReading, context: CardContext) -> Answer:
    """The signature verifies with SHA-256 or SHA-384, and its certificate is a valid one for content signing."""
    held = [_certificate_or_none(reading, container) for container in CERTIFICATES]
    covered = tuple(each for each in held if each is not None)

    def rule(read: ReadSecurityObject, signer: SignerInfo) -> Answer:
        certificate = certificate_of(signer, (*read.message.certificates, *context.signers))
        if certificate is None:
            return CannotTell("the signer's certificate is not there")
        return signature_holds(read.message, signer, certificate) or signer_is_entitled(
            signer, certificate, context, covered
        )

    return _on_signers(_readable(reading), rule)


def _certificate_or_none(reading: CardReading, container: Container) -> bytes | None:
    key = next(key for key, each in containers.CERTIFICATE_OF_KEY.items() if each == container)
    try:
        return reading.certificate(key)
    except Malformed:
        return None


@token_check("DPC-APP-SO-06")
def hashes_the_content_of_objects(reading: CardReading) -> Answer:
    """Of a 53-object what stands inside 53 is hashed; of Discovery the inside of 7E or the whole is accepted."""
    read = _readable(reading)
    if not isinstance(read, ReadSecurityObject):
        return read

    def rule(container: Container) -> Answer:
        form = _hashed(reading, read, container)
        if not isinstance(form, HashInput):
            applies = not isinstance(form, DoesNotApply)
            return CannotTell(f"no hash of {container.name} that fits, which another rule reports") if applies else form
        if form is HashInput.INSIDE or container in EITHER_FORM:
            return None
        return unexpected(f"{NAME}, hash of {container.name}", HashInput.INSIDE.value, form.value)

    return worst([rule(container) for container in UNSIGNED])


def _signed_object(read: ReadSecurityObject) -> SignedObject:
    return SignedObject(NAME, read.message, read.hashes)


@token_check("DPC-CRY-SO-01")
def hashes_are_those_of_the_signature(reading: CardReading) -> Answer:
    """The Security Object hashes containers with the hash of its signature, SHA-256 or SHA-384."""
    read = _readable(reading)
    if not isinstance(read, ReadSecurityObject):
        return read
    return algorithms.hashes_are_those_of_the_signature(_signed_object(read))


@token_check("DPC-CRY-SIG-02")
def rsa_signatures_are_named_rsa_encryption(reading: CardReading) -> Answer:
    """A PKCS#1 v1.5 signature of the Security Object is named rsaEncryption with NULL parameters."""
    read = _readable(reading)
    if not isinstance(read, ReadSecurityObject):
        return read
    return algorithms.rsa_signatures_are_named_rsa_encryption(_signed_object(read))


@token_check("DPC-CRY-SIG-01")
def key_and_hash_fit(reading: CardReading, context: CardContext) -> Answer:
    """Key and hash of the Security Object's signature stand in one row of SP 800-78-5 table 2."""

    def rule(read: ReadSecurityObject, signer: SignerInfo) -> Answer:
        certificate = certificate_of(signer, (*read.message.certificates, *context.signers))
        if certificate is None:
            return CannotTell("the signer's certificate is not there")
        return algorithms.hash_fits_the_key(NAME, signer, certificate.public_key)

    return _on_signers(_readable(reading), rule)
