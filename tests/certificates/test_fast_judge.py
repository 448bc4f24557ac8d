"""The fast judge says what the judge says, certificate by certificate and in its counts."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.fast import FastJudge
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.judgement import findings, judge_certificate
from dpc_conformance.checks.profiles.derived_authentication import DERIVED_AUTHENTICATION
from dpc_conformance.checks.profiles.profile import Profile
from dpc_conformance.checks.profiles.selection import profile_of
from dpc_conformance.checks.template import Template, key_of
from dpc_conformance.checks.year import Outside
from dpc_conformance.faults.certificates.material import evidence
from dpc_conformance.faults.mutants import Mutant, goldens, mutants
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.der import DerError

CASES = goldens() + mutants()


def told(more: Mapping[str, Any]) -> CertificateContext:
    return CertificateContext(**{**evidence(), **more})


@cache
def population() -> tuple[bytes, ...]:
    """All goldens and mutants in some order, each twice, so that most come upon a template that is known."""
    made = [case.make() for case in CASES] * 2
    random.Random(7).shuffle(made)
    return tuple(made)


def profile_for(der: bytes) -> Profile | None:
    """The profile that `dpc check` would take: derived authentication when nothing tells, none for a CA."""
    try:
        view = read_certificate(der)
    except DerError:
        return None
    if view.is_authority:
        return None
    return profile_of(view) or DERIVED_AUTHENTICATION


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.description)
def test_it_agrees_on_every_golden_and_mutant(case: Mutant) -> None:
    context, der = told(case.evidence()), case.make()
    profile = profile_for(der) or DERIVED_AUTHENTICATION
    judge = FastJudge(context, profile)
    expected = findings(judge_certificate(der, context, profile))
    for _ in range(2):  # the second time from memory
        assert {one.requirement: one for one in judge.judge(der).findings} == expected


@pytest.mark.parametrize("offline", [True, False], ids=["without evidence", "with an issuer"])
def test_it_agrees_on_a_population_and_counts_it(offline: bool) -> None:
    moment = evidence()["moment"]
    context = CertificateContext(moment=moment) if offline else CertificateContext(moment, evidence()["issuer"])
    judge = FastJudge(context)
    expected: Counter[tuple[str, str, Outcome]] = Counter()
    for der in population():
        found, profile = judge.judge(der), profile_for(der)
        assert found.profile == profile
        if profile is None:
            continue
        evaluations = judge_certificate(der, context, profile)
        assert {one.requirement: one for one in found.findings} == findings(evaluations)
        expected.update((profile.name, one.requirement, one.outcome) for one in evaluations)
    tally = judge.tally()
    holding = {key: number for key, number in expected.items() if key[2] is Outcome.HOLDS}
    assert tally.answers == expected - Counter(holding)
    assert tally.total == len(population())
    for (name, requirement, _), number in holding.items():
        others = sum(n for (one, ruled, _), n in tally.answers.items() if (one, ruled) == (name, requirement))
        assert tally.judged[name] - others == number


def test_every_version_of_the_profile_has_rules_of_its_own() -> None:
    der = CASES[0].make()
    for version in ("1.7", "2.1", "2.2"):
        context = replace(told({}), profile_version=version)
        expected = findings(judge_certificate(der, context))
        assert {one.requirement for one in FastJudge(context).judge(der).findings} == set(expected)


def test_a_template_holds_what_its_key_is_made_of_and_nothing_else() -> None:
    """Certificates with one key have templates that no rule can tell apart: every attribute is equal or refused."""
    seen: dict[object, Template] = {}
    pairs = 0
    for der in population():
        try:
            view = read_certificate(der)
        except DerError:
            continue
        template = Template(view)
        twin = seen.setdefault(key_of(view), template)
        if twin is not template:
            pairs += 1
            assert twin.held == template.held
            assert twin.public_key.held == template.public_key.held
            assert list(twin.by_oid) == list(template.by_oid)
    assert pairs > 20


def test_what_differs_from_certificate_to_certificate_is_outside() -> None:
    template = Template(read_certificate(CASES[0].make()))
    for reach in (
        lambda: template.serial,
        lambda: template.der,
        lambda: template.subject.der,
        lambda: template.subject.rdns[-1][0].text == "Alex",
        lambda: str(template.subject),
        lambda: template.public_key.bits,
        lambda: template.not_before.text,
        lambda: template.uuids,
        lambda: template.subject_key_identifier,
        lambda: template.not_before.moment < datetime(2026, 11, 5, tzinfo=UTC),
        lambda: template.not_after.moment - template.not_before.moment,
        lambda: str(template.not_after.moment),
    ):
        template.reached.clear()
        with pytest.raises(Outside):
            reach()
        assert template.reached
    template.reached.clear()
    assert template.not_before.moment > datetime(2025, 12, 31, tzinfo=UTC)
    assert template.not_before.moment < template.not_after.moment
    assert template.not_after.moment.year == 2029
    assert not template.reached
