"""The judge of an audit: picks the issuer of each certificate, judges it fast, and gives each finding its verdict."""

import hashlib
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from dpc_conformance.audit.settings import Settings
from dpc_conformance.audit.slices import Entry
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.conflicts import judged_level
from dpc_conformance.catalogue.editions import Edition, not_effective
from dpc_conformance.catalogue.grounds import Evaluation, ground_of_evaluation
from dpc_conformance.catalogue.verdicts import Result, Verdict
from dpc_conformance.checks.certificate.encoding import UNREADABLE
from dpc_conformance.checks.fast import FastJudge, Judged
from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.profiles.selection import BY_KEY
from dpc_conformance.checks.tally import Tally
from dpc_conformance.formats.certificate import CertificateView, read_certificate
from dpc_conformance.formats.der import DerError

NO_PROFILE: Final = "unreadable"


class Row(NamedTuple):
    """One finding, as it stands in the results. `serial` is hexadecimal, empty when it cannot be read."""

    where: str
    sha256: str
    serial: str
    profile: str
    requirement: str
    verdict: str
    place: str
    expected: str
    actual: str


class Court:
    """Judges the entries of one process, one after the other."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._profile = BY_KEY[settings.profile] if settings.profile else None
        self._authorities = [view for view in map(_readable, settings.authorities) if view is not None]
        self._judges: dict[tuple[bytes, bytes | None], FastJudge] = {}
        self._by_issuer: dict[bytes | None, FastJudge] = {}
        self._tally = Tally()

    def rows(self, entry: Entry) -> list[Row]:
        """The findings on one entry, in order of their requirements."""
        if entry.der is None:
            self._tally.unreadable += 1
            finding = unexpected("source", "a certificate", entry.problem).of(UNREADABLE)
            return [self._row(entry, b"", None, finding)]
        try:
            certificate = read_certificate(entry.der)
        except DerError:
            judged = self._judge_of(None).judge(entry.der)
        else:
            judged = self._judge_for(certificate).judge_view(certificate)
        if not judged.findings:
            return []
        found = sorted(judged.findings, key=lambda finding: finding.requirement)
        return [self._row(entry, entry.der, judged, finding) for finding in found]

    def tally(self) -> Tally:
        """The counts since the last call."""
        tally, self._tally = self._tally, Tally()
        for judge in self._by_issuer.values():
            tally.merge(judge.tally())
        return tally

    def _judge_for(self, certificate: CertificateView) -> FastJudge:
        authority = certificate.authority_key_identifier
        key = (certificate.issuer.der, authority.key_identifier if authority else None)
        judge = self._judges.get(key)
        if judge is None:
            if len(self._judges) > 1024:
                self._judges.clear()
            judge = self._judges[key] = self._judge_of(self._issuer(*key))
        return judge

    def _issuer(self, name: bytes, identifier: bytes | None) -> bytes | None:
        """The CA of that name, of several the one with the key; the only one with the key where no name fits."""
        named = [view for view in self._authorities if view.subject.der == name]
        keyed = [view for view in self._authorities if identifier and view.subject_key_identifier == identifier]
        best = [view for view in named if view in keyed] or named or keyed
        return best[0].der if best else None

    def _judge_of(self, issuer: bytes | None) -> FastJudge:
        judge = self._by_issuer.get(issuer)
        if judge is None:
            judge = FastJudge(replace(self._settings.context, issuer=issuer), self._profile)
            self._by_issuer[issuer] = judge
        return judge

    def _row(self, entry: Entry, der: bytes, judged: Judged | None, finding: Finding) -> Row:
        certificate = judged.certificate if judged else None
        serial = f"{certificate.serial:x}" if certificate else ""
        profile = judged.profile.key if judged and judged.profile else NO_PROFILE
        verdict = self._verdict(finding.requirement, finding.severity == "warning")
        place = (finding.where, finding.expected, finding.actual)
        return Row(
            entry.where, hashlib.sha256(der).hexdigest(), serial, profile, finding.requirement, verdict.value, *place
        )

    @lru_cache(maxsize=1024)  # noqa: B019  a court lives as long as its process
    def _verdict(self, requirement: str, warns: bool) -> Verdict:
        """What a finding counts as, under the edition and by how well the requirement's source was verified."""
        known, edition = load_catalogue()[requirement], Edition(self._settings.edition)
        if not_effective(known, edition, self._settings.context.moment.date()) is not None:
            return Verdict.NOT_EFFECTIVE
        made = Evaluation(requirement, Result.WARN if warns else Result.FAIL, sentence=requirement)
        return ground_of_evaluation(made, known, judged_level(known, self._settings.conflicts), {}).verdict


def _readable(der: bytes) -> CertificateView | None:
    try:
        return read_certificate(der)
    except DerError:
        return None
