"""The judge of a token's data: a reading in, one evaluation for each requirement out."""

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.finding import Answer, CannotTell
from dpc_conformance.checks.judgement import Evaluated, evaluated
from dpc_conformance.checks.registry import Check, Evidence, checks
from dpc_conformance.checks.token import (  # noqa: F401
    certificates,
    discovery,
    key_history,
    objects,
    off_card_certificates,
    pairing_code,
    property_template,
    secure_messaging,
    security_object,
)
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats.ber import Malformed


def judge_token(reading: CardReading, context: CardContext) -> list[Evaluated]:
    """Every requirement on the data of a removable token evaluated, in the order of their ids. Never raises."""
    return [
        evaluated(one.requirement, _answer(one, reading, context), Evidence.TOKEN.value)
        for one in checks(Evidence.TOKEN)
    ]


def _answer(rule: Check, reading: CardReading, context: CardContext) -> Answer:
    try:
        return rule.judge(reading, context)
    except Malformed as problem:
        # The rule whose subject cannot be read says so itself; this one only needed it.
        return CannotTell(f"an object that the rule needs cannot be read: {problem}")
