"""The words in features/credential are those of the judge, and no requirement of a profile is forgotten."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from pytest_bdd.feature import get_features

from dpc_conformance import HOME
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.checks.aggregates import parts_of
from dpc_conformance.checks.profiles.selection import BY_KEY, PROFILES
from dpc_conformance.checks.registry import Evidence, check_for, checks, load_all
from dpc_conformance.faults.mutants import goldens
from dpc_conformance.fixtures.credential_profiles import CRL, OCSP_RESPONSE, PROFILE_OF, responders_of

NEED_ANOTHER_STORY = {
    "DPC-LC-REKEY-06": "a certificate that replaces another",
    "DPC-LC-RENEW-01": "a certificate that replaces another",
    "DPC-LC-MOD-02": "a certificate that replaces another",
    "DPC-LC-REMAIN-01": "a certificate of an earlier edition",
    "DPC-ISS-ACCRED-02": "a certificate handed in for the yearly test",
    "DPC-KM-REC-07": "a key out of escrow",
    "DPC-LC-LOST-03": "a token that was collected",
}
"""Rules of the profiles that a first enrolment does not touch, and what they are about."""
KINDS = {CRL: Evidence.CRL, OCSP_RESPONSE: Evidence.OCSP_RESPONSE}


class Scenario(NamedTuple):
    """One scenario of features/credential: what it judges, its tags, and the rows of its table."""

    name: str
    judged: str
    tags: set[str]
    then: str
    rows: list[tuple[str, str]]


def scenarios() -> Iterator[Scenario]:
    load_all()
    for feature in get_features([str(HOME / "features" / "credential")]):
        for template in feature.scenarios.values():
            when, then = template.steps[-2:]
            judged = when.name.removeprefix("the ").removesuffix(" is judged by its profile")
            assert then.datatable is not None
            rows = [tuple(cell.value for cell in row.cells) for row in then.datatable.rows[1:]]
            tags = {tag for tag in template.tags if tag in load_catalogue()}
            yield Scenario(template.name, judged, tags, then.name, [(row[0], row[1]) for row in rows])


ALL = list(scenarios())


@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: f"{scenario.judged}: {scenario.name}")
def test_words_and_tags_are_those_of_the_judge(scenario: Scenario) -> None:
    accepted = {identifier: words for profile in PROFILES for identifier, words in profile.accepted.items()}
    kind = KINDS.get(scenario.judged, Evidence.CERTIFICATE)
    for identifier, words in scenario.rows:
        sentence = accepted.get(identifier) or check_for(identifier, kind).sentence
        assert words == sentence.removesuffix(".")
    if scenario.then.endswith("which is made of these"):
        [aggregate] = scenario.tags
        assert aggregate in scenario.then
        profile = BY_KEY[PROFILE_OF[scenario.judged]]
        assert {identifier for identifier, _ in scenario.rows} == parts_of(profile) & set(profile.requirements)
    else:
        assert scenario.tags == {identifier for identifier, _ in scenario.rows}


@pytest.mark.parametrize(("name", "key"), PROFILE_OF.items())
def test_each_profile_is_judged_whole(name: str, key: str) -> None:
    judged = {tag for scenario in ALL if scenario.judged == name for tag in scenario.tags}
    profile = BY_KEY[key]
    assert judged == (profile.own | set(profile.accepted)) - set(NEED_ANOTHER_STORY)


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_each_status_object_is_judged_whole(name: str, kind: Evidence) -> None:
    judged = {tag for scenario in ALL if scenario.judged == name for tag in scenario.tags}
    assert judged == {one.requirement for one in checks(kind)} - set(NEED_ANOTHER_STORY)


def test_a_response_that_the_ca_signed_brings_no_certificate_along() -> None:
    responses = {golden.description: golden.make() for golden in goldens(OCSP_RESPONSE)}
    assert len(responders_of(responses["response: good"])) == 1
    assert responders_of(responses["response: signed by the CA itself"]) == responders_of(b"no response") == ()
