"""The judge of card data: what was read from a PIV Card in, one evaluation for each requirement out."""

from collections.abc import Iterator
from typing import Final

from dpc_conformance.checks.card import (  # noqa: F401  imported for the checks they declare
    application,
    biometrics,
    capability_container,
    certificates,
    chuid,
    chuid_signature,
    discovery,
    keys,
    numbers,
    other_certificates,
    security_object,
)
from dpc_conformance.checks.card.biometric_records import BIOMETRICS, the_biometrics
from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.parts import NotThere, chuid_of, is_hidden
from dpc_conformance.checks.finding import Answer, CannotTell, Outcome
from dpc_conformance.checks.judgement import Evaluated, evaluated
from dpc_conformance.checks.registry import Check, Evidence, checks
from dpc_conformance.checks.signed_objects.judge import judge_signed_object
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.security_object import SecurityObject

WHERE: Final = "card"
APPLICATION: Final = "PIV-SRC-AID-01"
UNSELECTED: Final = CannotTell("the PIV Card Application could not be selected")
NOTHING_SIGNED: Final = CannotTell("no signed object was read")
HASHES: Final = "DPC-CRY-SO-01"
"""The one rule on signed objects that is about the Security Object alone."""
WORST_FIRST: Final = (Outcome.FAILS, Outcome.CANNOT_TELL, Outcome.HOLDS, Outcome.DOES_NOT_APPLY)


def judge_card(reading: CardReading, context: CardContext) -> list[Evaluated]:
    """Every requirement on a PIV Card evaluated on what was read, in the order of their ids. Never raises.

    What an object breaks that cannot be read is its own rule; of the others it cannot be told.
    """
    rules = [evaluated(rule.requirement, _answer(rule, reading, context), WHERE) for rule in checks(Evidence.CARD)]
    return sorted([*rules, *_algorithms(reading)], key=lambda each: each.requirement)


def _answer(rule: Check, reading: CardReading, context: CardContext) -> Answer:
    if rule.requirement != APPLICATION and reading.selects.get(reading.aid) != status_words.SUCCESS:
        return UNSELECTED
    try:
        return rule.judge(reading, context)
    except (NotThere, Malformed) as problem:
        return CannotTell(str(problem))


def _algorithms(reading: CardReading) -> list[Evaluated]:
    """The rules on signed objects, of each the worst that came of CHUID, Security Object and biometrics."""
    found: dict[str, list[Evaluated]] = {rule.requirement: [] for rule in checks(Evidence.SIGNED_OBJECT)}
    for name, message in _signed_objects(reading):
        for each in judge_signed_object(message, name, name == containers.SECURITY_OBJECT.name):
            found[each.requirement].append(each)
    return [_worst(requirement, made, reading) for requirement, made in found.items()]


def _worst(requirement: str, made: list[Evaluated], reading: CardReading) -> Evaluated:
    if not made:
        return evaluated(requirement, NOTHING_SIGNED, WHERE)
    worst = min(made, key=_rank)
    hidden = [each.name for each in BIOMETRICS if is_hidden(reading, each)]
    if hidden and worst.outcome is Outcome.HOLDS and requirement != HASHES:
        return evaluated(requirement, CannotTell(f"behind the PIN: {', '.join(hidden)}"), WHERE)
    return worst


def _rank(made: Evaluated) -> tuple[int, bool]:
    return WORST_FIRST.index(made.outcome), made.finding is not None and made.finding.severity == "warning"


def _signed_objects(reading: CardReading) -> Iterator[tuple[str, bytes]]:
    for container in (containers.CHUID, containers.SECURITY_OBJECT):
        try:
            content = reading.content(container)
            if content is None:
                continue
            chosen = container == containers.CHUID
            message = chuid_of(reading).signature if chosen else SecurityObject.from_bytes(content).signed_object
        except (NotThere, Malformed):
            message = b""  # which cannot be read, and so cannot be told
        yield container.name, message
    for name, record, _ in the_biometrics(reading):
        yield name, record.signature
