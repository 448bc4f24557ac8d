"""Profiles: who is told of them, when they go to a phone, and what ends them."""

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from example_tenant import ALEX, BOTH, ISSUER, MDM, START

from dpc_conformance.protocols.device_management import ManagementRefused
from dpc_conformance.protocols.device_profiles import fingerprint
from dpc_conformance.roles.device_manager import DerivedCredentialSetting, ManagedApp
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.profiles import ANOTHER, AppProfile, MailProfile, VpnProfile, WifiProfile

WIFI = WifiProfile("Office Wi-Fi", "office")
GUEST = WifiProfile("Guest Wi-Fi", "guest", credential=ANOTHER)
MAIL = MailProfile("Work mail", ALEX.mail)
LIFE = dt.timedelta(days=100)
SETUP, RENEW, OPEN = "Set up mobile smart card access", "Renew mobile smart card access", "Open Company Portal"


def certificate(serial, begin=START):
    """A certificate (DER) that lives for a hundred days."""
    key, name = ec.derive_private_key(7, ec.SECP256R1()), x509.Name([])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(serial)
    built = built.not_valid_before(begin).not_valid_after(begin + LIFE).public_key(key.public_key())
    return built.sign(key, SHA256()).public_bytes(Encoding.DER)


FIRST = {"authentication": certificate(1)}
ALL = FIRST | {"signature": certificate(2), "key-management": certificate(3)}


@pytest.fixture
def enrolled(manager, phone, id_token):
    """A phone of a tenant that has an issuer and no profile."""
    manager.configure_issuer(BOTH)
    device = phone()
    device.enrol(id_token(), "Model 1")
    return device


@pytest.fixture
def holding(manager, enrolled):
    """The same phone, with a credential that was obtained from the issuer."""
    manager.target(ALEX)
    enrolled.statement(ISSUER)
    enrolled.check_in(FIRST)
    return enrolled


def told(device):
    return [each.title for each in device.notifications()]


@pytest.mark.parametrize("profile", [WIFI, VpnProfile("VPN", "vpn.example"), MAIL, AppProfile("Apps")])
def test_a_profile_that_needs_a_credential_asks_for_one(manager, enrolled, sent, profile):
    manager.deploy(profile, ALEX)
    assert told(enrolled) == [SETUP]
    assert [subject for _, subject, _ in sent] == [SETUP]
    assert enrolled.configuration().issuer_address == ISSUER
    answer = enrolled.check_in({})
    assert (answer.managed, answer.credential_stands, answer.profiles) == (True, True, ())


def test_a_profile_that_needs_none_is_deployed_and_told_to_nobody(manager, enrolled, sent):
    manager.deploy(GUEST, ALEX)
    assert (told(enrolled), sent) == ([], [])
    assert enrolled.configuration().issuer_address is None
    assert [each.profile for each in enrolled.check_in({}).profiles] == [GUEST]


def test_whoever_enrols_later_is_asked_because_of_the_profile(manager, phone, id_token):
    manager.configure_issuer(BOTH)
    manager.deploy(WIFI, ALEX)
    device = phone()
    device.enrol(id_token(), "Model 1")
    assert told(device) == [SETUP]


@pytest.mark.parametrize("order", ["deploy last", "enrol last", "configure last"])
def test_people_are_asked_once_and_only_when_all_is_in_place(manager, phone, id_token, sent, order):
    device = phone()
    steps = {
        "deploy": lambda: manager.deploy(WIFI, ALEX),
        "enrol": lambda: device.enrol(id_token(), "Model 1"),
        "configure": lambda: manager.configure_issuer(BOTH),
    }
    final = steps.pop(order.split()[0])
    for step in steps.values():
        step()
    assert sent == []
    final()
    assert told(device) == [subject for _, subject, _ in sent] == [SETUP]


def test_a_tenant_without_profiles_manages_none(enrolled):
    assert not enrolled.check_in({}).managed


def test_a_profile_names_the_certificates_that_it_uses(manager, holding):
    manager.deploy(WIFI, ALEX)
    manager.deploy(MAIL, ALEX)
    [wifi] = holding.check_in(FIRST).profiles
    assert (wifi.profile, wifi.fingerprints) == (WIFI, (fingerprint(FIRST["authentication"]),))
    assert [each.profile for each in holding.check_in(ALL).profiles] == [WIFI, MAIL]


@pytest.mark.parametrize(
    ("signing", "encryption", "usages"),
    [(ANOTHER, ANOTHER, ()), ("derived credential", ANOTHER, ("signature",))],
)
def test_a_mail_profile_needs_what_its_types_say(signing, encryption, usages):
    assert MailProfile("Mail", ALEX.mail, signing, encryption).usages == usages


def test_an_edit_is_told_again_and_the_same_profile_again_is_none(manager, holding):
    manager.deploy(WIFI, ALEX)
    manager.deploy(WIFI, ALEX)
    assert len(told(holding)) == 2
    edited = WifiProfile("Office Wi-Fi", "office-2")
    manager.deploy(edited, ALEX)
    assert [title.startswith(OPEN) for title in told(holding)] == [False, True, True]
    assert [each.profile for each in holding.check_in(FIRST).profiles] == [edited]


def test_a_profile_for_more_than_the_phone_holds_leads_to_the_setup(manager, holding):
    manager.deploy(MAIL, ALEX)
    assert told(holding) == [SETUP, SETUP]


def test_a_new_credential_redeploys(manager, holding):
    manager.deploy(WIFI, ALEX)
    holding.check_in(FIRST)
    new = {"authentication": certificate(9)}
    assert holding.check_in(new).profiles[0].fingerprints == (fingerprint(new["authentication"]),)


def test_a_deleted_issuer_ends_what_came_from_it(manager, holding):
    manager.deploy(WIFI, ALEX)
    manager.delete_issuer()
    answer = holding.check_in(FIRST)
    assert (answer.credential_stands, answer.profiles) == (False, ())
    assert holding.configuration().issuer_address is None
    assert holding.check_in({}).credential_stands
    with pytest.raises(LookupError):
        manager.delete_issuer()


def test_the_same_issuer_again_is_another_issuer(manager, holding):
    manager.deploy(WIFI, ALEX)
    before = len(told(holding))
    manager.delete_issuer()
    manager.configure_issuer(BOTH)
    assert told(holding)[before:] == [SETUP]
    assert not holding.check_in(FIRST).credential_stands
    holding.check_in({})
    holding.statement(ISSUER)
    new = {"authentication": certificate(9)}
    answer = holding.check_in(new)
    assert (answer.credential_stands, answer.profiles) == (True, ())
    manager.deploy(WifiProfile("Office Wi-Fi", "office", description="edited"), ALEX)
    assert len(holding.check_in(new).profiles) == 1


def test_a_credential_that_arrives_after_its_issuer_was_deleted_does_not_stand(manager, enrolled):
    manager.target(ALEX)
    enrolled.statement(ISSUER)
    manager.delete_issuer()
    manager.configure_issuer(BOTH)
    assert not enrolled.check_in(FIRST).credential_stands


def test_a_credential_for_which_no_statement_was_made_does_not_stand(enrolled):
    assert not enrolled.check_in(FIRST).credential_stands


@pytest.mark.parametrize(
    ("types", "in_app", "mails"),
    [({"app"}, [RENEW], []), ({"e-mail"}, [], [RENEW]), ({"app", "e-mail"}, [RENEW], [RENEW]), (set(), [], [])],
)
def test_four_fifths_of_a_lifetime_are_told_once(manager, holding, clock, sent, types, in_app, mails):
    manager.configure_issuer(DerivedCredentialSetting("Example", ISSUER, None, frozenset(types)))
    pushed, mailed = len(told(holding)), len(sent)

    def new():
        return told(holding)[pushed:], [subject for _, subject, _ in sent[mailed:]]

    clock.advance(0.79 * LIFE)
    assert new() == ([], [])
    clock.advance(0.01 * LIFE)
    assert new() == (in_app, mails)
    holding.check_in(FIRST)
    clock.advance(0.01 * LIFE)
    assert new() == (in_app, mails)


@pytest.mark.parametrize("why", ["replaced", "issuer deleted", "retired"])
def test_nobody_is_asked_to_renew_what_is_gone(manager, holding, clock, why):
    match why:
        case "replaced":
            holding.check_in({"authentication": certificate(9, START + dt.timedelta(days=50))})
        case "issuer deleted":
            manager.delete_issuer()
        case "retired":
            manager.retire(holding.device_id)
    clock.advance(0.85 * LIFE)
    assert RENEW not in [each.title for each in manager.parts.notifier.pushed(holding.device_id)]


def test_apps_are_offered_to_people(manager, enrolled):
    manager.offer_app(ManagedApp("Travel", "https://travel.example/"), ALEX)
    manager.offer_app(ManagedApp("Payroll", "https://payroll.example/"), Person("acct-blake", "B", "B", "b", "b"))
    assert enrolled.apps() == (ManagedApp("Travel", "https://travel.example/"),)


def test_a_user_ends_the_management(manager, enrolled):
    enrolled.unenrol()
    assert manager.devices_of(ALEX)[0].state == "retired"
    with pytest.raises(ManagementRefused, match="device-not-registered"):
        enrolled.check_in({})


@pytest.mark.parametrize(
    "content",
    [{}, {"certificates": []}, {"certificates": {"authentication": 1}}, {"certificates": {"authentication": "!"}}]
    + [{"certificates": {"authentication": "AAAA"}}],
)
def test_a_malformed_check_in_is_refused(manager, enrolled, content):
    with pytest.raises(ManagementRefused) as refused:
        enrolled._call("POST", "/check-ins", content)
    assert refused.value.status == 400
    assert manager.audit()[-1].reason == "request-malformed"
    assert not manager.parts.held.holds(enrolled.device_id, b"\0\0\0")


def test_the_link_of_a_policy_message_is_open_to_everybody(http):
    assert http.get(f"{MDM}/company-portal").status_code == 200
