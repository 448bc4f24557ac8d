"""Key store and secure element as one: apps and finger sensor find a key wherever it is."""

import pytest
from example_module import order

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reference.phone.credential_stores import CredentialStores
from dpc_conformance.reference.phone.finger_sensor import FingerSensor
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.hardware_keys import HardwareKeys
from dpc_conformance.reference.phone.keystore import KeyStore
from dpc_conformance.reference.phone.module_key import ModuleKey
from dpc_conformance.reference.phone.sealing import ScryptSealing
from dpc_conformance.reference.phone.secure_element import new_element
from dpc_conformance.reference.pki.device_maker import DeviceMaker
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.roles.phone import WrongActivationSecret

SECRET, NEW = "plum-orbit-42", "plum-orbit-43"


@pytest.fixture
def flash():
    return Flash()


@pytest.fixture
def stores(flash):
    """A hardware credential for authentication, one in software for signatures."""
    servers = TlsAuthority(machine_now(), SeededEntropy("tls"))
    element = new_element(DeviceMaker(machine_now(), SeededEntropy("maker")), [servers.root], SeededEntropy("phone"))
    made = element.make_key(order(servers, element.serial))
    hardware = HardwareKeys(flash, element, Recorder())
    hardware.install("authentication", made.key, made.attestation[:1], True, SECRET)
    software = KeyStore(flash, ScryptSealing(SeededEntropy("sealing")), Recorder())
    software.install("signature", ec_key(SeededEntropy("key"), made.key.curve), made.attestation[1:2], True, SECRET)
    return CredentialStores(software, hardware)


def test_each_credential_is_found_where_its_key_is(stores):
    assert {each.usage for each in stores.credentials()} == {"authentication", "signature"}
    assert stores.private_keys() == 2
    assert isinstance(stores.activate("authentication", SECRET).key, ModuleKey)
    assert not isinstance(stores.activate("signature", SECRET).key, ModuleKey)
    assert [len(stores.chain_of(usage)) for usage in ("authentication", "signature")] == [1, 1]
    with pytest.raises(LookupError):
        stores.activate("key-management", SECRET)


def test_what_is_removed_is_gone_from_both(stores):
    for held in stores.credentials():
        stores.remove(held.usage)
    assert (stores.credentials(), stores.private_keys()) == ((), 0)


def test_the_same_key_under_another_certificate_stays_in_the_element(stores):
    hardware = stores.of("authentication")
    held = stores.activate("authentication", SECRET).key
    _, module, _ = hardware.element._attestation_key.attest(held.public_key(), b"")
    hardware.install("authentication", held, (module,), True, SECRET)
    assert stores.activate("authentication", SECRET).key.public_key() == held.public_key()


def test_a_finger_opens_the_element_as_long_as_its_secret_is_the_one(stores, flash):
    sensor = FingerSensor(flash, ScryptSealing(SeededEntropy("sensor")), RunClock(machine_now()))
    sensor.enrol("thumb", SECRET)
    assert isinstance(stores.activate("authentication", sensor.release("thumb")).key, ModuleKey)
    stores.change_secret("authentication", SECRET, NEW)
    with pytest.raises(WrongActivationSecret):
        stores.activate("authentication", sensor.release("thumb"))
    assert isinstance(stores.activate("authentication", NEW).key, ModuleKey)
