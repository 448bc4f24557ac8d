"""The secure element by itself: whom it obeys, how often one may guess, and what never comes out."""

import copy

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from example_module import OTHER, order

from dpc_conformance.clock import machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.key_attestation import KeyStatement
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.hardware_keys import HardwareKeys
from dpc_conformance.reference.phone.keystore import ActivationNeeded
from dpc_conformance.reference.phone.module_access import ModuleAccess
from dpc_conformance.reference.phone.secure_element import OrderRefused, new_element
from dpc_conformance.reference.pki.device_maker import DeviceMaker
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.roles.phone import KeyNotExportable, WrongActivationSecret

SECRET, WRONG = "plum-orbit-42", "plum-orbit-43"


@pytest.fixture(scope="module")
def servers():
    return TlsAuthority(machine_now(), SeededEntropy("tls"))


@pytest.fixture
def element(servers):
    return new_element(DeviceMaker(machine_now(), SeededEntropy("maker")), [servers.root], SeededEntropy("phone"))


@pytest.fixture
def made(servers, element):
    made = element.make_key(order(servers, element.serial))
    element.protect(made.key.handle, SECRET)
    return made


def test_a_key_is_made_on_the_issuers_order_and_vouched_for(made):
    about, module, root = made.attestation
    assert about.public_key() == made.key.public_key()
    assert KeyStatement.of(about) == KeyStatement("generated", b"challenge")
    about.verify_directly_issued_by(module)
    module.verify_directly_issued_by(root)


def test_a_stranger_commands_nothing(element):
    strangers = TlsAuthority(machine_now(), SeededEntropy("stranger"))
    with pytest.raises(OrderRefused):
        element.make_key(order(strangers, element.serial))


def test_an_order_that_was_altered_or_is_for_another_module_is_refused(servers, element):
    header, payload, signature = order(servers, element.serial).split(".")
    other_payload = order(servers, element.serial, challenge=b"another").split(".")[1]
    for text in (f"{header}.{other_payload}.{signature}", "no order", order(servers, "SE-of-another-phone")):
        with pytest.raises(OrderRefused):
            element.make_key(text)
    assert payload != other_payload


def test_the_first_issuer_stays_the_only_one(servers, element):
    element.make_key(order(servers, element.serial))
    with pytest.raises(OrderRefused):
        element.make_key(order(servers, element.serial, OTHER))
    element.make_key(order(servers, element.serial))


def test_a_key_is_used_with_its_secret_only(element, made):
    signature = element.use(made.key.handle, SECRET).sign(b"data", ec.ECDSA(hashes.SHA256()))
    made.key.public_key().verify(signature, b"data", ec.ECDSA(hashes.SHA256()))
    with pytest.raises(WrongActivationSecret):
        element.use(made.key.handle, WRONG)
    with pytest.raises(LookupError):
        element.use("another", SECRET)


def test_a_key_without_a_secret_yet_is_used_by_nobody(servers, element):
    fresh = element.make_key(order(servers, element.serial))
    with pytest.raises(WrongActivationSecret):
        element.use(fresh.key.handle, "")


def test_the_element_blocks_for_good_at_its_limit(element, made):
    for left in range(element.most_attempts - 1, -1, -1):
        with pytest.raises(WrongActivationSecret) as caught:
            element.use(made.key.handle, WRONG)
        assert caught.value.attempts_left == left
    for _ in range(2):
        with pytest.raises(WrongActivationSecret):
            element.use(made.key.handle, SECRET)


def test_a_success_restores_the_attempts(element, made):
    for _ in range(3):
        for _ in range(element.most_attempts - 1):
            with pytest.raises(WrongActivationSecret):
                element.use(made.key.handle, WRONG)
        element.use(made.key.handle, SECRET)


def test_another_secret_takes_the_place_of_the_current_one(element, made):
    element.change_secret(WRONG, "never")
    element.change_secret(SECRET, "new-orbit-77")
    element.use(made.key.handle, "new-orbit-77")
    with pytest.raises(WrongActivationSecret):
        element.use(made.key.handle, SECRET)


def test_no_private_key_comes_out(element, made):
    used = element.use(made.key.handle, SECRET)
    for key in (made.key, used, copy.copy(used), copy.deepcopy(used)):
        with pytest.raises(KeyNotExportable):
            key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        with pytest.raises(KeyNotExportable):
            key.private_numbers()
    with pytest.raises(KeyNotExportable):
        element.read_back(made.key.handle)


@pytest.fixture
def keys(element, made):
    keys = HardwareKeys(Flash(), element, Recorder())
    keys.install("authentication", made.key, made.attestation[:1], True, SECRET)
    return keys


def test_the_phone_keeps_names_and_certificates_only(keys, made):
    (held,) = keys.credentials()
    assert (held.usage, held.key_generated_on_device) == ("authentication", True)
    assert held.certificate == made.attestation[0].public_bytes(Encoding.DER)
    assert keys.activate("authentication", SECRET).key.public_key() == made.key.public_key()
    with pytest.raises(ActivationNeeded):
        keys.activate("authentication", None)
    with pytest.raises(LookupError):
        keys.activate("signature", SECRET)


def test_what_replaces_a_credential_or_removes_it_destroys_its_key(servers, keys, element, made):
    fresh = element.make_key(order(servers, element.serial))
    keys.install("authentication", fresh.key, fresh.attestation[:1], True, SECRET)
    with pytest.raises(LookupError):
        element.use(made.key.handle, SECRET)
    keys.remove("authentication")
    keys.remove("authentication")
    assert keys.credentials() == ()
    with pytest.raises(LookupError):
        element.use(fresh.key.handle, SECRET)


def test_whoever_owns_the_apps_gets_no_further(servers, keys, made):
    access = ModuleAccess(keys)
    assert access.obeys(order(servers, access.serial))
    assert not access.obeys(order(TlsAuthority(machine_now(), SeededEntropy("stranger")), access.serial))
    assert not access.takes_bare_key(b"whatever")
    with pytest.raises(KeyNotExportable):
        access.read_back(made.attestation[0].public_bytes(Encoding.DER))
    with pytest.raises(LookupError):
        access.read_back(b"another certificate")
