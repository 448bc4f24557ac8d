"""The results of an audit: all findings in one Parquet file, and counts by requirement that must add up."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dpc_conformance.audit.parts import Part, findings_file
from dpc_conformance.catalogue.verdicts import Verdict
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.profiles.selection import PROFILES
from dpc_conformance.checks.tally import Tally

FINDINGS: Final = "findings.parquet"
SUMMARY: Final = "summary.json"
_OUTCOMES: Final = (
    ("fails", Outcome.FAILS),
    ("cannot_tell", Outcome.CANNOT_TELL),
    ("does_not_apply", Outcome.DOES_NOT_APPLY),
)


class DoesNotAddUp(RuntimeError):
    """Certificates were lost or counted twice: a defect of this program."""


@dataclass(slots=True)
class Summary:
    """Counts of all parts: `read` certificates came from the source, `verdicts` count findings."""

    read: int = 0
    parts: int = 0
    tally: Tally = field(default_factory=Tally)
    verdicts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, part: Part) -> None:
        """Take in one part. DoesNotAddUp when its own counts disagree."""
        if part.tally.total != part.read:
            raise DoesNotAddUp(f"part {part.number}: {part.read} certificates read, {part.tally.total} accounted for")
        self.read += part.read
        self.parts += 1
        self.tally.merge(part.tally)
        self.verdicts.update(part.verdicts)

    @property
    def judged(self) -> int:
        """How many certificates were judged by a profile."""
        return sum(self.tally.judged.values())

    @property
    def failed(self) -> bool:
        """Whether a requirement failed somewhere; warnings do not count."""
        return any(verdict == Verdict.FAIL.value for _, _, verdict in self.verdicts)

    def rows(self) -> list[dict[str, Any]]:
        """One row for each profile and requirement, with the number of certificates for each outcome."""
        found = []
        for profile in PROFILES:
            judged = self.tally.judged[profile.name]
            for requirement in profile.requirements if judged else ():
                counts = {name: self.tally.answers[profile.name, requirement, kind] for name, kind in _OUTCOMES}
                verdicts = {
                    verdict: number
                    for (key, one, verdict), number in sorted(self.verdicts.items())
                    if (key, one) == (profile.key, requirement)
                }
                holds = judged - sum(counts.values())
                found.append({"profile": profile.key, "requirement": requirement, "holds": holds, **counts, **verdicts})
        return found

    def as_dict(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The whole summary for programs."""
        return {
            "settings": dict(settings),
            "certificates": {
                "in": self.read,
                "judged": self.judged,
                "unparsable": self.tally.unreadable,
                "of_authorities": self.tally.authorities,
            },
            "judged_by_profile": {
                one.key: self.tally.judged[one.name] for one in PROFILES if self.tally.judged[one.name]
            },
            "requirements": self.rows(),
        }


def merge_findings(out: Path, numbers: Iterable[int]) -> Path:
    """Put the findings of the parts into one file, in the order of the source; a part at a time is in memory."""
    import pyarrow.parquet

    target = out / FINDINGS
    unfinished = target.with_suffix(".tmp")
    writer = None
    for number in numbers:
        with pyarrow.parquet.ParquetFile(findings_file(out, number)) as part:
            if writer is None:
                writer = pyarrow.parquet.ParquetWriter(unfinished, part.schema_arrow, compression="zstd")
            for batch in part.iter_batches(use_threads=False):
                writer.write_batch(batch)
    if writer is not None:
        writer.close()
        unfinished.replace(target)
    return target


def write_summary(out: Path, summary: Summary, settings: Mapping[str, Any]) -> Path:
    """Write the summary as JSON, whole or not at all."""
    target = out / SUMMARY
    unfinished = target.with_suffix(".tmp")
    unfinished.write_text(json.dumps(summary.as_dict(settings), indent=1) + "\n")
    unfinished.replace(target)
    return target
