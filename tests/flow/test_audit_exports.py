"""An export of the audit log holds everything up to its moment, each decision as often as it was made."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from timelines import AT, DAY, HOUR, facts

from dpc_conformance.checks.flow.audit_log import every_decision_is_on_record
from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.audit_log import AuditLogExported
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


def test_what_was_decided_after_the_export_is_not_missed(log):
    on_record, _ = log("issuer.sqlite", *DECISIONS)
    _, export = log("export.sqlite", *DECISIONS[:3])
    handed_out = AuditLogExported(AT + 2 * HOUR, export.content, export.seal_key)
    assert every_decision_is_on_record(facts([handed_out], on_record)) is None
