"""A real phone in a person's hand."""

from hashlib import sha256

from dpc_conformance.adapters.operator.display import Display
from dpc_conformance.adapters.operator.files import certificates_in, mails_in
from dpc_conformance.adapters.operator.pictures import for_display
from dpc_conformance.adapters.operator.session import Session
from dpc_conformance.adapters.operator.told import ExportedCredential
from dpc_conformance.evidence.questions import NONE, Kind
from dpc_conformance.evidence.records import MailReceived, NotificationShown
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.roles.captions import ANDROID
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.phone import NOT_TOLD, InstalledCredential
from dpc_conformance.roles.screens import Screen

NON_REPUDIATION, KEY_ENCIPHERMENT, KEY_AGREEMENT = 1, 2, 4
"""Bits of the key usage extension (RFC 5280 §4.2.1.3)."""
STEPS = {
    "open_company_portal": ("IOS-INT-01", "AND-14"),
    "switch_on": ("", "AND-01"),
    "continue_enrolment": ("IOS-INT-06", "AND-11"),
    "notifications": ("IOS-INT-07", "AND-INT-01"),
    "scan": ("IOS-INT-14", "AND-INT-08"),
    "type_password": ("ENT-IOS-19", "ENT-AND-13"),
    "set_activation_secret": ("IOS-INT-15", "AND-INT-09"),
    "finish": ("IOS-INT-15", "AND-INT-10"),
}
"""The documented steps on iOS and on Android; the screen for an activation secret no document shows."""
NOTIFICATION = "What does the notification about the smart card say? Type none where the phone shows none."
MAILS = (
    "Which e-mails about the smart card came to the work mailbox since the scenario began, oldest first? Save them and "
    "type their paths; type none where none came."
)
CREDENTIALS = (
    "Which derived credentials does the phone hold? Export their certificates (PEM or DER) and type the paths; type "
    "none where it holds none."
)


class PersonsPhone:
    """Implements roles.phone.Phone as far as somebody with the phone can; what is missing is NotSupported."""

    def __init__(self, session: Session, display: Display, kiosk: Display) -> None:
        """`kiosk` is the display on which QR codes were photographed."""
        self._session, self._display, self._kiosk = session, display, kiosk
        words = self._words = display.captions
        self._after_secret = words.choose_secret, words.installing, words.finished
        self._after_scan = *self._after_secret, words.password_required, words.code_not_accepted

    def open_company_portal(self) -> Screen:
        """IOS-INT-01."""
        return self._after("open_company_portal", f"Open {self._words.app} on the phone.")

    def switch_on(self) -> Screen:
        """AND-01."""
        if self._words is not ANDROID:
            raise NotSupported("phone", "be set up anew: that is documented for Android Enterprise")
        return self._after("switch_on", "Switch the phone on.")

    def type_text(self, text: str) -> Screen:
        """What is typed in the set-up of Android."""
        return self._display.after("type_text", f"Type “{text}” into the field on the phone, and confirm it.")

    def by_hand(self, words: str, step: str) -> Screen:
        """What a document says, and no program can do."""
        return self._display.after("by_hand", words, step)

    def choose(self, caption: str) -> Screen:
        """Tap a control. LookupError when the current screen has none with that caption."""
        control = self._display.control(caption)
        return self._display.after("choose", f"Tap “{self._display.caption(control)}”.", control.step)

    def user_code(self) -> str:
        """IOS-INT-02. LookupError when the phone shows none."""
        if not self._display.code:
            raise LookupError("the app shows no code")
        return self._display.code

    def continue_enrolment(self) -> Screen:
        """IOS-INT-06."""
        words = f"Return to {self._words.app} and follow the prompts to their end."
        if self._words is ANDROID:
            words = "Return to the phone."
        return self._after("continue_enrolment", words)

    def notifications(self) -> tuple[NotificationShown, ...]:
        """What the person reads in the notification area; the newest about the smart card."""
        words = self._display.who(NOTIFICATION)
        return self._session.told(
            "phone", "notifications", words, Kind.LINE, self._notification, self._step("notifications")
        )

    def tap_notification(self) -> Screen:
        """IOS-INT-07."""
        return self._after("tap_notification", "Tap the notification about the smart card.", "notifications")

    def mail(self) -> tuple[MailReceived, ...]:
        """What the person saved of the mailbox."""
        return self._session.told("phone", "mail", MAILS, Kind.MAILS, self._mails, self._step("notifications"))

    def open_mail_link(self) -> Screen:
        """The other way of IOS-INT-07."""
        words = "Follow the link in the newest e-mail about the smart card."
        return self._after("open_mail_link", words, "notifications")

    def scan(self, picture: bytes) -> Screen:
        """IOS-INT-14; a picture that no kiosk showed is shown by the suite."""
        if self._kiosk.screen.pictures and picture == self._kiosk.screen.pictures[0]:
            words = "Hold the phone's camera at the QR code on the workstation."
            return self._after("scan", words, "scan", self._after_scan)
        if picture in self._kiosk.pictures:
            words = f"Hold the phone's camera at the QR code of the picture {self._kiosk.pictures[picture]}."
            return self._after("scan", words, "scan", self._after_scan)
        name = f"QR code {sha256(picture).hexdigest()[:8]}"
        words = f"Hold the phone's camera at another picture, {name}."
        return self._after("scan", words, "scan", self._after_scan, picture=for_display(picture))

    def type_password(self, password: str) -> Screen:
        """ENT-IOS-19; a password that is told is another than the one under the code. LookupError as in the role."""
        if self._display.screen.title != self._words.password_required:
            raise LookupError(f"the screen {self._display.screen.title!r} does not ask for a password")
        if password == NOT_TOLD:
            words = "Type the password that stands under the QR code."
            return self._after("type_password", words, "", self._after_scan)
        words = "Type the password that is shown here, which is not the one under the QR code."
        return self._after("type_password", words, "", self._after_scan, secret=password)

    def set_activation_secret(self, secret: str) -> Screen:
        """Choose the activation secret that is shown to the person."""
        words = "Choose the activation secret that is shown here, where the app asks for one."
        return self._after("set_activation_secret", words, "", self._after_secret, secret=secret)

    def finish(self) -> Screen:
        """IOS-INT-15."""
        return self._after("finish", f"Wait for {self._words.app} to finish.")

    def credentials(self) -> tuple[InstalledCredential, ...]:
        """What the person exported. Where a key was generated no person can see: it is never told that it was here."""
        words = self._display.who(CREDENTIALS)
        return self._session.told("phone", "credentials", words, Kind.CERTIFICATES, _credentials, self._step("finish"))

    def _step(self, verb: str) -> str:
        return STEPS[verb][self._words is ANDROID]

    def _after(self, verb: str, do: str, step: str = "", telling: tuple[str, ...] = (), **more: object) -> Screen:
        return self._display.after(verb, do, self._step(step or verb), telling, **more)

    def _notification(self, answer: str) -> tuple[NotificationShown, ...]:
        if answer == NONE:
            return ()
        shown = NotificationShown(self._session.scene.clock.now(), self._words.app, answer)
        self._session.scene.recorder.record(shown)
        return (shown,)

    def _mails(self, answer: str) -> tuple[MailReceived, ...]:
        mails = mails_in(answer)
        known = self._session.scene.recorder.of(MailReceived)
        for each in mails:
            if each not in known:
                self._session.scene.recorder.record(each)
        return mails


def _credentials(answer: str) -> tuple[InstalledCredential, ...]:
    return tuple(ExportedCredential(usage_of(der), der, False) for der in certificates_in(answer))


def usage_of(der: bytes) -> str:
    """authentication, signature or key-management, by the certificate's key usage."""
    usage = read_certificate(der).key_usage or frozenset()
    if usage & {KEY_ENCIPHERMENT, KEY_AGREEMENT}:
        return "key-management"
    return "signature" if NON_REPUDIATION in usage else "authentication"
