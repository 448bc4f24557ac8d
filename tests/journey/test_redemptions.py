"""How many binding secrets an issuer has accepted, whatever its log calls that."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from dpc_conformance.checks.finding import CannotTell, Finding
from dpc_conformance.evidence.decisions import AuditRecord

AT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("actions", "devices", "used", "answer"),
    [
        (["redeem"], [], 1, type(None)),
        (["redeem", "redeem"], ["phone-1"], 2, type(None)),
        (["issue"], ["phone-1", "phone-1"], 1, type(None)),
        (["issue", "issue"], ["phone-1", "phone-2"], 2, type(None)),
        (["other"], [], 0, CannotTell),
        (["request"], [], 0, Finding),
    ],
)
def test_a_redemption_is_seen_in_the_log_or_in_who_was_served(actions, devices, used, answer):
    from dpc_conformance.fixtures.journey import Ledger

    records = tuple(AuditRecord(AT, "phone-1", action, "a code", "accepted") for action in actions)
    held = tuple(SimpleNamespace(device_id=device) for device in devices)
    issuer = SimpleNamespace(audit=lambda: records, credentials_of=lambda _: held)
    ledger = Ledger(SimpleNamespace(issuer=issuer, cardholder="grace"))
    assert ledger.secrets_used() == used
    assert type(ledger.redemption()) is answer
