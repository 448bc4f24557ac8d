"""Which of the documents in an issuer's register count, and what they have to say."""

from dataclasses import replace
from datetime import date

import pytest
from timelines import AT, credential, facts

from dpc_conformance.checks.finding import CannotTell, Finding
from dpc_conformance.checks.flow import documents
from dpc_conformance.evidence.documents import (
    ConfigurationShown,
    DocumentsShown,
    MaintenancePractice,
    ProcessDocument,
    RenewalAsked,
)
from dpc_conformance.evidence.maintenance import MaintenanceEnded
from dpc_conformance.formats import oids

APPROVED = ProcessDocument(
    location="processes.md",
    title="Processes",
    version="1",
    dated=date(2026, 1, 1),
    approved_by="The officer",
    approved_on=date(2026, 1, 2),
    approved_digest="ab" * 32,
    digest="ab" * 32,
    processes=documents.PROCESSES,
)
DRAFT = replace(APPROVED, version="2", dated=date(2026, 11, 1), approved_by="", approved_on=None, approved_digest="")
NEXT_YEAR = replace(APPROVED, dated=date(2027, 1, 1), approved_on=date(2027, 1, 2))


@pytest.mark.parametrize(
    ("register", "answer"),
    [
        ([APPROVED], type(None)),
        ([APPROVED, DRAFT], type(None)),
        ([APPROVED, NEXT_YEAR], type(None)),
        ([DRAFT], Finding),
        ([NEXT_YEAR], Finding),
        ([replace(APPROVED, digest="AB" * 32)], type(None)),
        ([replace(APPROVED, digest="cd" * 32)], Finding),
        ([replace(APPROVED, digest="", approved_digest="")], CannotTell),
        ([replace(APPROVED, digest="", approved_by="")], Finding),
        ([], Finding),
    ],
)
def test_what_is_approved_and_in_force_counts(register, answer):
    known = facts([DocumentsShown(AT, tuple(register))])
    assert type(documents.every_process_is_documented(known)) is answer


STATED = MaintenancePractice((oids.DERIVED_PIV_AUTH,), False, True, True, 1, None, 1)
STATEMENT = replace(APPROVED, processes=(documents.PRACTICE_STATEMENT,), practice=STATED)
FORMER, NEW = credential("former", status="revoked"), credential("new")


def practised(*register, held=(FORMER, NEW)):
    ended = MaintenanceEnded(AT, "phone", True, NEW.certificate)
    seen = [DocumentsShown(AT, register), ConfigurationShown(AT, STATED), RenewalAsked(AT, False), ended]
    return documents.practice_is_as_stated(facts(seen, credentials=held))


def test_the_newest_practice_statement_in_force_is_the_one_that_binds():
    superseded = replace(
        STATEMENT, dated=date(2025, 1, 1), approved_on=date(2025, 1, 2), practice=replace(STATED, renewal=True)
    )
    assert practised(STATEMENT) is None
    assert practised(superseded, STATEMENT) is None
    assert practised(superseded)


def test_only_what_was_replaced_is_a_former_certificate():
    assert practised(STATEMENT, held=(FORMER, NEW, credential("tablet", device_id="tablet-1"))) is None
    assert practised(STATEMENT, held=(replace(FORMER, status="delivered"), NEW))
