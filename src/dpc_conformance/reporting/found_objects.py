"""The certificates, CRLs and OCSP responses that a run found and judged, and what was said about each."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from dpc_conformance.evidence.events import EvaluationMade
from dpc_conformance.evidence.lines import ObjectJudged
from dpc_conformance.evidence.reading import Line
from dpc_conformance.evidence.records import CertificateInstalled
from dpc_conformance.reporting.records.certificate_summary import CertificateSummary, summarise


@dataclass
class FoundObject:
    """An object that was judged. `content` is DER, empty where only its hash was kept; `names` are the judge's."""

    digest: str
    content: bytes
    names: set[str] = field(default_factory=set)
    profiles: set[str] = field(default_factory=set)
    evaluations: list[EvaluationMade] = field(default_factory=list)
    described: tuple[str, ...] = ()
    """What is said of it where only its hash was kept."""

    @property
    def summary(self) -> CertificateSummary | None:
        """What it says, where it is a certificate that can be read."""
        return summarise(self.content)

    @property
    def results(self) -> dict[str, int]:
        """How many evaluations came to which result."""
        return dict(Counter(each.result for each in self.evaluations))


class FoundObjects:
    """Looks at the evidence of one scenario after the other."""

    def __init__(self, evaluations: Iterable[EvaluationMade], describe: Callable[[str], tuple[str, ...]]) -> None:
        """`describe` tells what is said of an object that was not kept, by its SHA-256."""
        self._describe = describe
        self._evaluations = [each for each in evaluations if each.object]
        self._judged: dict[str, FoundObject] = {}
        self._installed: dict[str, str] = {}

    def look(self, lines: Iterable[Line]) -> None:
        """Note what the lines of a scenario hold."""
        for line in lines:
            match line.record:
                case ObjectJudged(name=name, content=content, profile=profile):
                    digest = sha256(content).hexdigest() if content else next(iter(line.not_kept), "")
                    if digest not in self._judged:
                        described = () if content else self._describe(digest)
                        self._judged[digest] = FoundObject(digest, content, described=described)
                    found = self._judged[digest]
                    found.names.add(name)
                    found.profiles |= {profile} - {""}
                case CertificateInstalled(usage=usage, der=der):
                    self._installed[sha256(der).hexdigest() if der else next(iter(line.not_kept), "")] = usage

    def judged(self) -> list[FoundObject]:
        """The objects that were judged, in the order of the run, with their evaluations."""
        for found in self._judged.values():
            found.evaluations = [each for each in self._evaluations if each.object == found.digest]
        return list(self._judged.values())

    def installed(self) -> dict[str, int]:
        """How many other certificates arrived on phones, by their usage."""
        return dict(Counter(usage for digest, usage in self._installed.items() if digest not in self._judged))
