"""Profiles: who is told of them, and when they go to a phone."""

import pytest
from example_tenant import ALEX, ALL, BOTH, FIRST, ISSUER, OPEN, SETUP, certificate, told

from dpc_conformance.protocols.device_profiles import fingerprint
from dpc_conformance.roles.profiles import ANOTHER, AppProfile, MailProfile, VpnProfile, WifiProfile

WIFI = WifiProfile("Office Wi-Fi", "office")
GUEST = WifiProfile("Guest Wi-Fi", "guest", credential=ANOTHER)
MAIL = MailProfile("Work mail", ALEX.mail)


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
