"""The key store keeps keys sealed, counts wrong secrets over a restart, and disables after ten in a row."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.keys import DeviceKeys
from dpc_conformance.reference.phone.keystore import ActivationNeeded, KeyStore
from dpc_conformance.reference.phone.sealing import ScryptSealing
from dpc_conformance.roles.phone import WrongActivationSecret

START = datetime(2020, 6, 1, tzinfo=UTC)
SECRET = "plum-orbit-42"


def certificate_of(key):
    name = x509.Name([])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, START, START + timedelta(days=1))
    return builder.sign(key, hashes.SHA256())


@pytest.fixture
def flash():
    return Flash()


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def start(flash, recorder):
    """The key store as it is after each start of the phone."""
    return lambda: KeyStore(flash, ScryptSealing(SeededEntropy("seal"), cost=2), recorder)


@pytest.fixture
def key():
    return DeviceKeys(SeededEntropy("keys")).credential_key("authentication")


@pytest.fixture
def installed(start, key):
    store = start()
    store.install("authentication", key, (certificate_of(key),), True, SECRET)
    return store


def wrong(store, times):
    for _ in range(times):
        with pytest.raises(WrongActivationSecret):
            store.activate("authentication", "not this one")


def test_the_right_secret_gives_the_key_and_its_chain(installed, key):
    activated = installed.activate("authentication", SECRET)
    assert activated.key.private_numbers() == key.private_numbers()
    assert activated.chain == (installed.credentials()[0].certificate,)
    assert "private" not in repr(activated).lower()


def test_the_key_does_not_lie_around_in_the_clear(installed, flash, key):
    kept = json.dumps(flash.read("credentials"))
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    assert der.hex() not in kept
    assert SECRET not in kept


def test_success_restores_the_counter(installed):
    wrong(installed, 9)
    assert installed.attempts_left() == 1
    installed.activate("authentication", SECRET)
    assert installed.attempts_left() == 10


def test_the_counter_survives_a_restart(installed, start):
    wrong(installed, 6)
    again = start()
    assert again.attempts_left() == 4
    with pytest.raises(WrongActivationSecret) as refused:
        again.activate("authentication", "not this one")
    assert refused.value.attempts_left == 3


def test_after_ten_wrong_secrets_the_right_one_does_not_help(installed, start):
    wrong(installed, 10)
    for store in (installed, start()):
        with pytest.raises(WrongActivationSecret) as refused:
            store.activate("authentication", SECRET)
        assert refused.value.attempts_left == 0


def test_a_key_store_after_a_restart_counts_on(installed):
    wrong(installed, 9)
    assert installed.after_restart().attempts_left() == 1


def test_a_new_credential_does_not_revive_disabled_ones(installed, key):
    wrong(installed, 10)
    other = ec.generate_private_key(ec.SECP256R1())
    installed.restore_attempts()
    installed.install("signature", other, (certificate_of(other),), True, SECRET)
    installed.activate("signature", SECRET)
    with pytest.raises(WrongActivationSecret):
        installed.activate("authentication", SECRET)


def test_no_secret_no_key(installed):
    with pytest.raises(ActivationNeeded):
        installed.activate("authentication", None)
    assert installed.attempts_left() == 10


def test_an_unknown_usage_is_no_attempt(installed):
    with pytest.raises(LookupError):
        installed.activate("signature", SECRET)


def test_keys_are_fresh_but_the_same_for_the_same_entropy():
    one, same = DeviceKeys(SeededEntropy("k")), DeviceKeys(SeededEntropy("k"))
    first, second = one.credential_key("authentication"), one.credential_key("signature")
    assert first.private_numbers() != second.private_numbers()
    assert same.credential_key("authentication").private_numbers() == first.private_numbers()


def test_rsa_needs_the_pool():
    with pytest.raises(ValueError, match="RSA keys with a pool"):
        DeviceKeys(SeededEntropy("k"), kind="RSA-2048")
