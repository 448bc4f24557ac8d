"""What the first screen says in words: the product, what the conclusion means, what one has to know beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dpc_conformance.catalogue.conclusion import Conclusion
from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.reporting.statement import Statement, is_open

HOLDS = {
    Verdict.PASS: "by test",
    Verdict.WARN: "with a warning",
    Verdict.REVIEW: "by review",
    Verdict.ATTESTED: "by the vendor\u2019s statement",
}


@dataclass(frozen=True)
class Product:
    """What was tested, in the words of the target."""

    name: str
    version: str
    environment: str
    operator: str


def product_of(statement: Statement) -> Product:
    """The product; what the target does not say is empty, but its name is always there."""
    said = statement.started.product
    version = ", ".join(
        f"{word} {said[key]}" for key, word in (("version", "version"), ("build", "build")) if said.get(key)
    )
    return Product(
        said.get("name") or statement.started.target, version, said.get("environment", ""), said.get("operator", "")
    )


def meaning(statement: Statement) -> str:
    """What the conclusion says about the product, in one or two sentences."""
    failed = sum(each.ground.verdict is Verdict.FAIL for each in statement.verdicts)
    unknown = sum(map(is_open, statement.verdicts))
    match statement.conclusion:
        case Conclusion.CONFORMANT:
            return f"Every requirement of the scope that applies and is in force holds: {_how(statement)}."
        case Conclusion.WITH_DEVIATIONS:
            return f"{_does_not_hold(failed)}, and a waiver covers each. The rest holds: {_how(statement)}."
        case Conclusion.NOT_CONFORMANT:
            waived = sum(each.waived for each in statement.verdicts)
            covered = f", of which {waived} {'is' if waived == 1 else 'are'} waived" if waived else ""
            departed = f"{_does_not_hold(failed)}{covered}." if failed else ""
            unfit = sum(each.is_unfit for each in statement.waivers)
            waivers = (
                f"{unfit} waiver{' does' if unfit == 1 else 's do'} not fit, which fails the run." if unfit else ""
            )
            rest = f"{_requirements(unknown)} {_has(unknown)} no verdict." if unknown else ""
            return " ".join(filter(None, (departed, waivers, rest)))
        case Conclusion.INCOMPLETE:
            lacking = f"{_requirements(unknown)} of the scope {_has(unknown)} no verdict" if unknown else ""
            return f"Nothing failed, but conformity was not shown: {lacking or 'see why below'}."


def notices(statement: Statement) -> Iterator[tuple[str, str]]:
    """Title and sentence of what one has to know before the verdict means anything."""
    started = statement.started
    if statement.broke:
        yield "The run broke", statement.broke
    if statement.interrupted:
        yield "Stopped", "Somebody stopped the run before its end."
    if started.faults:
        yield "Seeded defects", f"The reference ran with defects on purpose: {', '.join(started.faults)}."
    if started.reran:
        yield "Run again", f"This run only repeats what had not ended well in the run {started.reran}."
    if started.selection:
        yield "Only a part", f"Only this was chosen to run: {started.selection}"
    if all(adapter == "reference" for adapter in started.roles.values()):
        yield (
            "No product",
            "The suite\u2019s own reference played every role: this says nothing about a product.",
        )
    for sentence in statement.differences:
        yield "Drawn again", sentence


def said_of(name: str) -> str:
    """A name of ours as words."""
    return name.replace("_", " ").replace("-", " ")


def _how(statement: Statement) -> str:
    counted = {verdict: statement.counts[verdict] for verdict in HOLDS}
    return ", ".join(f"{count} {HOLDS[verdict]}" for verdict, count in counted.items() if count)


def _does_not_hold(count: int) -> str:
    return "1 requirement does not hold" if count == 1 else f"{count} requirements do not hold"


def _requirements(count: int) -> str:
    return "1 requirement" if count == 1 else f"{count} requirements"


def _has(count: int) -> str:
    return "has" if count == 1 else "have"
