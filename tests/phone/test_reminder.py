"""The app reminds of each credential once, between four fifths of its lifetime and its replacement."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.reference.phone.reminder import Reminder
from dpc_conformance.roles.phone import InstalledCredential

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def installed(serial):
    """One authentication certificate."""
    key, name = ec.derive_private_key(7, ec.SECP256R1()), x509.Name([])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(serial)
    built = built.not_valid_before(BEGIN).not_valid_after(BEGIN + timedelta(days=100)).public_key(key.public_key())
    der = built.sign(key, SHA256()).public_bytes(Encoding.DER)
    return (InstalledCredential("authentication", der, True),)


@pytest.mark.parametrize(("days", "reminded"), [(0, False), (79, False), (80, True), (101, True)])
def test_when_it_is_time(days, reminded):
    assert bool(Reminder().look(installed(1), BEGIN + timedelta(days=days))) is reminded


def test_once_for_each_certificate_and_gone_with_it():
    reminder, held, due = Reminder(), installed(1), BEGIN + timedelta(days=80)
    [shown] = reminder.look(held, due)
    assert reminder.look(held, due + timedelta(days=1)) == ()
    assert reminder.waiting(held) == (shown,)
    assert reminder.waiting(installed(2)) == ()
