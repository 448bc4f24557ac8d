"""Coverage by document and clause: what the run says about each clause that the catalogue takes requirements from."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.reporting.clauses import Clause, clauses_of, place_of
from dpc_conformance.reporting.statement import RequirementVerdict


@dataclass(frozen=True)
class ClauseCoverage:
    """A clause and the requirements in scope that cite it; a requirement counts at each clause it cites."""

    clause: Clause
    verdicts: tuple[RequirementVerdict, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many of them have which verdict."""
        return Counter(each.ground.verdict for each in self.verdicts)


@dataclass(frozen=True)
class DocumentCoverage:
    """A document, its clauses in order, and each of its requirements once."""

    name: str
    clauses: tuple[ClauseCoverage, ...]
    verdicts: tuple[RequirementVerdict, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many of its requirements have which verdict."""
        return Counter(each.ground.verdict for each in self.verdicts)


def coverage(verdicts: Iterable[RequirementVerdict]) -> list[DocumentCoverage]:
    """The documents that requirements in scope cite, in a fixed order."""
    found: dict[str, dict[Clause, list[RequirementVerdict]]] = {}
    for verdict in verdicts:
        for clause in clauses_of(verdict.requirement.source):
            found.setdefault(clause.document, {}).setdefault(clause, []).append(verdict)
    return [_document(name, found[name]) for name in sorted(found, key=place_of)]


def _document(name: str, by_clause: dict[Clause, list[RequirementVerdict]]) -> DocumentCoverage:
    clauses = [ClauseCoverage(clause, tuple(by_clause[clause])) for clause in sorted(by_clause, key=lambda c: c.order)]
    once = {each.requirement.id: each for one in clauses for each in one.verdicts}
    return DocumentCoverage(name, tuple(clauses), tuple(once.values()))
