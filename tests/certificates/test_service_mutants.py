"""Every misbehaving service and every wrong signed object yields exactly what it names, and good ones nothing."""

from typing import Any

import pytest

from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.judgement import Evaluated, findings
from dpc_conformance.checks.registry import Evidence, checks
from dpc_conformance.checks.services.context import ServiceContext
from dpc_conformance.checks.services.judge import judge_services
from dpc_conformance.checks.signed_objects.judge import judge_signed_object
from dpc_conformance.faults.mutants import SERVICE, SIGNED_OBJECT, Mutant, goldens, mutants
from dpc_conformance.faults.services.server import evidence
from dpc_conformance.faults.signed_objects.security_objects import DATA, Message


def judged(mutant: Mutant) -> list[Evaluated]:
    if mutant.kind == SIGNED_OBJECT:
        return judge_signed_object(mutant.make(), "Security Object", is_security_object=True)
    told: dict[str, Any] = {**evidence(), **mutant.evidence()}
    return judge_services(mutant.make(), ServiceContext(**told))


@pytest.mark.parametrize("mutant", [*mutants(SERVICE), *mutants(SIGNED_OBJECT)], ids=lambda mutant: mutant.description)
def test_a_mutant_yields_exactly_what_it_names(mutant: Mutant) -> None:
    found = findings(judged(mutant))
    assert set(found) == mutant.yields, [str(one) for one in found.values()]


@pytest.mark.parametrize("mutant", [*goldens(SERVICE), *goldens(SIGNED_OBJECT)], ids=lambda mutant: mutant.description)
def test_a_good_one_yields_nothing(mutant: Mutant) -> None:
    found = findings(judged(mutant))
    assert not found, [str(one) for one in found.values()]


@pytest.mark.parametrize(
    ("kind", "evidence_kind"), [(SERVICE, Evidence.SERVICE), (SIGNED_OBJECT, Evidence.SIGNED_OBJECT)]
)
def test_every_check_has_a_mutant_and_holds_for_some_golden(kind: Any, evidence_kind: Evidence) -> None:
    checked = {one.requirement for one in checks(evidence_kind)}
    assert checked == {requirement for mutant in mutants(kind) for requirement in mutant.yields}
    held = {one.requirement for one in goldens(kind) for one in judged(one) if one.outcome is Outcome.HOLDS}
    assert checked == held


def test_what_was_not_observed_cannot_be_told() -> None:
    found = judge_services((), ServiceContext(**evidence()))
    assert not findings(found)
    assert {one.outcome for one in found} == {Outcome.CANNOT_TELL, Outcome.DOES_NOT_APPLY}


def test_a_chuid_is_no_security_object() -> None:
    found = judge_signed_object(Message().signed(DATA, b"a CHUID"), "CHUID")
    outcomes = {one.requirement: one.outcome for one in found}
    assert outcomes == {"DPC-CRY-SIG-02": Outcome.HOLDS, "DPC-CRY-SO-01": Outcome.DOES_NOT_APPLY}


def test_what_cannot_be_read_cannot_be_told() -> None:
    found = judge_signed_object(b"\x30\x03\x02\x01\x00", "Security Object", is_security_object=True)
    assert {one.outcome for one in found} == {Outcome.CANNOT_TELL}
