"""Company Portal walks the documented screens, and says clearly why it goes no further."""

from datetime import timedelta

import pytest
from cryptography import x509

from dpc_conformance.evidence.records import (
    CertificateInstalled,
    HttpExchange,
    MailReceived,
    Note,
    NotificationShown,
    ScreenShown,
)
from dpc_conformance.reference.device_manager.profiles import ProfileRegister
from dpc_conformance.reference.phone import captions
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.pki.keys import KeyPool, default_folder
from dpc_conformance.roles.captions import IOS

SECRET = "plum-orbit-42"


@pytest.fixture
def at_scanner(stage):
    """An enrolled, targeted phone with the scanner open."""
    stage.enrol()
    stage.target()
    stage.to_scanner()
    return stage


def test_the_whole_journey_shows_the_documented_screens_and_installs_what_the_issuer_offers(stage):
    screen = stage.whole_journey()
    assert (screen.title, screen.text) == (IOS.finished, "You can use it in your apps now.")
    shown = [(one.title, one.choices) for one in stage.recorder.of(ScreenShown) if one.device == "phone"]
    assert shown == [
        ("Company Portal", ("Sign in",)),
        ("Sign in", ()),
        ("This device is managed", ("Apps", "Remove device")),
        ("Setup mobile smart card access", ("Instructions from your organization", "Begin")),
        ("Get QR code", ("Continue",)),
        ("Scan QR code", ("Use Camera",)),
        ("“Company Portal” would like to access the camera", ("Don’t Allow", "OK")),
        ("Scan QR code", ()),
        ("Choose an activation secret", ()),
        ("Installing your smart card", ()),
        ("Your mobile smart card is ready", ()),
    ]
    installed = [(one.usage, one.key_generated_on_device) for one in stage.phone.credentials()]
    assert installed == [("authentication", True), ("signature", True), ("key-management", False)]
    recorded = [(one.usage, one.der) for one in stage.recorder.of(CertificateInstalled)]
    assert recorded == [(one.usage, one.certificate) for one in stage.phone.credentials()]


def test_the_issuer_learns_that_the_credentials_arrived(stage):
    stage.whole_journey()
    (person,) = {credential.account for credential in stage.issuer.credentials_of(stage.holder)}
    assert person == stage.holder.account
    assert {credential.status for credential in stage.issuer.credentials_of(stage.holder)} == {"delivered"}


def test_nothing_secret_is_in_the_records(stage):
    stage.whole_journey()
    assert SECRET not in repr(stage.recorder.timeline())
    redemption = [one for one in stage.recorder.of(HttpExchange) if one.url.endswith("/enrol/sessions")]
    assert [one.secrets_in for one in redemption] == [("body",)]
    assert not [one.url for one in stage.recorder.of(HttpExchange) if "url" in one.secrets_in]


def test_a_phone_may_make_rsa_keys(stage):
    stage.phone = stage.new_phone(pool=KeyPool(default_folder()), key_kind="RSA-2048")
    assert stage.whole_journey().title == IOS.finished
    certificate = x509.load_der_x509_certificate(stage.phone.credentials()[0].certificate)
    assert certificate.public_key().key_size == 2048


def test_a_phone_keeps_what_it_has_over_a_restart(stage):
    flash = Flash()
    stage.phone = stage.new_phone(flash=flash)
    stage.whole_journey()
    again = stage.new_phone(flash=flash)
    assert again.open_company_portal().title == IOS.enrolled
    assert again.device_id == stage.phone.device_id
    assert again.credentials() == stage.phone.credentials()
    assert again.notifications() == stage.phone.notifications()
    assert again.open_with_credential("https://app.dpc.example:8443/", SECRET).status == 200


def test_a_phone_that_is_not_managed_has_no_notifications_and_no_id(stage):
    assert stage.phone.notifications() == ()
    with pytest.raises(LookupError):
        stage.phone.tap_notification()
    with pytest.raises(LookupError):
        _ = stage.phone.device_id
    with pytest.raises(LookupError):
        stage.phone.user_code()


def test_a_control_that_is_not_on_the_screen_cannot_be_chosen(stage):
    stage.phone.open_company_portal()
    with pytest.raises(LookupError, match="Begin"):
        stage.phone.choose(IOS.begin)
    with pytest.raises(LookupError):
        stage.phone.scan(b"")
    with pytest.raises(LookupError):
        stage.phone.set_activation_secret(SECRET)


def test_a_code_that_nobody_enters_ends_the_sign_in(stage):
    stage.phone.open_company_portal()
    stage.phone.choose(IOS.sign_in)
    screen = stage.phone.continue_enrolment()
    assert (screen.title, screen.choices) == (IOS.sign_in_failed, (IOS.try_again,))
    assert "expired" in screen.text
    assert stage.manager.devices_of(stage.holder) == ()
    assert stage.phone.choose(IOS.try_again).title == IOS.sign_in


def test_a_notification_is_recorded_once_however_often_one_looks(stage):
    stage.enrol()
    stage.target()
    assert stage.phone.notifications() == stage.phone.notifications()
    assert stage.recorder.of(NotificationShown) == stage.phone.notifications()
    assert len(stage.phone.notifications()) == 1


def test_without_a_notification_the_link_in_the_mail_opens_the_setup(stage):
    stage.enrol()
    stage.target(types=("e-mail",))
    assert stage.phone.notifications() == ()
    assert stage.recorder.of(MailReceived) == stage.phone.mail()
    assert stage.phone.open_mail_link().title == IOS.set_up


def test_without_mail_there_is_no_link_to_open(stage):
    stage.enrol()
    stage.target(types=("app",))
    with pytest.raises(LookupError):
        stage.phone.open_mail_link()


def test_the_default_instructions_open_when_the_organisation_has_none(stage):
    stage.enrol()
    stage.target()
    stage.phone.tap_notification()
    screen = stage.phone.choose(IOS.instructions)
    assert (screen.status, screen.address) == (200, "https://mdm.dpc.example/help/derived-credentials")
    assert "Use Camera" in screen.text
    assert stage.phone.choose(IOS.begin).title == IOS.get_qr_code


def test_instructions_of_the_organisation_that_cannot_be_reached_say_so(stage):
    stage.enrol()
    stage.target(help_url="https://nowhere.dpc.example/help")
    stage.phone.tap_notification()
    screen = stage.phone.choose(IOS.instructions)
    assert (screen.status, screen.address) == (0, "https://nowhere.dpc.example/help")


def test_the_camera_may_be_declined_and_allowed_later(stage):
    stage.enrol()
    stage.target()
    stage.phone.tap_notification()
    for caption in (IOS.begin, IOS.go_on, IOS.use_camera):
        stage.phone.choose(caption)
    declined = stage.phone.choose(captions.DO_NOT_ALLOW)
    assert declined.title == IOS.camera_declined
    with pytest.raises(LookupError):
        stage.phone.scan(stage.qr())
    assert stage.phone.credentials() == ()
    stage.phone.choose(IOS.use_camera)
    assert stage.phone.choose(IOS.allow_camera).title == IOS.scanner
    assert [note.text for note in stage.recorder.of(Note)][-2:] == [
        "camera permission declined",
        "camera permission granted",
    ]


def test_a_camera_that_policy_blocks_is_not_opened(stage):
    stage.enrol()
    stage.target()
    stage.manager.allow_camera(False)
    stage.phone.tap_notification()
    stage.phone.choose(IOS.begin)
    screen = stage.phone.choose(IOS.go_on)
    assert (screen.title, screen.choices) == (IOS.camera_blocked, ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://other-issuer.dpc.example/enrol#" + "A" * 27, "not from your organization"),
        ("http://issuer.dpc.example/enrol#" + "A" * 27, "not a QR code for smart card setup"),
        ("https://issuer.dpc.example/enrol", "not a QR code for smart card setup"),
        ("https://issuer.dpc.example/enrol#AAAA", "not a QR code for smart card setup"),
        ("https://issuer.dpc.example.evil.example/enrol#" + "A" * 27, "not from your organization"),
        ("https://issuer.dpc.example@evil.example/enrol#" + "A" * 27, "not from your organization"),
        ("https://issuer.dpc.example:444/enrol#" + "A" * 27, "not from your organization"),
        ("https://issuer.dpc.example:99999/enrol#" + "A" * 27, "not from your organization"),
        ("WIFI:S:guest;;", "not a QR code for smart card setup"),
    ],
)
def test_a_code_of_somebody_else_is_refused_before_anything_is_sent(at_scanner, picture_of, text, told):
    before = len(at_scanner.issuer.audit())
    screen = at_scanner.phone.scan(picture_of(text))
    assert screen.title == IOS.code_not_accepted
    assert told in screen.text
    assert len(at_scanner.issuer.audit()) == before
    assert at_scanner.phone.choose(IOS.scan_again).title == IOS.scanner


def test_a_code_that_the_issuer_never_showed_is_refused_by_the_issuer(at_scanner, picture_of):
    screen = at_scanner.phone.scan(picture_of("https://issuer.dpc.example/enrol#" + "A" * 26 + "A"))
    assert screen.title == IOS.code_not_accepted
    assert at_scanner.issuer.audit()[-1].reason == "secret-unknown"


def test_an_expired_code_is_refused(at_scanner):
    picture = at_scanner.qr()
    at_scanner.clock.advance(timedelta(minutes=11))
    assert at_scanner.phone.scan(picture).title == IOS.code_not_accepted
    assert at_scanner.issuer.audit()[-1].reason == "secret-expired"
    assert at_scanner.phone.finish().title == IOS.code_not_accepted
    assert at_scanner.phone.credentials() == ()


def test_a_second_phone_cannot_use_the_code_again(at_scanner):
    picture = at_scanner.qr()
    assert at_scanner.phone.scan(picture).title == IOS.choose_secret
    second = at_scanner.new_phone("second phone")
    at_scanner.enrol(second)
    at_scanner.to_scanner(second)
    assert second.scan(picture).title == IOS.code_not_accepted
    assert at_scanner.issuer.audit()[-1].reason == "secret-used"


def test_a_secret_that_breaks_the_rules_is_asked_for_again(at_scanner):
    at_scanner.phone.scan(at_scanner.qr())
    for secret in ("12345", "111111", "271828", "Archer!!"):
        assert at_scanner.phone.set_activation_secret(secret).title == IOS.choose_secret
    assert at_scanner.phone.set_activation_secret(SECRET).title == IOS.installing


def test_a_network_that_breaks_off_can_be_tried_again(at_scanner):
    at_scanner.phone.scan(at_scanner.qr())
    at_scanner.phone.set_activation_secret(SECRET)
    at_scanner.names.cut("issuer.dpc.example")
    screen = at_scanner.phone.finish()
    assert (screen.title, screen.choices) == (IOS.failed, (IOS.try_again,))
    assert at_scanner.phone.credentials() == ()
    at_scanner.names.restore("issuer.dpc.example")
    assert at_scanner.phone.choose(IOS.try_again).title == IOS.finished
    assert len(at_scanner.issuer.credentials_of(at_scanner.holder)) == 3


def test_a_certificate_that_does_not_lead_to_the_deployed_root_is_not_installed(at_scanner, pki):
    at_scanner.manager.parts.deployed_roots = [pki.tls_roots[0]]
    at_scanner.phone.scan(at_scanner.qr())
    at_scanner.phone.set_activation_secret(SECRET)
    screen = at_scanner.phone.finish()
    assert (screen.title, screen.choices) == (IOS.failed, (IOS.start_over,))
    assert "root" in screen.text
    assert at_scanner.phone.credentials() == ()


def test_a_phone_that_no_policy_targets_has_nothing_to_set_up(stage):
    stage.enrol()
    stage.target()
    stage.manager.parts.targeting.__init__(ProfileRegister())
    assert stage.phone.tap_notification().title == IOS.not_available
