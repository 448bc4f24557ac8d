"""Which profile a certificate gets, which version of it, and what follows from all its parts."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from dpc_conformance.checks.aggregates import aggregate, for_verdicts, parts_of, with_aggregate
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.judgement import Evaluated, judge_certificate
from dpc_conformance.checks.profiles.selection import BY_KEY, PROFILES, profile_of
from dpc_conformance.checks.profiles.signature import SIGNATURE
from dpc_conformance.checks.profiles.versions import UnknownVersion, version_at, version_of
from dpc_conformance.faults.certificates.encoding import sequence
from dpc_conformance.faults.certificates.material import NOW, ca_template, evidence, good, policies
from dpc_conformance.faults.certificates.other_kinds import beside, signature
from dpc_conformance.faults.mutants import Mutant, goldens, mutants
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import read_certificate


def judged(der: bytes, key: str = "signature", **changes: Any) -> list[Evaluated]:
    return judge_certificate(der, CertificateContext(**{**evidence(), **beside(), **changes}), BY_KEY[key])


@pytest.mark.parametrize("golden", goldens(), ids=lambda golden: golden.description)
def test_a_good_certificate_gets_its_own_profile(golden: Mutant) -> None:
    found = profile_of(read_certificate(golden.make()))
    assert found is BY_KEY[golden.profile]


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (
            lambda: good().with_value(oids.CERTIFICATE_POLICIES, policies(oids.PIVI_AUTHENTICATION)),
            "piv-authentication",
        ),
        (lambda: good().with_value(oids.CERTIFICATE_POLICIES, policies("1.2.3")), None),
        (lambda: ca_template(), None),
    ],
)
def test_other_certificates(make: Callable[[], Any], key: str | None) -> None:
    found = profile_of(read_certificate(make().signed()))
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ((2014, 1, 1), "1.7"),
        ((2015, 5, 5), "1.7"),
        ((2017, 7, 17), "1.8"),
        ((2018, 5, 10), "1.9"),
        ((2020, 8, 31), "1.9"),
        ((2020, 9, 1), "2.0"),
        ((2021, 2, 1), "2.1"),
        ((2022, 9, 29), "2.1"),
        ((2022, 9, 30), "2.2"),
        ((2026, 11, 23), "2.2"),
    ],
)
def test_the_version_follows_the_day_of_issue(day: tuple[int, int, int], version: str) -> None:
    assert version_at(datetime(*day, tzinfo=UTC)).name == version


def test_the_user_may_choose_a_version_that_there_is() -> None:
    view = read_certificate(good().signed())
    assert version_of(view, CertificateContext(moment=NOW, profile_version="1.8")).name == "1.8"
    with pytest.raises(UnknownVersion, match=r"3\.0"):
        version_of(view, CertificateContext(moment=NOW, profile_version="3.0"))


def test_an_aggregate_holds_with_all_its_parts_and_fails_with_any() -> None:
    held = aggregate(judged(signature().signed()), SIGNATURE)
    assert held is not None
    assert held.outcome is Outcome.HOLDS
    broken = aggregate(judged(signature().without(oids.AUTHORITY_INFORMATION_ACCESS).signed()), SIGNATURE)
    assert broken is not None
    assert broken.finding is not None
    assert broken.finding.actual == "DPC-CERT-AIA-01, DPC-CERT-AIA-02"
    assert broken.finding.severity == "error"
    untold = aggregate(judged(signature().signed(), issuer=None, crls=()), SIGNATURE)
    assert untold is not None
    assert untold.outcome is Outcome.CANNOT_TELL
    assert "DPC-CERT-SIG-01" in untold.reason


def test_what_a_part_warns_of_the_aggregate_warns_of() -> None:
    warned = aggregate(judged(signature().without(oids.SUBJECT_KEY_IDENTIFIER).signed()), SIGNATURE)
    assert warned is not None
    assert warned.finding is not None
    assert warned.finding.severity == "error"
    private = signature().with_value(oids.SUBJECT_KEY_IDENTIFIER, b"\x04\x14" + bytes(20)).signed()
    found = aggregate(judged(private), SIGNATURE)
    assert found is not None
    assert found.finding is not None
    assert found.finding.severity == "warning"
    untold = aggregate(judged(private, issuer=None, crls=()), SIGNATURE)
    assert untold is not None
    assert untold.outcome is Outcome.CANNOT_TELL


def test_a_fault_of_a_signature_certificate_is_not_held_against_another() -> None:
    evaluations = judged(signature().without(oids.AUTHORITY_INFORMATION_ACCESS).signed())
    found = {one.requirement for one in for_verdicts(evaluations, SIGNATURE) if one.finding}
    assert found == {"DPC-SIG-COMMON-01"}
    assert not {one.requirement for one in for_verdicts(evaluations, SIGNATURE)} & set(SIGNATURE.parts)


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: mutant.description)
def test_the_aggregate_of_a_mutant_follows_from_its_parts(mutant: Mutant) -> None:
    profile = BY_KEY[mutant.profile]
    # Without an anchor nothing is validated: path validation costs a thousand times as much as all the rest.
    told = CertificateContext(**{**evidence(), **mutant.evidence(), "trust_anchors": ()})
    all_ = with_aggregate(judge_certificate(mutant.make(), told, profile), profile)
    failed = {one.requirement for one in all_ if one.finding}
    untold = {one.requirement for one in all_ if one.outcome is Outcome.CANNOT_TELL}
    assert profile.aggregate in (failed | untold if failed & parts_of(profile) else {profile.aggregate} - failed)
    assert len({one.requirement for one in all_}) == len(all_)


def test_profiles_have_names_of_their_own_and_no_rule_twice() -> None:
    assert len(BY_KEY) == len(PROFILES)
    for profile in PROFILES:
        assert len(set(profile.requirements)) == len(profile.requirements), profile.name
        assert set(profile.parts) <= set(profile.requirements), profile.name


def test_a_certificate_that_shall_be_for_signing_but_holds_nothing() -> None:
    assert profile_of(read_certificate(signature().with_value(oids.CERTIFICATE_POLICIES, sequence()).signed())) is None


def test_a_key_is_new_where_the_cards_signature_certificate_is_there_to_compare() -> None:
    for others, expected in (((), Outcome.CANNOT_TELL), (beside()["card_certificates"], Outcome.HOLDS)):
        cards = (evidence()["card_certificate"], *others)
        found = judged(signature().signed(), card_certificates=cards)
        assert next(each for each in found if each.requirement == "DPC-SIG-KEY-01").outcome is expected
