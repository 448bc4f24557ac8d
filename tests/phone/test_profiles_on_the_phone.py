"""What the device manager's profiles, apps and the end of its management do on the phone."""

from datetime import timedelta

import pytest

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.records import HttpExchange
from dpc_conformance.reference.phone import captions
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.roles.device_manager import ManagedApp
from dpc_conformance.roles.phone import WrongActivationSecret
from dpc_conformance.roles.profiles import ANOTHER, AppProfile, MailProfile, VpnProfile, WifiProfile

APPLICATION = "https://app.dpc.example:8443/"
SECRET = "plum-orbit-42"
WIFI = WifiProfile("Office Wi-Fi", "office")
VPN = VpnProfile("Office VPN", "vpn.example")
APPS = AppProfile("Apps")
TRAVEL = ManagedApp("Travel", APPLICATION)


@pytest.fixture
def ready(stage):
    """A phone with a credential, in an organisation without profiles."""
    stage.whole_journey()
    return stage


@pytest.fixture
def deploy(ready):
    """Deploys profiles, and has the phone check in."""

    def deployed(*profiles):
        for profile in profiles:
            ready.manager.deploy(profile, ready.holder)
        ready.phone.check_in()

    return deployed


@pytest.fixture
def with_app(ready):
    """The phone with an app of the organisation on it."""
    ready.manager.offer_app(TRAVEL, ready.holder)
    ready.phone.open_company_portal()
    for caption in (captions.APPS, "Travel", captions.INSTALL):
        ready.phone.choose(caption)
    return ready


def refusal(stage, *use):
    parts = stage.phone.parts
    return parts.profiles.refusal(parts.keystore, *use)


def holds_nothing(phone):
    return (phone.credentials(), phone.private_keys(), phone.profiles()) == ((), 0, ())


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
    assert ready.phone.tap_notification().title == captions.ENROLLED
    assert [each.profile for each in ready.phone.profiles()] == [WIFI]
    ready.manager.deploy(VPN, ready.holder)
    assert ready.phone.open_mail_link().title == captions.ENROLLED
    assert [each.profile for each in ready.phone.profiles()] == [WIFI, VPN]


def test_without_a_network_company_portal_opens_and_the_phone_keeps_what_it_has(ready, deploy):
    deploy(WIFI)
    ready.names.cut("mdm.dpc.example")
    assert ready.phone.open_company_portal().title == captions.ENROLLED
    assert [each.profile for each in ready.phone.profiles()] == [WIFI]
    assert ready.phone.choose(captions.APPS).choices == (captions.TRY_AGAIN,)
    ready.phone.open_company_portal()
    assert ready.phone.choose(captions.REMOVE_DEVICE).choices == (captions.TRY_AGAIN,)
    ready.names.restore("mdm.dpc.example")
    assert ready.phone.choose(captions.TRY_AGAIN).title == captions.COMPANY_PORTAL
    assert holds_nothing(ready.phone)


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
    assert holds_nothing(ready.phone)
    for secret in (None, SECRET):
        with pytest.raises(LookupError):
            ready.phone.open_with_credential(APPLICATION, secret)
    assert ready.application.audit() == ()


def test_a_retired_phone_gives_up_everything_and_can_be_enrolled_again(with_app, deploy):
    deploy(WIFI, APPS)
    with_app.manager.retire(with_app.phone.device_id)
    with_app.phone.check_in()
    assert holds_nothing(with_app.phone)
    with pytest.raises(LookupError):
        with_app.phone.open_app("Travel", SECRET)
    with pytest.raises(LookupError):
        _ = with_app.phone.device_id
    assert with_app.phone.notifications() == ()
    assert with_app.phone.open_company_portal().title == captions.COMPANY_PORTAL
    assert with_app.enrol().title == captions.ENROLLED


def test_a_refusal_for_another_reason_ends_nothing(ready, deploy):
    deploy(WIFI)
    ready.phone.parts.management._clock = RunClock(ready.clock.now() - timedelta(hours=1))
    assert ready.phone.open_company_portal().title == captions.ENROLLED
    assert not holds_nothing(ready.phone)


def test_apps_are_found_installed_and_removed(ready):
    phone = ready.phone
    phone.open_company_portal()
    assert phone.choose(captions.APPS).choices == ()
    ready.manager.offer_app(TRAVEL, ready.holder)
    phone.open_company_portal()
    screen = phone.choose(captions.APPS)
    assert (screen.choices, screen.text) == (("Travel",), "Travel: Available")
    assert phone.choose("Travel").choices == (captions.INSTALL,)
    screen = phone.choose(captions.INSTALL)
    assert (screen.text, screen.choices) == ("Installed", (captions.REMOVE,))
    assert phone.choose(captions.REMOVE).choices == (captions.INSTALL,)
    with pytest.raises(LookupError):
        phone.open_app("Travel", SECRET)


def test_an_app_that_no_profile_lists_asks_first(with_app, deploy):
    deploy(APPS)
    screen = with_app.phone.open_app("Travel", SECRET)
    assert (screen.title, screen.choices) == (
        captions.wants_access("Travel"),
        (captions.DO_NOT_ALLOW, captions.ALLOW),
    )
    assert with_app.application.audit() == ()
    assert with_app.phone.choose(captions.ALLOW).status == 200
    with pytest.raises(LookupError):
        with_app.phone.choose(captions.ALLOW)
    with_app.phone.open_app("Travel", SECRET)
    assert with_app.phone.choose(captions.DO_NOT_ALLOW).title == captions.NOT_ALLOWED
    assert len(with_app.application.audit()) == 1


def test_a_listed_app_is_not_asked_about_and_still_needs_activation(with_app, deploy):
    deploy(AppProfile("Apps", granted_silently=("Travel",)))
    assert with_app.phone.open_app("Travel", SECRET).status == 200
    assert with_app.phone.open_app("Travel", None).title == captions.ACTIVATE
    with pytest.raises(WrongActivationSecret):
        with_app.phone.open_app("Travel", "not-it-at-all")
    assert len(with_app.application.audit()) == 1


def test_one_of_several_profiles_is_enough_for_a_silent_grant(with_app, deploy):
    deploy(APPS, AppProfile("More apps", granted_silently=("Travel",)))
    assert with_app.phone.open_app("Travel", SECRET).status == 200


def test_without_a_profile_for_apps_an_app_gets_nothing(with_app, deploy):
    deploy(WIFI)
    assert with_app.phone.open_app("Travel", SECRET).title == captions.NOT_ALLOWED
    assert with_app.application.audit() == ()
