"""An export of the audit log holds everything up to its moment, each decision as often as it was made."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from timelines import AT, DAY, HOLDER, HOUR, MINUTE, SECOND, entry, facts

from dpc_conformance.checks.flow.audit_log import every_decision_is_on_record
from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.audit_log import AttemptRefused, AuditLogExported
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.audit_export import AuditExporter
from dpc_conformance.reference.issuer.store import Store


@pytest.fixture
def log(tmp_path):
    """Writes decisions, an hour apart, into a log of its own: what is on record, and its export."""
    opened = []

    def written(name, *actions):
        store, clock = Store(tmp_path / name), RunClock(AT)
        opened.append(store)
        audit = AuditLog(store, clock)
        for action in actions:
            with store.write() as connection:
                audit.accept(connection, "sponsor", action, "grace.goode")
            clock.advance(HOUR)
        return audit.records(), AuditExporter(store, clock, ec.generate_private_key(ec.SECP256R1())).export()

    yield written
    for store in opened:
        store.close()


DECISIONS = ("approve", "request", "approve", "request", "sign-in")


@pytest.mark.parametrize(
    ("exported", "holds"),
    [
        (DECISIONS, True),
        (DECISIONS[:-1], False),
        (DECISIONS[1:], False),
        ((*DECISIONS[:3], "request", "request"), False),
        (("approve", *DECISIONS), True),
    ],
)
def test_an_export_lacks_nothing_from_before_it(log, exported, holds):
    on_record, _ = log("issuer.sqlite", *DECISIONS)
    _, export = log("export.sqlite", *exported)
    handed_out = AuditLogExported(AT + DAY, export.content, export.seal_key)
    assert (every_decision_is_on_record(facts([handed_out], on_record)) is None) is holds


def test_what_a_product_logs_beside_decisions_is_not_missed(log):
    on_record, _ = log("issuer.sqlite", *DECISIONS, "other")
    _, export = log("export.sqlite", *DECISIONS, "BACKUP-DONE")
    handed_out = AuditLogExported(AT + DAY, export.content, export.seal_key)
    assert every_decision_is_on_record(facts([handed_out], on_record)) is None


def test_a_log_from_before_the_scenario_is_longer_than_what_is_new(log):
    on_record, export = log("issuer.sqlite", *DECISIONS)
    handed_out = AuditLogExported(AT + 5 * HOUR, export.content, export.seal_key)
    later = replace(on_record[-1], at=AT + 5 * HOUR + SECOND, action="deliver")
    assert every_decision_is_on_record(facts([handed_out], [on_record[2], later])) is None


def test_each_refusal_has_an_entry_of_its_own_whatever_it_says():
    approved = entry("approve", HOLDER, AT, "sponsor")
    refused = [entry("redeem", "phone-1", AT + after, outcome="refused") for after in (SECOND, MINUTE)]
    tried = [AttemptRefused(AT, "redeem"), AttemptRefused(AT + MINUTE, "redeem")]
    assert every_decision_is_on_record(facts(tried, [approved, *refused])) is None
    assert every_decision_is_on_record(facts(tried, [approved, refused[0]]))


def test_what_was_decided_after_the_export_is_not_missed(log):
    on_record, _ = log("issuer.sqlite", *DECISIONS)
    _, export = log("export.sqlite", *DECISIONS[:3])
    handed_out = AuditLogExported(AT + 2 * HOUR, export.content, export.seal_key)
    assert every_decision_is_on_record(facts([handed_out], on_record)) is None
