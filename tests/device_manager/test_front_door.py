"""Security basics of the device manager's service."""

from datetime import UTC, datetime

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.protocols.device_management import DeviceManagementClient, ManagementRefused, public_jwk
from dpc_conformance.reference.device_manager.app import LARGEST_REQUEST
from dpc_conformance.reference.device_manager.manager import ReferenceDeviceManager
from dpc_conformance.reference.device_manager.parts import LISTENS_AGAIN, MOST_WRONG_SIGNATURES, standard_parts
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.roles.people import Person

MDM = "https://mdm.dpc.example"
ALEX = Person("acct-alex", "Alex", "Archer", "alex@agency.example", "alex.archer@agency.example")


@pytest.fixture
def clock():
    return RunClock(datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.fixture
def manager(clock):
    return ReferenceDeviceManager(
        standard_parts(clock, SeededEntropy("mdm"), lambda *_: None, httpx.Client, "https://idp.dpc.example", [])
    )


@pytest.fixture
def http(manager):
    return httpx.Client(transport=httpx.WSGITransport(manager.app), base_url=MDM)


def client(http, clock, key, device_id):
    made = DeviceManagementClient(http, MDM, key, clock, SeededEntropy(f"requests of {device_id}"))
    made.device_id = device_id
    return made


@pytest.fixture
def phone(manager, http, clock):
    """A phone that is managed."""
    key = ec_key(SeededEntropy("phone"), ec.SECP256R1())
    return client(http, clock, key, manager.register_device(ALEX, "Model", public_jwk(key)).device_id)


def refusal(asking):
    with pytest.raises(ManagementRefused) as caught:
        asking.configuration()
    return caught.value.status, caught.value.reason, caught.value.message


def test_an_answer_does_not_tell_whether_a_phone_is_known(http, clock, phone):
    stranger = ec_key(SeededEntropy("stranger"), ec.SECP256R1())
    known, unknown = client(http, clock, stranger, phone.device_id), client(http, clock, stranger, "no-such-phone")
    assert refusal(known) == refusal(unknown)
    assert refusal(known)[0] == 401


def test_a_retired_phone_is_told_so_when_it_has_signed(manager, phone):
    manager.retire(phone.device_id)
    assert refusal(phone)[:2] == (403, "device-not-registered")


def test_who_signs_wrongly_too_often_is_not_listened_to_for_ten_minutes(http, clock, phone):
    guesser = client(http, clock, ec_key(SeededEntropy("guesser"), ec.SECP256R1()), phone.device_id)
    for _ in range(MOST_WRONG_SIGNATURES):
        assert refusal(guesser)[0] == 401
    assert refusal(phone)[:2] == (429, "too-many-attempts")
    clock.advance(LISTENS_AGAIN)
    assert phone.configuration()


@pytest.mark.parametrize("header", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
@pytest.mark.parametrize("path", ["/devices", "/statements"])
def test_a_form_of_another_site_is_refused(http, path, header):
    assert http.post(path, json={}, headers=header).status_code == 403


def test_every_answer_insists_on_https_and_is_kept_by_nobody(http):
    for path in ("/configuration", "/help/derived-credentials", "/nowhere"):
        answer = http.get(path)
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/devices", "/statements"])
def test_a_body_without_end_is_refused(http, path):
    assert http.post(path, content=bytes(LARGEST_REQUEST + 1)).status_code == 413


def test_it_keeps_no_secret_of_a_phone(manager, phone):
    [managed] = manager.parts.register.of(ALEX.account)
    assert managed.device.device_id == phone.device_id
    assert "d" not in managed.key


def test_used_signatures_are_forgotten_when_they_are_too_old_to_be_used_again(manager, phone, clock):
    for _ in range(5):
        phone.configuration()
    clock.sleep(600)
    phone.configuration()
    assert len(manager.parts.sessions._used) == 1
