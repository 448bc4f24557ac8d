"""From an object and what stands around it to verdicts, as `dpc run` gives them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.conflicts import judged_level
from dpc_conformance.catalogue.editions import Edition
from dpc_conformance.catalogue.verdicts import Verdict, worst
from dpc_conformance.checks.aggregates import parts_of
from dpc_conformance.checks.judgement import Evaluated, judge_certificate
from dpc_conformance.checks.profiles.derived_authentication import DERIVED_AUTHENTICATION
from dpc_conformance.checks.profiles.profile import Profile
from dpc_conformance.checks.profiles.selection import BY_KEY, profile_of
from dpc_conformance.checks.registry import Evidence, check_for
from dpc_conformance.commands.der_kind import Kind
from dpc_conformance.commands.inputs import Item
from dpc_conformance.commands.rows import row_of
from dpc_conformance.commands.surroundings import (
    Surroundings,
    certificate_view,
    crl_view,
    ocsp_view,
)
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.reporting.findings.judged import JudgedObject, Row

EVIDENCE = {
    Kind.CERTIFICATE: Evidence.CERTIFICATE,
    Kind.CRL: Evidence.CRL,
    Kind.OCSP_RESPONSE: Evidence.OCSP_RESPONSE,
}
OPEN_OR_BROKEN = (Verdict.FAIL, Verdict.WARN, Verdict.INCONCLUSIVE)
MOST_NAMED = 5
AUTHORITY = "a CA certificate: evidence for others, no profile here is about it"
UNREADABLE = f"it cannot be read; judged as {DERIVED_AUTHENTICATION.name}"
UNKNOWN = f"neither policy nor purpose tells what it is for; judged as {DERIVED_AUTHENTICATION.name}, --profile chooses"


@dataclass(frozen=True)
class Bench:
    """Judges one object after the other. `profile` is the key of one, None the one that each certificate names."""

    around: Surroundings
    edition: Edition
    conflicts: Mapping[str, str]
    profile: str | None = None

    def judged(self, item: Item) -> JudgedObject:
        """The verdicts on an object. Never raises for what stands in it."""
        if item.kind is Kind.CERTIFICATE:
            return self._certificate(item)
        # Imported here: most calls are about certificates only.
        from dpc_conformance.checks.revocation import judge_crl, judge_ocsp

        if item.kind is Kind.CRL:
            readable = crl_view(item.der) is not None
            evaluations = judge_crl(item.der, self.around.around_crl(item.der))
        else:
            readable = ocsp_view(item.der) is not None
            evaluations = judge_ocsp(item.der, self.around.around_ocsp(item.der))
        made = _object(item, "", "", self._rows(item.kind, evaluations))
        return replace(made, readable=readable)

    def _certificate(self, item: Item) -> JudgedObject:
        view = certificate_view(item.der)
        subject = str(view.subject) if view else ""
        if view is not None and self.profile is None and view.is_authority:
            return _object(item, "", subject, (), AUTHORITY)
        profile, note = (BY_KEY[self.profile], "") if self.profile else _meant(view)
        evaluations = judge_certificate(item.der, self.around.around_certificate(item.der), profile)
        rows = self._rows(item.kind, evaluations)
        made = _object(item, profile.name, subject, self._with_aggregate(profile, rows), note)
        return replace(made, readable=view is not None)

    def _rows(self, kind: Kind, evaluations: Iterable[Evaluated]) -> tuple[Row, ...]:
        return tuple(self._row(kind, each) for each in evaluations)

    def _row(self, kind: Kind, each: Evaluated) -> Row:
        rule = check_for(each.requirement, EVIDENCE[kind]).sentence
        return row_of(each, rule, self.edition, self.conflicts, self.around.moment)

    def _with_aggregate(self, profile: Profile, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """The rows with that of the requirement that holds when all its parts do; the worst part decides."""
        parts = [row for row in rows if row.requirement.id in parts_of(profile)]
        if not parts:
            return rows
        requirement = load_catalogue()[profile.aggregate]
        decides = worst(row.ground for row in parts)
        because = [row.requirement.id for row in parts if row.verdict is decides.verdict]
        if profile.aggregate in because or decides.verdict not in OPEN_OR_BROKEN:
            sentence = decides.sentence if profile.aggregate in because else requirement.text
        else:
            more = f" and {len(because) - MOST_NAMED} more" if len(because) > MOST_NAMED else ""
            sentence = f"follows from {', '.join(because[:MOST_NAMED])}{more}"
        ground = replace(decides, sentence=sentence)
        if profile.aggregate in profile.requirements:
            return tuple(replace(row, ground=ground) if row.requirement is requirement else row for row in rows)
        return (*rows, Row(requirement, judged_level(requirement, self.conflicts), ground, requirement.text))


def _meant(view: CertificateView | None) -> tuple[Profile, str]:
    """The profile of a certificate, and a sentence where it had to be guessed."""
    if view is None:
        return DERIVED_AUTHENTICATION, UNREADABLE
    found = profile_of(view)
    return (found, "") if found else (DERIVED_AUTHENTICATION, UNKNOWN)


def _object(item: Item, profile: str, subject: str, rows: tuple[Row, ...], note: str = "") -> JudgedObject:
    fingerprint = hashlib.sha256(item.der).hexdigest()
    return JudgedObject(item.name, item.kind.value, profile, fingerprint, subject, rows, (note,) if note else ())
