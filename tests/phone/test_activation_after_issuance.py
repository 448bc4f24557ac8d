"""The activation secret after issuance: changed, reset, entered ahead; and what a backup holds of the keys."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reference.phone.backups import Backups
from dpc_conformance.reference.phone.documents import signature_over
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.keystore import ActivatedKey, ActivationNeeded, KeyStore, ResetNotPossible
from dpc_conformance.reference.phone.sealing import ScryptSealing
from dpc_conformance.reference.phone.waiting_key import WaitingKey
from dpc_conformance.roles.phone import KeyNotExportable, WrongActivationSecret

START = datetime(2026, 11, 23, tzinfo=UTC)
SECRET, NEW = "plum-orbit-42", "fern-cobalt-77"
UNBLOCKING, NEXT = "unblocking key 1", "unblocking key 2"
USAGE = "authentication"


@pytest.fixture
def flash():
    return Flash()


@pytest.fixture
def key():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def store(flash, key):
    name = x509.Name([])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, START, START + timedelta(days=1))
    store = KeyStore(flash, ScryptSealing(SeededEntropy("seal"), cost=2), Recorder())
    store.install(USAGE, key, (builder.sign(key, hashes.SHA256()),), True, SECRET)
    return store


def block(store):
    for _ in range(store.most_attempts):
        with pytest.raises(WrongActivationSecret):
            store.activate(USAGE, "not this one")


def test_the_current_secret_allows_another_one(store):
    store.change_secret(USAGE, SECRET, NEW)
    store.activate(USAGE, NEW)
    with pytest.raises(WrongActivationSecret):
        store.activate(USAGE, SECRET)


def test_nothing_else_allows_another_one_and_a_wrong_one_counts(store):
    with pytest.raises(ActivationNeeded):
        store.change_secret(USAGE, None, NEW)
    with pytest.raises(WrongActivationSecret):
        store.change_secret(USAGE, "not this one", NEW)
    assert store.attempts_left() == 9
    store.activate(USAGE, SECRET)


@pytest.mark.parametrize("blocked", [False, True])
def test_the_unblocking_key_allows_another_one_once(store, blocked):
    store.prepare_reset(SECRET, UNBLOCKING)
    if blocked:
        block(store)
    store.reset_secret(UNBLOCKING, NEW, NEXT)
    store.activate(USAGE, NEW)
    with pytest.raises(ResetNotPossible):
        store.reset_secret(UNBLOCKING, SECRET, NEXT)
    store.reset_secret(NEXT, SECRET, "unblocking key 3")
    store.activate(USAGE, SECRET)


def test_a_change_leaves_the_way_to_a_reset_open(store):
    store.prepare_reset(SECRET, UNBLOCKING)
    store.change_secret(USAGE, SECRET, NEW)
    store.reset_secret(UNBLOCKING, SECRET, NEXT)
    store.activate(USAGE, SECRET)


def test_a_blocked_key_without_an_unblocking_key_is_destroyed(store, flash):
    block(store)
    assert flash.read("credentials")[USAGE]["sealed"] is None
    with pytest.raises(ResetNotPossible):
        store.reset_secret(UNBLOCKING, NEW, NEXT)


def test_a_key_waits_for_one_use_and_not_for_long(key):
    clock = RunClock(START)
    waiting = WaitingKey(clock, timedelta(minutes=2))
    activated = ActivatedKey(key, ())
    waiting.put(activated)
    clock.advance(timedelta(seconds=119))
    assert waiting.take() is activated
    assert waiting.take() is None
    waiting.put(activated)
    clock.advance(timedelta(minutes=2))
    assert waiting.take() is None
    waiting.put(activated)
    waiting.log_out()
    assert waiting.take() is None


def test_a_backup_holds_certificates_only(store, flash):
    store.prepare_reset(SECRET, UNBLOCKING)
    kept = flash.read("credentials")[USAGE]
    backup = Backups(flash).back_up()
    assert kept["chain"][0].encode() in backup
    assert all(kept[copy]["ciphertext"].encode() not in backup for copy in ("sealed", "for_reset"))
    other = Flash()
    Backups(other).restore(backup)
    restored = KeyStore(other, ScryptSealing(SeededEntropy("seal"), cost=2), Recorder())
    assert [each.usage for each in restored.credentials()] == [USAGE]
    with pytest.raises(LookupError, match="not on this phone"):
        restored.activate(USAGE, SECRET)
    with pytest.raises(KeyNotExportable):
        Backups(flash).export(USAGE)


def test_a_document_is_signed_with_either_kind_of_key(key):
    signature = signature_over(b"text", ActivatedKey(key, ()))
    key.public_key().verify(signature, b"text", ec.ECDSA(hashes.SHA256()))
