"""Every misbehaving service and every wrong signed object yields exactly what it names, and good ones nothing."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.judgement import Evaluated, findings
from dpc_conformance.checks.registry import Evidence, checks
from dpc_conformance.checks.services.context import ServiceContext
from dpc_conformance.checks.services.judge import judge_services
from dpc_conformance.checks.signed_objects.judge import judge_signed_object
from dpc_conformance.evidence.observations import Fetched, StatusChanged
from dpc_conformance.faults.certificates.encoding import integer, utc_time
from dpc_conformance.faults.certificates.material import CRL_URI, NOT_AFTER, NOW, SERIAL
from dpc_conformance.faults.certificates.template import ExtensionParts
from dpc_conformance.faults.mutants import SERVICE, SIGNED_OBJECT, Mutant, goldens, mutants
from dpc_conformance.faults.services.server import HOUR, Server, evidence, listing
from dpc_conformance.faults.signed_objects.security_objects import DATA, Message
from dpc_conformance.faults.status.material import CrlTemplate
from dpc_conformance.formats import oids


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


def outcome(requirement: str, *observed: Any, **told: Any) -> Outcome:
    found = judge_services(observed, ServiceContext(**{**evidence(), **told}))
    return next(one.outcome for one in found if one.requirement == requirement)


def crl_at(fetched: datetime, made: datetime, lasts: timedelta, number: int, **parts: Any) -> Fetched:
    extensions = (CrlTemplate().extensions[0], ExtensionParts(oids.CRL_NUMBER, integer(number)))
    dates = {"this_update": utc_time(made), "next_update": utc_time(made + lasts)}
    content = CrlTemplate(**{**dates, "extensions": extensions, **parts}).signed()
    return Fetched(fetched, "crl", CRL_URI, 200, "application/pkix-crl", content)


WEEK, DAY = 180 * HOUR, 24 * HOUR


def test_one_list_that_is_served_for_days_has_no_successor_in_time() -> None:
    hourly = [crl_at(NOW - 3 * DAY + hours * HOUR, NOW - 3 * DAY, WEEK, 7) for hours in range(60)]
    assert outcome("DPC-CRL-TIME-02", *hourly[:20], longest=WEEK) is Outcome.HOLDS
    assert outcome("DPC-CRL-TIME-02", *hourly, longest=WEEK) is Outcome.FAILS


@pytest.mark.parametrize(("number", "expected"), [(101, Outcome.FAILS), (105, Outcome.CANNOT_TELL)])
def test_whoever_looked_away_cannot_tell_what_came_in_between(number: int, expected: Outcome) -> None:
    first = crl_at(NOW - 70 * HOUR, NOW - 72 * HOUR, 36 * HOUR, 100)
    second = crl_at(NOW - 10 * HOUR, NOW - 12 * HOUR, 36 * HOUR, number)
    assert outcome("DPC-CRL-TIME-02", first, second) is expected


def test_a_list_without_an_end_tells_nothing_about_its_life() -> None:
    endless = crl_at(NOW - HOUR, NOW - 2 * HOUR, HOUR, 7, next_update=b"")
    assert outcome("DPC-CRL-TIME-02", endless) is Outcome.CANNOT_TELL


def test_that_an_entry_stays_is_told_by_lists_that_have_it() -> None:
    asked = StatusChanged(NOW - 40 * HOUR, "revoke", SERIAL, NOT_AFTER)
    listed = Server(entries=listing(SERIAL, NOW - 41 * HOUR))
    assert outcome("DPC-LC-REVLIST-01", asked) is Outcome.CANNOT_TELL
    assert outcome("DPC-LC-REVLIST-01", *Server().observed(asked)) is Outcome.CANNOT_TELL
    assert outcome("DPC-LC-REVTIME-01", *Server().observed(asked)) is Outcome.FAILS
    assert outcome("DPC-LC-REVLIST-01", *listed.observed(asked)) is Outcome.HOLDS


@pytest.mark.parametrize(("kind", "requirement"), [("ocsp", "DPC-OCSP-AVAIL-01"), ("crl", "DPC-CRL-AVAIL-01")])
@pytest.mark.parametrize(("status", "expected"), [(503, Outcome.FAILS), (200, Outcome.HOLDS)])
def test_an_error_at_once_is_no_answer(kind: Any, requirement: str, status: int, expected: Outcome) -> None:
    seen = [Fetched(NOW + number * HOUR, kind, CRL_URI, status) for number in range(20)]
    assert outcome(requirement, *seen) is expected


def test_a_chuid_is_no_security_object() -> None:
    found = judge_signed_object(Message().signed(DATA, b"a CHUID"), "CHUID")
    outcomes = {one.requirement: one.outcome for one in found}
    assert outcomes == {"DPC-CRY-SIG-02": Outcome.HOLDS, "DPC-CRY-SO-01": Outcome.DOES_NOT_APPLY}


def test_what_cannot_be_read_cannot_be_told() -> None:
    found = judge_signed_object(b"\x30\x03\x02\x01\x00", "Security Object", is_security_object=True)
    assert {one.outcome for one in found} == {Outcome.CANNOT_TELL}
