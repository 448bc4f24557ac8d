"""Rules on all data objects: which may be there, whole and in order (SP 800-157r1 App. B.1.2, SP 800-73-5 part 1)."""

from collections.abc import Callable
from typing import Final

from dpc_conformance.checks.finding import Answer, CannotTell, missing, unexpected, warning
from dpc_conformance.checks.registry import token_check
from dpc_conformance.checks.token.presence import CERTIFICATES, OPTIONAL, is_there, worst
from dpc_conformance.evidence.card_reading import CardReading, ObjectAnswer
from dpc_conformance.formats import ber, containers, status_words
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.containers import Container

CERTIFICATE_ORDER: Final = ("70", "71", "72", "FE")
ORDERS: Final[dict[Container, tuple[str, ...]]] = {
    **dict.fromkeys(CERTIFICATES, CERTIFICATE_ORDER),
    containers.DISCOVERY: ("4F", "5F2F"),
    containers.KEY_HISTORY: ("C1", "C2", "F3", "FE"),
    containers.SECURITY_OBJECT: ("BA", "BB", "FE"),
    containers.SM_CERTIFICATE_SIGNER: ("70", "71", "7F21", "FE"),
    containers.PAIRING_CODE: ("99", "FE"),
}
"""The elements of each object in the order of SP 800-73-5 part 1 App. A."""
FIRST_ELEMENT: Final = {container: bytes.fromhex(order[0]) for container, order in ORDERS.items()}
HIDDEN: Final = frozenset({status_words.SECURITY_STATUS_NOT_SATISFIED})
BIOMETRIC: Final = (
    containers.FINGERPRINTS,
    containers.FACIAL_IMAGE,
    containers.IRIS,
    containers.BIT_GROUP_TEMPLATE,
)
PHYSICAL_ACCESS: Final = (containers.CHUID, containers.CARD_AUTHENTICATION_CERTIFICATE)
"""Allowed by App. D of the r1 final public draft, for physical access only."""
WITHOUT_ROLE: Final = (*BIOMETRIC, containers.PRINTED_INFORMATION, containers.CCC, *PHYSICAL_ACCESS)


@token_check("DPC-APP-OBJ-OPT-01")
def optional_objects_are_absent_or_of_their_kind(reading: CardReading) -> Answer:
    """An optional object may be missing, which reads as 6A82; one that there is, is an object of its kind."""

    def rule(container: Container) -> Answer:
        answer = reading.answer(container)
        if answer is None:
            return CannotTell(f"{container.name} was not asked for")
        hidden = container.pin and answer.status in HIDDEN
        if hidden or answer.status == status_words.NOT_FOUND:
            return None
        expected = f"6A82, or {ORDERS[container][0]} and what follows it"
        if answer.status != status_words.SUCCESS:
            found = f"{answer.status:04X} {status_words.meaning(answer.status)}"
            return unexpected(f"GET DATA {container.name}", expected, found)
        if not answer.data:
            return unexpected(f"GET DATA {container.name}", expected, "9000 and no data object")
        return _of_its_kind(reading, container, lambda why: unexpected(container.name, expected, why))

    return worst([rule(container) for container in OPTIONAL])


def _of_its_kind(reading: CardReading, container: Container, fault: Callable[[str], Answer]) -> Answer:
    try:
        elements = ber.read_all(reading.content(container) or b"")
    except Malformed as problem:
        return fault(problem.reason)
    first = FIRST_ELEMENT[container]
    # An empty object counts as none. The order of the elements is for another rule.
    return None if not elements or ber.find(elements, first) else fault(f"no {first.hex().upper()}")


@token_check("DPC-APP-OBJ-ORDER-01")
def objects_are_whole_and_in_order(reading: CardReading) -> Answer:
    """GET DATA gives each object whole, with its elements in the order of SP 800-73-5 part 1 App. A."""

    def rule(container: Container) -> Answer:
        there = is_there(reading, container)
        if isinstance(there, CannotTell):
            # Without the PIN the pairing code cannot be read; that says nothing about the others.
            return None if container.pin else there
        if not there:
            return None
        order = [bytes.fromhex(tag) for tag in ORDERS[container]]
        try:
            tags = [each.tag for each in ber.read_all(reading.content(container) or b"")]
        except Malformed as problem:
            return unexpected(container.name, "one whole data object", problem.reason)
        known = [tag for tag in tags if tag in order]
        expected = ", ".join(ORDERS[container])
        shown = ", ".join(tag.hex().upper() for tag in tags)
        return None if known == sorted(known, key=order.index) else unexpected(container.name, expected, shown)

    return worst([rule(container) for container in ORDERS])


@token_check("DPC-APP-OBJ-ABSENT-01")
def objects_without_a_role_are_absent(reading: CardReading) -> Answer:
    """CCC, CHUID, biometrics, printed information and the card authentication certificate are not on the token.

    CHUID and card authentication certificate are only warned of: App. D of the r1 final public draft has them.
    """
    return worst([_has_no_such_object(reading.answer(container), reading, container) for container in WITHOUT_ROLE])


def _has_no_such_object(answer: ObjectAnswer | None, reading: CardReading, container: Container) -> Answer:
    if answer is None:
        return CannotTell(f"{container.name} was not asked for")
    if answer.status in HIDDEN:
        return CannotTell(f"whether there is {container.name} shows only after the PIN")
    if answer.status != status_words.SUCCESS or is_there(reading, container) is False:
        return None
    if container in PHYSICAL_ACCESS:
        return warning(container.name, "6A82, unless it serves physical access as the r1 draft has it", "an object")
    return missing(container.name, "6A82", "an object")
