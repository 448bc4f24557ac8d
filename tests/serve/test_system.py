"""The system that `dpc serve` casts: it works, its time passes, and what it keeps is there again."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from enrolled import SECRET, enrol

from dpc_conformance.casting_served import ClockGoesBack, serve_system
from dpc_conformance.clock import LiveClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.faults.registry import fault_named
from dpc_conformance.formats import audit_chain
from dpc_conformance.reference.device_manager.held import HeldCredentials
from dpc_conformance.reference.device_manager.register import DeviceRegister
from dpc_conformance.reference.kept_state import DEVICES, FILE, PHONE, KeptState, StateError
from dpc_conformance.reference.pki.keys import default_folder
from dpc_conformance.roles.phone import WrongActivationSecret

START = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def restarted(tmp_path_factory):
    """A system in which somebody enrolled and lost the phone, and what is there after the next start."""
    folder = tmp_path_factory.mktemp("state")
    rsa = folder / "rsa"
    rsa.symlink_to(default_folder())  # making keys would take most of the time
    with serve_system(folder, START, {}, ()) as first:
        cast = first.cast
        assert enrol(cast, cast.phone).title == "Your mobile smart card is ready"
        lost = cast.issuer.credentials_of(cast.cardholder)
        at_kiosk = cast.workstation
        at_kiosk.browse(cast.issuer.kiosk_address)
        at_kiosk.sign_in_with_card(cast.pin)
        at_kiosk.choose("Report a lost or stolen phone")
        at_kiosk.choose(f"Revoke what is on phone {cast.phone.device_id}")
        first.move(timedelta(days=2))
        devices = cast.device_manager.devices_of(cast.cardholder)
        before = {
            "devices": devices, "card": cast.card_certificate, "pin": cast.pin, "audit": cast.issuer.audit(),
            "roots": first.tls_root,
        }  # fmt: skip
        stood = first.clock.now()
    with serve_system(folder, None, {}, ()) as second:
        yield first, second, before, lost, stood


def serial(certificate):
    return x509.load_der_x509_certificate(certificate).serial_number


def test_card_and_authorities_are_the_same_again(restarted):
    first, second, before, *_ = restarted
    assert second.cast.pin == before["pin"]
    assert serial(second.cast.card_certificate) == serial(before["card"])
    assert second.authorities[-1] == first.authorities[-1]
    assert second.tls_root.public_key() == before["roots"].public_key()


def test_the_issuer_knows_what_it_knew(restarted):
    _, second, before, lost, _ = restarted
    known = second.cast.issuer.credentials_of(second.cast.cardholder)
    assert [each.certificate for each in known] == [each.certificate for each in lost]
    assert {each.status for each in known} == {"revoked"}
    records = second.cast.issuer.audit()
    assert records[: len(before["audit"])] == before["audit"]
    assert not [each for each in records[len(before["audit"]) :] if each.action == "open-account"]
    export = second.cast.issuer.audit_export()
    assert audit_chain.read_audit_chain(export.content).misfit is None


def test_what_was_revoked_stays_on_the_crl(restarted):
    _, second, _, lost, _ = restarted
    crls = second.cast.trust.crls_of(tuple(each.certificate for each in lost))
    listed = {entry.serial_number for crl in crls for entry in x509.load_der_x509_crl(crl)}
    assert {serial(each.certificate) for each in lost} <= listed


def test_time_does_not_go_back(restarted):
    first, second, _, _, stood = restarted
    assert second.clock.now() >= stood - timedelta(seconds=1)
    folder = second.folder
    with pytest.raises(StateError, match="another system is running with it"), serve_system(folder, None, {}, ()):
        pass


def test_another_phone_can_enrol_after_the_restart(restarted):
    cast = restarted[1].cast
    assert enrol(cast, cast.another_phone()).title == "Your mobile smart card is ready"


def test_the_device_manager_knows_its_phones(restarted):
    _, second, before, _, _ = restarted
    cast = second.cast
    assert before["devices"] == cast.device_manager.devices_of(cast.cardholder)[:1]
    assert cast.phone.open_company_portal().title == "This device is managed"


def test_a_phone_uses_its_credential_after_the_restart(tmp_path):
    (tmp_path / "rsa").symlink_to(default_folder())
    with serve_system(tmp_path, START, {}, ()) as first:
        enrol(first.cast, first.cast.phone)
        held = first.cast.phone.credentials()
    with serve_system(tmp_path, None, {}, ()) as second:
        cast, phone = second.cast, second.cast.phone
        assert phone.credentials() == held != ()
        assert phone.open_company_portal().title == "This device is managed"
        assert cast.device_manager.devices_of(cast.cardholder)[0].state == "enrolled"
        address = cast.relying_party.address
        with pytest.raises(WrongActivationSecret):
            phone.open_with_credential(address, "wrong1")
        assert phone.open_with_credential(address, SECRET).title == "Example Agency Application"
        assert phone.credentials() == held
    assert (tmp_path / PHONE).stat().st_mode & 0o077 == 0
    assert SECRET not in (tmp_path / PHONE).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "content"),
    [(PHONE, ""), (PHONE, "[]"), (DEVICES, ""), (DEVICES, "[]"), (DEVICES, '{"devices": [{}], "held": {}}')],
)
def test_a_phone_or_list_that_is_none_is_one_sentence(tmp_path, name, content):
    file = tmp_path / name
    file.write_text(content)
    state, register = KeptState(tmp_path, START, None, "00"), DeviceRegister(SeededEntropy("any"))
    with pytest.raises(StateError, match=f"{name}: expected the (memory|list) of") as error:
        state.flash() if name == PHONE else state.keep_devices(register, HeldCredentials())
    assert "\n" not in str(error.value)
    assert file.read_text() == content


def test_a_clock_before_the_system_s_own_is_refused(tmp_path):
    (tmp_path / FILE).write_text(f'{{"seed": "00", "made": "{START.isoformat()}", "ahead_seconds": 1e8}}')
    with pytest.raises(ClockGoesBack, match="does not go back"), serve_system(tmp_path, START, {}, ()):
        pass


@pytest.mark.parametrize("content", ["", "[]", '{"seed": "00", "made": "yesterday", "ahead_seconds": 0}'])
def test_a_state_that_is_none_is_one_sentence(tmp_path, content):
    (tmp_path / FILE).write_text(content)
    with pytest.raises(StateError, match="expected what an earlier start wrote there"):
        serve_system(tmp_path, None, {}, ()).__enter__()


def test_whoever_sleeps_wakes_when_the_clock_is_moved():
    clock, awake = LiveClock(START), threading.Event()
    sleeper = threading.Thread(target=lambda: (clock.sleep(3600), awake.set()), daemon=True)
    sleeper.start()
    while not awake.wait(0.01):
        clock.advance(timedelta(hours=1))
    sleeper.join(5)
    assert not sleeper.is_alive()


def test_time_passes_as_long_as_it_is_served():
    clock, passed = LiveClock(START), threading.Event()
    clock.at(START + timedelta(milliseconds=1), passed.set)
    with clock.going():
        assert passed.wait(10)
        end = clock.now() + timedelta(days=1)
    clock.sleep((end - clock.now()).total_seconds())  # it has stopped: nobody waits for it
    assert START < clock.now() < end


@pytest.mark.parametrize(
    ("faults", "title"),
    [((), "Request refused"), (("issuer accepts a revoked PIV Card",), "My ID")],
    ids=["good", "bad"],
)
def test_a_seeded_defect_is_in_what_is_served(faults, title):
    with serve_system(None, None, {}, [fault_named(name).swap for name in faults]) as served:
        cast = served.cast
        card, pin = cast.card_stock.take("revoked")
        cast.workstation.insert_card(card)
        cast.workstation.browse(cast.issuer.kiosk_address)
        assert cast.workstation.sign_in_with_card(pin).title == title
