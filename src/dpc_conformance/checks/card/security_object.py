"""The Security Object of a PIV Card (SP 800-73-5 part 1 §3.1.7)."""

from typing import Final

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.parts import (
    as_of_its_days,
    chuid_signer,
    first,
    is_hidden,
    is_on_card,
    refused,
    unreadable,
)
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, Finding, missing, unexpected, warning
from dpc_conformance.checks.registry import card_check
from dpc_conformance.checks.signed_objects.algorithms import hash_fits_the_key
from dpc_conformance.checks.signed_objects.cms import certificate_of, signature_holds
from dpc_conformance.checks.signed_objects.security_object import (
    HashInput,
    ReadSecurityObject,
    hash_input,
    read_from,
    structure,
)
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.containers import Container

WHERE: Final = "Security Object"
UNSIGNED: Final = (
    containers.PRINTED_INFORMATION,
    containers.DISCOVERY,
    containers.KEY_HISTORY,
    containers.BIT_GROUP_TEMPLATE,
    containers.PAIRING_CODE,
    containers.CCC,
)
NAMED_IN_THE_TEXT: Final = containers.PRINTED_INFORMATION
SIGNED: Final = (containers.CHUID, containers.FINGERPRINTS, containers.FACIAL_IMAGE, containers.IRIS)


@card_check("PIV-SRC-SO-01")
def security_object_is_signed(reading: CardReading, context: CardContext) -> Answer:
    """The Security Object is there, without a certificate, signed with the key that signed the CHUID."""
    if not is_on_card(reading, containers.SECURITY_OBJECT):
        return refused(reading, containers.SECURITY_OBJECT)
    try:
        read = read_from(reading)
    except Malformed as problem:
        return unreadable(WHERE, problem)
    if read is None:
        return refused(reading, containers.SECURITY_OBJECT)
    wrong = structure(read)
    if wrong:
        return wrong
    if read.message.certificates:
        return unexpected(f"{WHERE} certificates", "none", len(read.message.certificates))
    if len(read.message.signers) != 1:
        return unexpected(f"{WHERE} signerInfos", "one", len(read.message.signers))
    signer = read.message.signers[0]
    certificate = certificate_of(signer, (chuid_signer(reading, context).der,))
    if certificate is None:
        return unexpected(f"{WHERE} signer", "that of the CHUID", f"serial {signer.serial:X} of another name")
    answer = signature_holds(read.message, signer, certificate)
    if isinstance(answer, Finding):
        return unexpected(f"{WHERE} {answer.where}", answer.expected, answer.actual)
    fits = hash_fits_the_key(WHERE, signer, certificate.public_key)
    return first(answer, as_of_its_days(fits, reading) if fits else None)


@card_check("PIV-SRC-SO-02")
def hashes_match(reading: CardReading) -> Answer:
    """Every unsigned object on the card is listed in the Security Object, and every hash in it is right."""
    read = read_from(reading)
    if read is None:
        return CannotTell("the card has no Security Object")
    listed = [known for each in read.security.mapping.values() if (known := containers.by_id(each))]
    compared = [_compared(reading, read, each) for each in listed]
    others = [each for each in UNSIGNED if each not in listed and is_on_card(reading, each)]
    return first(*compared, *(_unlisted(reading, each) for each in others))


def _compared(reading: CardReading, read: ReadSecurityObject, container: Container) -> Finding | CannotTell | None:
    answer = reading.answer(container)
    if answer is None or is_hidden(reading, container):
        return CannotTell(f"{container.name} is behind the PIN")
    if answer.status != status_words.SUCCESS:
        return warning(f"{WHERE}, {container.name}", "an object that is on the card", f"{answer.status:04X}")
    for group in read.groups_of(container.container_id):
        try:
            form = hash_input(read.hashes, group, answer.data)
        except Malformed as problem:
            return unexpected(f"{WHERE}, hash of {container.name}", "that of the object on the card", problem)
        if isinstance(form, CannotTell):
            return form
        if form is None:
            return unexpected(f"{WHERE}, hash of {container.name}", "that of the object on the card", "another")
        if form is HashInput.WHOLE and not container.own_tag:
            return warning(f"{WHERE}, hash of {container.name}", "of what stands in 53", "of 53 itself too")
    return None


def _unlisted(reading: CardReading, container: Container) -> Finding | CannotTell:
    """The text says "such as Printed Information": whether it means others too, issuers do not agree on."""
    if is_hidden(reading, container):
        return CannotTell(f"{container.name} is behind the PIN, if there is one")
    say = missing if container == NAMED_IN_THE_TEXT else warning
    return say(f"{WHERE}, {container.name}", "a hash of it", "none")


@card_check("PIV-SRC-SO-03")
def signed_objects_are_covered(reading: CardReading) -> Answer:
    """CHUID and biometrics are listed in the Security Object too, so that nobody combines those of two cards."""
    read = read_from(reading)
    if read is None:
        return CannotTell("the card has no Security Object")
    listed = set(read.security.mapping.values())
    present = [each for each in SIGNED if is_on_card(reading, each)]
    if not present:
        return DoesNotApply("the card has neither CHUID nor biometrics")
    unlisted = [each for each in present if each.container_id not in listed]
    seen = [each.name for each in unlisted if not is_hidden(reading, each)]
    if seen:
        return missing(WHERE, "hashes of CHUID and biometrics", f"none of {', '.join(seen)}")
    return CannotTell(f"{unlisted[0].name}: behind the PIN, if there is one") if unlisted else None
