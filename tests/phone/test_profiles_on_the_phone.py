"""What the device manager's profiles and the end of its management do on the phone."""

from datetime import timedelta

import pytest

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.records import HttpExchange
from dpc_conformance.reference.phone import captions
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.roles.captions import IOS
from dpc_conformance.roles.profiles import ANOTHER, MailProfile, VpnProfile, WifiProfile

APPLICATION = "https://app.dpc.example:8443/"
SECRET = "plum-orbit-42"
WIFI = WifiProfile("Office Wi-Fi", "office")
VPN = VpnProfile("Office VPN", "vpn.example")


def refusal(stage, *use):
    parts = stage.phone.parts
    return parts.profiles.refusal(parts.keystore, *use)


def test_where_nobody_manages_profiles_nothing_is_refused(ready):
    ready.phone.check_in()
    assert ready.phone.profiles() == ()
    assert refusal(ready, "wi-fi", "office") is None
    assert ready.phone.open_with_credential(APPLICATION, SECRET).status == 200


def test_a_profile_provides_for_its_own_purpose_and_place(ready, deploy):
    deploy(WIFI, VPN)
    assert [each.profile for each in ready.phone.profiles()] == [WIFI, VPN]
    [credential] = [each for each in ready.phone.credentials() if each.usage == "authentication"]
    assert {each.certificates for each in ready.phone.profiles()} == {(credential.certificate,)}
    assert refusal(ready, "wi-fi", "office") is None
    assert refusal(ready, "vpn", "vpn.example") is None
    for use in (("wi-fi", "cafe"), ("vpn", "vpn.evil.example"), ("app",), ("mail", ready.holder.mail, "signature")):
        assert refusal(ready, *use).title == captions.NOT_ALLOWED
    page = ready.phone.open_with_credential(APPLICATION, SECRET)
    assert (page.title, ready.application.audit()) == (captions.NOT_ALLOWED, ())


def test_a_mail_profile_provides_for_the_types_it_names(ready, deploy):
    address = ready.holder.mail
    deploy(MailProfile("Mail", address, encryption_certificate_type=ANOTHER))
    assert refusal(ready, "mail", address, "signature") is None
    assert refusal(ready, "mail", address, "key-management") is not None
    deploy(MailProfile("Mail", address))
    assert refusal(ready, "mail", address, "key-management") is None
    assert [len(each.certificates) for each in ready.phone.profiles()] == [2]


def test_a_profile_that_needs_no_credential_provides_for_none(ready, deploy):
    deploy(WifiProfile("Guest", "guest", credential=ANOTHER))
    assert [each.certificates for each in ready.phone.profiles()] == [()]
    assert refusal(ready, "wi-fi", "guest") is not None


def test_profiles_stay_over_a_restart(stage):
    flash = Flash()
    stage.phone = stage.new_phone(flash=flash)
    stage.whole_journey()
    stage.manager.deploy(WIFI, stage.holder)
    stage.phone.check_in()
    assert stage.new_phone(flash=flash).profiles() == stage.phone.profiles() != ()


def test_the_message_about_a_profile_opens_company_portal_which_fetches_it(ready):
    ready.manager.deploy(WIFI, ready.holder)
    assert ready.phone.profiles() == ()
    assert ready.phone.tap_notification().title == IOS.enrolled
    assert [each.profile for each in ready.phone.profiles()] == [WIFI]
    ready.manager.deploy(VPN, ready.holder)
    assert ready.phone.open_mail_link().title == IOS.enrolled
    assert [each.profile for each in ready.phone.profiles()] == [WIFI, VPN]


def test_without_a_network_company_portal_opens_and_the_phone_keeps_what_it_has(ready, deploy):
    deploy(WIFI)
    ready.names.cut("mdm.dpc.example")
    assert ready.phone.open_company_portal().title == IOS.enrolled
    assert [each.profile for each in ready.phone.profiles()] == [WIFI]
    assert ready.phone.choose(captions.APPS).choices == (IOS.try_again,)
    ready.phone.open_company_portal()
    assert ready.phone.choose(captions.REMOVE_DEVICE).choices == (IOS.try_again,)
    ready.names.restore("mdm.dpc.example")
    assert ready.phone.choose(IOS.try_again).title == IOS.app
    assert ready.holds_nothing()


def test_recovered_keys_of_old_mail_are_not_reported(ready):
    before = len(ready.recorder.of(HttpExchange))
    keystore, held = ready.phone.parts.keystore, ready.phone.parts.keystore._records()
    keystore._flash.write("credentials", {**held, "key-management 7": held["key-management"]})
    ready.phone.check_in()
    [sent] = [each for each in ready.recorder.of(HttpExchange)[before:] if each.url.endswith("/check-ins")]
    assert "key-management 7" not in sent.request_body


@pytest.mark.parametrize("again", [False, True])
def test_a_deleted_issuer_takes_the_credential_with_it(ready, again):
    ready.phone.activate(SECRET)
    setting = ready.manager.setting()
    ready.manager.delete_issuer()
    if again:
        ready.manager.configure_issuer(setting)
    ready.phone.check_in()
    assert ready.holds_nothing()
    for secret in (None, SECRET):
        with pytest.raises(LookupError):
            ready.phone.open_with_credential(APPLICATION, secret)
    assert ready.application.audit() == ()


def test_a_refusal_for_another_reason_ends_nothing(ready, deploy):
    deploy(WIFI)
    ready.phone.parts.management._clock = RunClock(ready.clock.now() - timedelta(hours=1))
    assert ready.phone.open_company_portal().title == IOS.enrolled
    assert not ready.holds_nothing()
