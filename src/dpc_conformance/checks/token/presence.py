"""Which data objects there are on a token, and the answers of a rule on several of them made into one."""

from collections.abc import Callable, Iterable
from typing import Final

from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, Finding
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.containers import Container

CERTIFICATES: Final = (
    containers.PIV_AUTHENTICATION_CERTIFICATE,
    containers.SIGNATURE_CERTIFICATE,
    containers.KEY_MANAGEMENT_CERTIFICATE,
    *containers.RETIRED_CERTIFICATES,
)
"""The certificate containers that the derived application has."""
OPTIONAL: Final = (
    containers.SIGNATURE_CERTIFICATE,
    containers.KEY_MANAGEMENT_CERTIFICATE,
    containers.DISCOVERY,
    containers.KEY_HISTORY,
    *containers.RETIRED_CERTIFICATES,
    containers.SECURITY_OBJECT,
    containers.SM_CERTIFICATE_SIGNER,
    containers.PAIRING_CODE,
)
"""What a derived application may have besides its authentication certificate (SP 800-157r1 App. B.1.2)."""


def is_there(reading: CardReading, container: Container) -> bool | CannotTell:
    """Whether the token has that object. An empty one counts as none; one that cannot be read counts."""
    answer = reading.answer(container)
    if answer is None:
        return CannotTell(f"{container.name} was not asked for")
    if answer.status == status_words.NOT_FOUND:
        return False
    if answer.status != status_words.SUCCESS:
        return CannotTell(f"{container.name}: {answer.status:04X} {status_words.meaning(answer.status)}")
    try:
        return reading.content(container) is not None
    except Malformed:
        return True


def each_of(reading: CardReading, among: Iterable[Container], rule: Callable[[Container], Answer], none: str) -> Answer:
    """What a rule comes to on all of those objects that there are; `none` says what is missing when there are none."""
    answers: list[Answer] = []
    for container in among:
        there = is_there(reading, container)
        if isinstance(there, CannotTell):
            answers.append(there)
        elif there:
            answers.append(rule(container))
    return worst(answers) if answers else DoesNotApply(none)


def worst(answers: list[Answer]) -> Answer:
    """The first finding, else the first that cannot tell, else that it holds, else that it applies nowhere."""
    for kind in (Finding, CannotTell):
        found = next((one for one in answers if isinstance(one, kind)), None)
        if found is not None:
            return found
    return None if None in answers or not answers else answers[0]
