"""The reference phone as its user handles it."""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dpc_conformance.evidence.records import MailReceived, NotificationShown
from dpc_conformance.protocols.http_client import ClientCertificate
from dpc_conformance.reference.device_manager.notifier import SETUP_PATH
from dpc_conformance.reference.phone import captions
from dpc_conformance.reference.phone.keystore import ActivatedKey, ActivationNeeded
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.portal import Portal
from dpc_conformance.reference.phone.web_page import page
from dpc_conformance.roles.phone import InstalledCredential
from dpc_conformance.roles.screens import Screen

AUTHENTICATION = "authentication"


class ReferencePhone:
    """Implements roles.phone.Phone over its parts. `device` names it in the records."""

    def __init__(self, parts: PhoneParts, device: str = "phone") -> None:
        self.parts, self._device = parts, device
        self._portal = Portal(parts, device)
        self.unlocked = False

    @property
    def device_id(self) -> str:
        """The id under which the device manager knows the phone; LookupError before it is enrolled."""
        if not self.parts.management.device_id:
            raise LookupError("the phone is not enrolled")
        return self.parts.management.device_id

    def open_company_portal(self) -> Screen:
        """Start the app; before sign-in it offers "Sign in"."""
        return self._portal.start()

    def choose(self, caption: str) -> Screen:
        """Tap the control with that caption. LookupError when the current screen has none."""
        return self._portal.choose(caption)

    def user_code(self) -> str:
        """The device code that the app shows during sign-in. LookupError when it shows none."""
        if self.parts.sign_in.authorization is None:
            raise LookupError("the app shows no code")
        return self.parts.sign_in.authorization.user_code

    def continue_enrolment(self) -> Screen:
        """Return to the app after the code was entered elsewhere; polls until decided. LookupError without sign-in."""
        return self._portal.after_sign_in()

    def notifications(self) -> tuple[NotificationShown, ...]:
        """What the notification area shows, oldest first."""
        return self.parts.inbox.notifications()

    def tap_notification(self) -> Screen:
        """Open the newest notification. LookupError when there is none."""
        if not self.notifications():
            raise LookupError("there is no notification")
        return self._portal.set_up()

    def mail(self) -> tuple[MailReceived, ...]:
        """The work mailbox, oldest first."""
        return self.parts.inbox.mail()

    def open_mail_link(self) -> Screen:
        """Follow the link in the newest e-mail about the smart card. LookupError when there is none."""
        self.parts.inbox.newest_link(self.parts.service_address + SETUP_PATH)
        return self._portal.set_up()

    def scan(self, picture: bytes) -> Screen:
        """Hold the camera at a picture (PNG). LookupError when the scanner is not open."""
        return self._portal.scan(picture)

    def set_activation_secret(self, secret: str) -> Screen:
        """Choose the secret that activates the derived key. LookupError when the screen does not ask for one."""
        return self._portal.set_secret(secret)

    def finish(self) -> Screen:
        """Wait for the app to finish; returns the last screen, also when it reports a failure."""
        return self._portal.finish()

    def credentials(self) -> tuple[InstalledCredential, ...]:
        """What the key store holds; reading certificates needs no activation."""
        return self.parts.keystore.credentials()

    def unlock(self, passcode: str) -> None:
        """Unlock the phone itself; this activates no key. ValueError when the passcode is wrong."""
        if passcode != self.parts.passcode:
            raise ValueError("the passcode was not accepted")
        self.unlocked = True

    def restart(self) -> None:
        """Switch the phone off and on: the app starts anew, the key store comes up from flash."""
        self.parts.keystore = self.parts.keystore.after_restart()
        self._portal, self.unlocked = Portal(self.parts, self._device), False

    def open_with_credential(self, address: str, activation_secret: str | None) -> Screen:
        """Open a web application with the authentication credential; one activation for one sign-in.

        Without a secret nothing is sent and the screen asks for one. Raises WrongActivationSecret, RefusedAtTls,
        ServerNotTrusted, Unreachable; LookupError without a credential.
        """
        try:
            activated = self.parts.keystore.activate(AUTHENTICATION, activation_secret)
        except ActivationNeeded:
            return self._portal.show_page(Screen(captions.ACTIVATE, "Unlocking the device is not enough."))
        with self.parts.open_http(_client_certificate(activated)) as http:
            return self._portal.show_page(page(http.get(address)))


def _client_certificate(activated: ActivatedKey) -> ClientCertificate:
    chain = b"".join(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM) for der in activated.chain)
    return ClientCertificate(chain, activated.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
