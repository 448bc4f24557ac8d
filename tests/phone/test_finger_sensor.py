"""A finger in place of the activation secret: what it opens, and how often it is tried."""

from datetime import UTC, datetime

import pytest

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.reference.phone.finger_sensor import MOST_MISSES, FingerSensor
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.sealing import ScryptSealing
from dpc_conformance.roles.biometric_activation import BiometricMismatch, BiometricNotAccepted

SECRET = "plum-orbit-42"


@pytest.fixture
def flash():
    return Flash()


@pytest.fixture
def sensor(flash):
    made = FingerSensor(flash, ScryptSealing(SeededEntropy("sensor")), RunClock(datetime(2026, 11, 30, tzinfo=UTC)))
    made.enrol("thumb", SECRET)
    return made


def test_an_enrolled_finger_releases_the_secret(sensor):
    sensor.enrol("index", SECRET)
    assert [sensor.release(finger) for finger in ("thumb", "index")] == [SECRET, SECRET]


def test_misses_count_over_a_restart_and_a_hit_restores_them(sensor, flash):
    for _ in range(MOST_MISSES - 1):
        with pytest.raises(BiometricMismatch):
            sensor.release("toe")
    assert sensor.release("thumb") == SECRET
    for _ in range(MOST_MISSES):
        with pytest.raises(BiometricMismatch):
            sensor.release("toe")
    again = FingerSensor(flash, ScryptSealing(SeededEntropy("again")), RunClock(datetime(2026, 12, 1, tzinfo=UTC)))
    with pytest.raises(BiometricNotAccepted):
        again.release("thumb")
    again.count(0)
    assert again.release("thumb") == SECRET


def test_neither_finger_nor_secret_lies_in_the_flash(sensor, flash):
    kept = str(vars(flash))
    assert SECRET not in kept
    assert "thumb" not in kept


def test_a_finger_of_the_device_is_none_of_the_key(sensor):
    sensor.add_to_device("index")
    with pytest.raises(BiometricMismatch):
        sensor.release("index")


def test_a_change_of_the_secret_forgets_the_fingers(sensor):
    sensor.forget()
    with pytest.raises(BiometricNotAccepted):
        sensor.release("thumb")
