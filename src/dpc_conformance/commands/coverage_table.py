"""How the suite covers the catalogue, by document and clause: the published table."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum

from dpc_conformance import HOME
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.not_covered import why_not_covered
from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.checks.classes import AGGREGATE, CERTIFICATE, RELATION, STATUS, class_of, why_open
from dpc_conformance.reporting.clauses import Clause, clauses_of, place_of
from dpc_conformance.suite.scenario_texts import read_scenarios

BY_RULES = (CERTIFICATE, RELATION, STATUS, AGGREGATE)
INTRODUCTION = """\
# Coverage

How each requirement of the catalogue is judged, by the document and clause that it comes from. A requirement counts in
each clause that it names, and once in its document and in the sum. This file is written by `make coverage-table` from
`dpc requirements --coverage`; a test holds it current. What a run made of them is in its conformance statement.

* *rule*: a certificate, CRL, OCSP response or signed object shows it, in a file or in a run ([rules.md](rules.md)).
* *scenario*: scenarios show it, in flows, commands, services and records.
* *person*: no scenario looks at it. It takes a review or an attestation.
* *not covered*: the suite has nothing for it, for the reason below.
"""


class Way(StrEnum):
    """How a requirement is judged."""

    RULE = "rule"
    SCENARIO = "scenario"
    PERSON = "person"
    NOT_COVERED = "not covered"


Ways = Mapping[str, Way]
"""By the id of the requirement."""


def coverage_table() -> str:
    """The page, in Markdown. UnreadableFeature where a feature cannot be read."""
    requirements, ways = tuple(load_catalogue()), ways_of_all()
    by_person = [each for each in requirements if ways[each.id] is Way.PERSON]
    not_covered = [each for each in requirements if ways[each.id] is Way.NOT_COVERED]
    return "\n".join(
        (
            INTRODUCTION,
            *_by_document(requirements, ways),
            *_by_clause(requirements, ways),
            *_listed("What a person decides", "shown by", by_person, lambda each: each.testable_by),
            *_listed("What is not covered, and why", "why", not_covered, lambda each: _why_not(each.id)),
        )
    )


def ways_of_all() -> dict[str, Way]:
    """How each requirement of the catalogue is judged."""
    tagged = {tag for scenario in read_scenarios(HOME) for tag in scenario.tags}
    return {each.id: _way(each.id, each.id in tagged) for each in load_catalogue()}


def _way(requirement: str, tagged: bool) -> Way:
    if _why_not(requirement):
        return Way.NOT_COVERED
    found = class_of(requirement)
    if found and found.name in BY_RULES:
        return Way.RULE
    return Way.SCENARIO if tagged else Way.PERSON


def _why_not(requirement: str) -> str:
    return why_not_covered(requirement) or why_open(requirement)


def _by_document(requirements: Iterable[Requirement], ways: Ways) -> Iterator[str]:
    cited: dict[str, list[Requirement]] = {}
    for each in requirements:
        for document in dict.fromkeys(clause.document for clause in clauses_of(each.source)):
            cited.setdefault(document, []).append(each)
    yield _head("document")
    for document in sorted(cited, key=place_of):
        yield _row(document, cited[document], ways)
    yield _row("**All, each once**", requirements, ways) + "\n"


def _by_clause(requirements: Iterable[Requirement], ways: Ways) -> Iterator[str]:
    cited: dict[Clause, list[Requirement]] = {}
    for each in requirements:
        for clause in clauses_of(each.source):
            cited.setdefault(clause, []).append(each)
    for document in sorted({each.document for each in cited}, key=place_of):
        yield f"## {document}\n\n{_head('clause')}"
        clauses = sorted((each for each in cited if each.document == document), key=lambda each: each.order)
        yield from (_row(each.name or "(no clause)", cited[each], ways) for each in clauses)
        yield ""


def _listed(title: str, about: str, chosen: Iterable[Requirement], says: Callable[[Requirement], str]) -> Iterator[str]:
    yield f"## {title}\n\n| id | what it demands | {about} |\n|---|---|---|"
    yield from (f"| {each.id} | {each.text} | {says(each)} |" for each in chosen)
    yield ""


def _head(first: str) -> str:
    return f"| {first} | requirements | {' | '.join(Way)} |\n|---|{'---:|' * (1 + len(Way))}"


def _row(name: str, requirements: Iterable[Requirement], ways: Ways) -> str:
    counted = Counter(ways[each.id] for each in requirements)
    cells = (name, counted.total(), *(counted[way] or "" for way in Way))
    return f"| {' | '.join(map(str, cells))} |"
