"""The judge of very many certificates: the verdicts of `judgement`, with objects for findings only.

Rules that can answer from what certificates of one CA have in common are asked once for each `Template`; all others
for each certificate. Which is which is not declared but found out: a rule that reaches outside a template is asked
for each certificate that has it.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, TypeVar

from dpc_conformance.checks.bench import Bench
from dpc_conformance.checks.certificate.encoding import unreadable
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, Finding
from dpc_conformance.checks.judgement import told
from dpc_conformance.checks.path_memory import PathMemory
from dpc_conformance.checks.profiles.derived_authentication import DERIVED_AUTHENTICATION
from dpc_conformance.checks.profiles.profile import Profile
from dpc_conformance.checks.profiles.selection import profile_of
from dpc_conformance.checks.profiles.versions import version_of
from dpc_conformance.checks.registry import CheckFunction
from dpc_conformance.checks.tally import Tally
from dpc_conformance.checks.template import Template, key_of
from dpc_conformance.formats.certificate import CertificateView, read_certificate
from dpc_conformance.formats.der import DerError

Given = TypeVar("Given")
_MOST_TEMPLATES: Final = 4096


class _Reached:
    """A rule reached outside of a template."""


_REACHED: Final = _Reached()


class Judged(NamedTuple):
    """What came of one certificate: its profile, and the findings, mostly none.

    `certificate` is None when it cannot be read; `profile` is None then, and for a CA, which no profile is about.
    """

    certificate: CertificateView | None
    profile: Profile | None
    findings: tuple[Finding, ...]


@dataclass(slots=True, eq=False)
class _Known:
    """What is known of all certificates of one template: what the shared rules found, and which rules are to be asked.

    `times` counts the certificates; `answers` are those of shared rules that do not hold, by place.
    """

    bench: Bench | None
    findings: tuple[Finding, ...] = ()
    answers: tuple[tuple[int, Answer], ...] = ()
    asked: tuple[tuple[int, CheckFunction], ...] = ()
    asked_with_context: tuple[tuple[int, CheckFunction], ...] = ()
    times: int = 0


class FastJudge:
    """Judges certificates one after the other and counts per requirement. Not for use by several threads."""

    def __init__(self, context: CertificateContext, profile: Profile | None = None) -> None:
        """`profile` None lets each certificate choose its own; derived authentication when it does not say."""
        self._context = context
        self._profile = profile
        self._benches: dict[tuple[str, str], Bench] = {}
        self._known: dict[Hashable, _Known] = {}
        self._tally = Tally()

    def judge(self, der: bytes) -> Judged:
        """The findings on the certificate in `der`. Never raises for what stands in it."""
        try:
            certificate = read_certificate(der)
        except DerError as error:
            self._tally.unreadable += 1
            return Judged(None, None, (unreadable(error),))
        return self.judge_view(certificate)

    def judge_view(self, certificate: CertificateView) -> Judged:
        """As `judge`, for a certificate that was read already."""
        version = version_of(certificate, self._context).name
        key = (version, key_of(certificate))
        known = self._known.get(key) or self._learn(certificate, version, key)
        known.times += 1
        bench = known.bench
        if bench is None:
            return Judged(certificate, None, ())
        found: list[tuple[int, Answer]] = []
        context = bench.context
        for place, function in known.asked_with_context:
            answer = function(certificate, context)
            if answer is not None:
                found.append((place, answer))
        for place, function in known.asked:
            answer = function(certificate)
            if answer is not None:
                found.append((place, answer))
        findings = bench.count(found, 1, known.findings) if found else known.findings
        return Judged(certificate, bench.profile, findings)

    def _learn(self, certificate: CertificateView, version: str, key: Hashable) -> _Known:
        if len(self._known) >= _MOST_TEMPLATES:
            self._forget()
        template = Template(certificate)
        profile = self._profile or _ask(_meant, template.reached, template)
        asked: Template | CertificateView = template
        if isinstance(profile, _Reached):  # its choice, and so every answer, holds for this one certificate only
            profile, asked, key = _meant(certificate), certificate, object()
        known = _Known(None) if profile is None else self._ask_shared(asked, template, self._bench(profile, version))
        self._known[key] = known
        return known

    def _bench(self, profile: Profile, version: str) -> Bench:
        bench = self._benches.get((profile.name, version))
        if bench is None:
            context = replace(told(self._context, profile), profile_version=version)
            bench = Bench(
                profile, replace(context, path_memory=PathMemory(context)) if context.trust_anchors else context
            )
            self._benches[profile.name, version] = bench
        return bench

    def _ask_shared(self, about: Template | CertificateView, template: Template, bench: Bench) -> _Known:
        answers: list[tuple[int, Answer]] = []
        asked: list[tuple[int, CheckFunction]] = []
        asked_with_context: list[tuple[int, CheckFunction]] = []
        for place, check in bench.rules:
            answer = _ask(check.judge, template.reached, about, bench.context)
            if isinstance(answer, _Reached):
                (asked_with_context if check.takes_context else asked).append((place, check.function))
            elif answer is not None:
                answers.append((place, answer))
        findings = tuple(answer for _, answer in answers if isinstance(answer, Finding))
        return _Known(bench, findings, tuple(answers), tuple(asked), tuple(asked_with_context))

    def _forget(self) -> None:
        for known in self._known.values():
            if known.bench is None:
                self._tally.authorities += known.times
            else:
                self._tally.judged[known.bench.profile.name] += known.times
                known.bench.count(known.answers, known.times)
        self._known.clear()

    def tally(self) -> Tally:
        """The counts of all certificates judged since the last call."""
        self._forget()
        for bench in self._benches.values():
            self._tally.answers.update(bench.counts())
        self._benches.clear()
        tally, self._tally = self._tally, Tally()
        return tally


def _meant(certificate: CertificateView) -> Profile | None:
    if certificate.is_authority:
        return None
    return profile_of(certificate) or DERIVED_AUTHENTICATION


def _ask(rule: Callable[..., Given], reached: list[str], *arguments: object) -> Given | _Reached:
    """What a rule answers about a template. What it reached counts even when it made nothing of the refusal."""
    reached.clear()
    try:
        answer = rule(*arguments)
    except Exception:  # `Outside`, or what a library says of a stand-in; a defect of the rule shows on the certificate
        return _REACHED
    return _REACHED if reached else answer
