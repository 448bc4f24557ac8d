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
from dpc_conformance.roles.phone import NOT_TOLD, InstalledCredential
from dpc_conformance.roles.screens import Screen

NON_REPUDIATION, KEY_ENCIPHERMENT, KEY_AGREEMENT = 1, 2, 4
"""Bits of the key usage extension (RFC 5280 §4.2.1.3)."""
AFTER_SECRET = ("Choose an activation secret", "Installing your smart card", "Your mobile smart card is ready")
AFTER_SCAN = (*AFTER_SECRET, "Password Required", "This QR code cannot be used")
"""An app that asks for no activation secret goes on to install."""
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

    def open_company_portal(self) -> Screen:
        """IOS-INT-01."""
        return self._display.after("open_company_portal", "Open Company Portal on the phone.", "IOS-INT-01")

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
        words = "Return to Company Portal and follow the prompts to their end."
        return self._display.after("continue_enrolment", words, "IOS-INT-06")

    def notifications(self) -> tuple[NotificationShown, ...]:
        """What the person reads in the notification area; the newest about the smart card."""
        step = "IOS-INT-07"
        words = self._display.who(NOTIFICATION)
        return self._session.told("phone", "notifications", words, Kind.LINE, self._notification, step)

    def tap_notification(self) -> Screen:
        """IOS-INT-07."""
        return self._display.after("tap_notification", "Tap the notification about the smart card.", "IOS-INT-07")

    def mail(self) -> tuple[MailReceived, ...]:
        """What the person saved of the mailbox."""
        return self._session.told("phone", "mail", MAILS, Kind.MAILS, self._mails, "IOS-INT-07")

    def open_mail_link(self) -> Screen:
        """The other way of IOS-INT-07."""
        words = "Follow the link in the newest e-mail about the smart card."
        return self._display.after("open_mail_link", words, "IOS-INT-07")

    def scan(self, picture: bytes) -> Screen:
        """IOS-INT-14; a picture that no kiosk showed is shown by the suite."""
        if self._kiosk.screen.pictures and picture == self._kiosk.screen.pictures[0]:
            words = "Hold the phone's camera at the QR code on the workstation."
            return self._display.after("scan", words, "IOS-INT-14", AFTER_SCAN)
        if picture in self._kiosk.pictures:
            words = f"Hold the phone's camera at the QR code of the picture {self._kiosk.pictures[picture]}."
            return self._display.after("scan", words, "IOS-INT-14", AFTER_SCAN)
        name = f"QR code {sha256(picture).hexdigest()[:8]}"
        words = f"Hold the phone's camera at another picture, {name}."
        return self._display.after("scan", words, "IOS-INT-14", AFTER_SCAN, picture=for_display(picture))

    def type_password(self, password: str) -> Screen:
        """ENT-IOS-19; a password that is told is another than the one under the code. LookupError as in the role."""
        if self._display.screen.title != "Password Required":
            raise LookupError(f"the screen {self._display.screen.title!r} does not ask for a password")
        if password == NOT_TOLD:
            words = "Type the password that stands under the QR code."
            return self._display.after("type_password", words, "ENT-IOS-19", AFTER_SCAN)
        words = "Type the password that is shown here, which is not the one under the QR code."
        return self._display.after("type_password", words, "ENT-IOS-19", AFTER_SCAN, secret=password)

    def set_activation_secret(self, secret: str) -> Screen:
        """Choose the activation secret that is shown to the person."""
        words = "Choose the activation secret that is shown here, where the app asks for one."
        return self._display.after("set_activation_secret", words, "IOS-INT-15", AFTER_SECRET, secret=secret)

    def finish(self) -> Screen:
        """IOS-INT-15."""
        return self._display.after("finish", "Wait for Company Portal to finish.", "IOS-INT-15")

    def credentials(self) -> tuple[InstalledCredential, ...]:
        """What the person exported. Where a key was generated no person can see: it is never told that it was here."""
        words = self._display.who(CREDENTIALS)
        return self._session.told("phone", "credentials", words, Kind.CERTIFICATES, _credentials, "IOS-INT-15")

    def _notification(self, answer: str) -> tuple[NotificationShown, ...]:
        if answer == NONE:
            return ()
        shown = NotificationShown(self._session.scene.clock.now(), "Company Portal", answer)
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
