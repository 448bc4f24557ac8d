"""Managed apps: found, installed, removed, given the credential by a profile, and gone with the management."""

import pytest

from dpc_conformance.reference.phone import captions
from dpc_conformance.roles.captions import IOS
from dpc_conformance.roles.device_manager import ManagedApp
from dpc_conformance.roles.phone import WrongActivationSecret
from dpc_conformance.roles.profiles import AppProfile, WifiProfile

APPLICATION = "https://app.dpc.example:8443/"
SECRET = "plum-orbit-42"
WIFI = WifiProfile("Office Wi-Fi", "office")
APPS = AppProfile("Apps")
TRAVEL = ManagedApp("Travel", APPLICATION)


@pytest.fixture
def with_app(ready):
    """The phone with an app of the organisation on it."""
    ready.manager.offer_app(TRAVEL, ready.holder)
    ready.phone.open_company_portal()
    for caption in (captions.APPS, "Travel", captions.INSTALL):
        ready.phone.choose(caption)
    return ready


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


def test_a_retired_phone_gives_up_everything_and_can_be_enrolled_again(with_app, deploy):
    deploy(WIFI, APPS)
    with_app.manager.retire(with_app.phone.device_id)
    with_app.phone.check_in()
    assert with_app.holds_nothing()
    with pytest.raises(LookupError):
        with_app.phone.open_app("Travel", SECRET)
    with pytest.raises(LookupError):
        _ = with_app.phone.device_id
    assert with_app.phone.notifications() == ()
    assert with_app.phone.open_company_portal().title == IOS.app
    assert with_app.enrol().title == IOS.enrolled
