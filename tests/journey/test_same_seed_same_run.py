"""The same seed and clock give the same run; another seed gives other serials."""

import json
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from cryptography import x509

from dpc_conformance import HOME
from dpc_conformance.evidence.records import HttpExchange, QrCodeShown

FEATURES = ("features/sanity.feature", "features/journey")
UNLIKE = ("seconds",)
"""What of a journal's events is measured by the machine."""


def made_in(walking, seed):
    """Everything of a walk that the seed and the clock decide."""
    with walking(seed=seed) as walk:
        walk.journey.complete()
        walk.activation.right()
        walk.cast.clock.advance(timedelta(days=8))
        cast = walk.cast
        certificates = [*(each.certificate for each in cast.phone.credentials()), cast.card_certificate]
        certificates += [*cast.trust.anchors, *cast.trust.intermediates]
        audits = (cast.issuer.audit(), cast.identity_provider.audit(), cast.relying_party.audit())
        return {
            # Without the signature: ECDSA is random by its nature.
            "certificates": [x509.load_der_x509_certificate(der).tbs_certificate_bytes for der in certificates],
            "serials": [x509.load_der_x509_certificate(der).serial_number for der in certificates],
            "audit records": audits,
            "order of events": [(type(record).__name__, record.at) for record in cast.recorder.timeline()],
            "addresses": [(each.client, each.method, each.url) for each in cast.recorder.of(HttpExchange)],
            "binding secrets": [each.secret_digest for each in cast.recorder.of(QrCodeShown)],
            "PIN": walk.card.pin,
            "device": cast.phone.device_id,
            "mails": cast.phone.mail(),
        }


@pytest.fixture(scope="module")
def first(walking):
    return made_in(walking, "friday")


def test_the_same_seed_and_clock_give_the_same_walk(walking, first):
    again = made_in(walking, "friday")
    assert [kind for kind in first if first[kind] != again[kind]] == []


def test_another_seed_gives_another_walk(walking, first):
    other = made_in(walking, "monday")
    assert not set(first["serials"]) & set(other["serials"])
    for kind in ("certificates", "binding secrets", "PIN", "device"):
        assert first[kind] != other[kind]


def test_two_runs_with_the_same_seed_write_the_same_journal(tmp_path):
    journals = [journal_of(tmp_path / name) for name in ("one.jsonl", "two.jsonl")]
    assert len(journals[0]) > 30
    assert journals[0] == journals[1]


def journal_of(file):
    command = [sys.executable, "-m", "pytest", "--seed", "friday", "--clock", "2026-05-04", "--journal", str(file)]
    run = subprocess.run(
        [*command, *FEATURES, "-k", "enrols or guessed or restart"],
        cwd=HOME,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    events = [json.loads(line) for line in file.read_text().splitlines()]
    return [without(event) for event in events]


def without(event):
    kept = {name: value for name, value in event.items() if name not in UNLIKE}
    return json.loads(re.sub(r"127\.0\.0\.1:\d+", "a loopback port", json.dumps(kept)))
