"""What `dpc check` has to report: objects, and for each the verdicts of its requirements."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.catalogue.verdicts import Ground, Verdict
from dpc_conformance.catalogue.vocabulary import Level


@dataclass(frozen=True)
class Row:
    """One requirement on one object.

    `ground` holds verdict, reason code and sentence, `level` the one judged at, `rule` the sentence of the check.
    `preview` is what the judge saw of a requirement that does not decide, by edition or date. `where`, `expected` and
    `actual` are those of a finding, empty without one; `waived` says that waivers cover it.
    """

    requirement: Requirement
    level: Level
    ground: Ground
    rule: str
    where: str = ""
    expected: str = ""
    actual: str = ""
    preview: Ground | None = None
    waived: bool = False

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return self.ground.verdict

    @property
    def is_finding(self) -> bool:
        """Whether something was found, be it that it decides, warns or is a preview."""
        return bool(self.expected or self.actual)

    @property
    def mark(self) -> str:
        """How well the clause was read by whoever wrote it down, where that keeps it from deciding; else empty."""
        return "" if self.requirement.may_decide else str(self.requirement.verification)


@dataclass(frozen=True)
class JudgedObject:
    """One object: where it was read from, what it is, and how it was judged.

    `fingerprint` is the SHA-256 of its DER in hex. `notes` are sentences on how it was judged or why it was not.
    `readable` is False when nothing but its encoding could be judged.
    """

    name: str
    kind: str
    profile: str
    fingerprint: str
    subject: str = ""
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    readable: bool = True

    def counts(self) -> Counter[Verdict]:
        """How many requirements have which verdict."""
        return Counter(row.verdict for row in self.rows)

    @property
    def failed(self) -> bool:
        """Whether a requirement failed, or hardly any could be judged.

        The clause on the encoding was never read by anybody, so breaking it warns; but nobody wants what is broken.
        """
        return not self.readable or any(row.verdict is Verdict.FAIL for row in self.rows)


@dataclass(frozen=True)
class Judged:
    """Everything of one call: the objects and what they were judged by."""

    objects: tuple[JudgedObject, ...]
    moment: datetime
    edition: str
    options: Mapping[str, str] = field(default_factory=dict)
    suite_version: str = ""

    @property
    def failed(self) -> bool:
        """Whether a requirement failed on any object, or one of them could not be read."""
        return any(each.failed for each in self.objects)

    def counts(self) -> Counter[Verdict]:
        """How many requirements have which verdict, over all objects."""
        return sum((each.counts() for each in self.objects), Counter())
