"""The reference phone as its user handles it."""

from datetime import timedelta

from dpc_conformance.evidence.assertions import Assertion
from dpc_conformance.evidence.records import MailReceived, NotificationShown
from dpc_conformance.reference.device_manager.notifier import PORTAL_PATH
from dpc_conformance.reference.phone import captions
from dpc_conformance.reference.phone.app_access import APP
from dpc_conformance.reference.phone.app_sign_in import AUTHENTICATION, NOT_ENOUGH, open_app, sign_in_at
from dpc_conformance.reference.phone.application_sign_in import sign_in_to_application
from dpc_conformance.reference.phone.biometrics import PhoneBiometrics
from dpc_conformance.reference.phone.documents import signature_over
from dpc_conformance.reference.phone.key_history import PhoneKeyHistory
from dpc_conformance.reference.phone.keystore import ActivatedKey, ActivationNeeded
from dpc_conformance.reference.phone.mail_program import PhoneMailProgram
from dpc_conformance.reference.phone.module_access import ModuleAccess
from dpc_conformance.reference.phone.module_key import ModuleKey
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.portal import Portal
from dpc_conformance.reference.phone.rekey import rekey, renew
from dpc_conformance.reference.phone.secret_change import change_secret
from dpc_conformance.roles.errors import NotSupported, Unreachable
from dpc_conformance.roles.phone import InstalledCredential, Phone
from dpc_conformance.roles.profiles import InstalledProfile, VpnProfile, WifiProfile
from dpc_conformance.roles.screens import Screen
from dpc_conformance.roles.vpn_gateway import VpnAccess
from dpc_conformance.roles.wireless_network import Joining, WirelessProfile

SIGNATURE = "signature"


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

    @property
    def key_history(self) -> PhoneKeyHistory:
        """The key management keys on the phone."""
        return PhoneKeyHistory(self.parts)

    @property
    def module(self) -> ModuleAccess:
        """The phone's secure element."""
        return ModuleAccess(self.parts.hardware)

    @property
    def mail_program(self) -> PhoneMailProgram:
        """The mail program, which has the credentials at hand."""
        return PhoneMailProgram(self.parts)

    @property
    def biometric_activation(self) -> PhoneBiometrics:
        """The finger sensor."""
        return PhoneBiometrics(self.parts, self._portal.show_page)

    def open_company_portal(self) -> Screen:
        """Start the app; before sign-in it offers "Sign in"."""
        return self._portal.start()

    def switch_on(self) -> Screen:
        """Switch the phone on, its network and the terms of others aside; a managed one shows its app."""
        return self._portal.switch_on()

    def type_text(self, text: str) -> Screen:
        """Type on the screen of the set-up. LookupError when it has no field."""
        return self._portal.type_text(text)

    def by_hand(self, words: str, step: str) -> Screen:  # noqa: ARG002
        """Nobody has this phone in hand. Raises NotSupported."""
        raise NotSupported("phone", f"have somebody do what only a person with a device can: {words}")

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
        return self._opened(self.parts.inbox.newest_opens())

    def mail(self) -> tuple[MailReceived, ...]:
        """The work mailbox, oldest first."""
        return self.parts.inbox.mail()

    def open_mail_link(self) -> Screen:
        """Follow the link in the newest e-mail about the smart card. LookupError when there is none."""
        address = self.parts.service_address
        return self._opened(self.parts.inbox.newest_link(address + "/").removeprefix(address))

    def scan(self, picture: bytes) -> Screen:
        """Hold the camera at a picture (PNG). LookupError when the scanner is not open."""
        return self._portal.scan(picture)

    def type_password(self, password: str) -> Screen:
        """Type the password under the QR code. LookupError when the screen does not ask for one."""
        return self._portal.type_password(password)

    def set_activation_secret(self, secret: str) -> Screen:
        """Choose the secret that activates the derived key. LookupError when the screen does not ask for one."""
        return self._portal.set_secret(secret)

    def finish(self) -> Screen:
        """Wait for the app to finish; returns the last screen, also when it reports a failure."""
        return self._portal.finish()

    def credentials(self) -> tuple[InstalledCredential, ...]:
        """What key store and secure element hold; reading certificates needs no activation."""
        return self.parts.stores.credentials()

    def rekey(self, activation_secret: str) -> Screen:
        """Replace the authentication credential in place. Raises WrongActivationSecret, LookupError."""
        return self._portal.show_page(rekey(self.parts, activation_secret))

    def rekey_into(self, other: Phone, activation_secret: str) -> Screen:
        """The same, and the new key is in the secure element of another phone. Raises as `rekey`."""
        into = other.parts if isinstance(other, ReferencePhone) else None
        return self._portal.show_page(rekey(self.parts, activation_secret, into))

    def renew(self, activation_secret: str) -> Screen:
        """Ask for another certificate for the same key. Raises WrongActivationSecret, LookupError."""
        return self._portal.show_page(renew(self.parts, activation_secret))

    def check_in(self) -> None:
        """The app's regular look at whether its credentials still stand, and at what the device manager has for it."""
        with self.parts.open_http(None) as http:
            self.parts.housekeeping.tidy(self.parts.stores, http)
        self.parts.managed.run(self.parts.stores, self.parts.waiting)

    def profiles(self) -> tuple[InstalledProfile, ...]:
        """The device manager's profiles, as of the last check-in."""
        return self.parts.profiles.installed(self.parts.stores)

    def open_app(self, app: str, activation_secret: str | None) -> Screen:
        """Open a managed app, which signs in with the credential if it gets it. LookupError when it is not here."""
        return open_app(self.parts, self._portal, app, activation_secret)

    def private_keys(self) -> int:
        """How many private keys of derived credentials lie in the key store and in the secure element."""
        return self.parts.stores.private_keys()

    def unlock(self, passcode: str) -> None:
        """Unlock the phone itself; this activates no key. ValueError when the passcode is wrong."""
        if passcode != self.parts.passcode:
            raise ValueError("the passcode was not accepted")
        self.unlocked = True

    def restart(self) -> None:
        """Switch the phone off and on: the app starts anew, the key store comes up from flash."""
        self.parts.keystore = self.parts.keystore.after_restart()
        self._portal = Portal(self.parts, self._device)
        self.lock()

    def open_with_credential(self, address: str, activation_secret: str | None) -> Screen:
        """Open a web application with the authentication credential; one activation for one sign-in.

        Without a secret nothing is sent and the screen asks for one. Raises WrongActivationSecret, RefusedAtTls,
        ServerNotTrusted, Unreachable; LookupError without a credential.
        """
        refusal = self.parts.profiles.refusal(self.parts.stores, APP)
        return self._portal.show_page(refusal or sign_in_at(self.parts, address, activation_secret))

    def join_network(self, network: WirelessProfile, activation_secret: str | None) -> Joining | None:
        """Join a wireless network with the authentication credential; one activation for one attempt.

        Without a secret, or where no profile provides for that network, nothing is tried and the screen says so. Raises
        WrongActivationSecret, Unreachable, MachineLacks; LookupError without a credential.
        """
        key = self._key_for(WifiProfile.purpose, network.ssid, activation_secret)
        return self.parts.supplicant.join(network, key, self.parts.tls.newest) if key else None

    def open_tunnel(self, access: VpnAccess, activation_secret: str | None) -> Joining | None:
        """Have a tunnel with the authentication credential, and the page behind it; one activation for one attempt.

        Without a secret, or where no profile provides for that gateway, nothing is tried and the screen says so. Raises
        WrongActivationSecret, Unreachable, MachineLacks; LookupError without a credential.
        """
        key = self._key_for(VpnProfile.purpose, access.name, activation_secret)
        if self.parts.tunnel_device is None:
            raise Unreachable(access.name, "this phone is connected to nothing")
        return self.parts.tunnel_device.tunnel(access, key) if key else None

    def offer_tls(self, newest: str) -> None:
        """From now on offer no newer version of TLS than `TLSv1.2` or `TLSv1.3`."""
        self.parts.tls.newest = newest

    def sign_in_to_application(self, provider: str, activation_secret: str) -> Assertion | None:
        """What an identity provider vouches for; None for nobody. Raises WrongActivationSecret, LookupError."""
        return sign_in_to_application(self.parts, provider, activation_secret)

    def change_activation_secret(self, current: str | None, new: str) -> Screen:
        """Another secret instead of the current one. Raises WrongActivationSecret; LookupError without a credential."""
        screen = change_secret(self.parts, AUTHENTICATION, current, new)
        if screen.title == captions.SECRET_CHANGED:
            self.parts.finger_sensor.forget()
        return self._portal.show_page(screen)

    def activate(self, activation_secret: str) -> Screen:
        """Activate the authentication key for its next use. Raises WrongActivationSecret, LookupError."""
        self.parts.waiting.put(self.parts.stores.activate(AUTHENTICATION, activation_secret))
        return self._portal.show_page(Screen(captions.ACTIVATED, "Open the app that you want to sign in to."))

    def idle_time(self) -> timedelta:
        """How long an activated key waits for its use."""
        return self.parts.waiting.idle_time

    def attempts_allowed(self) -> int:
        """Wrong secrets in a row after which the keys are disabled."""
        return self.parts.stores.of(AUTHENTICATION).most_attempts

    def lock(self) -> None:
        """Lock the phone; an activated key is dropped."""
        self.parts.waiting.log_out()
        self.unlocked = False

    def sign_document(self, document: bytes, activation_secret: str | None) -> bytes:
        """One activation for one signature; empty without a secret. Raises WrongActivationSecret, LookupError."""
        try:
            activated = self.parts.stores.activate(SIGNATURE, activation_secret)
        except ActivationNeeded:
            self._portal.show_page(Screen(captions.ACTIVATE, NOT_ENOUGH))
            return b""
        self._portal.show_page(Screen(captions.SIGNED, "It was signed with your mobile smart card."))
        return signature_over(document, activated)

    def export_key(self, usage: str) -> bytes:
        """No key leaves this phone. Raises KeyNotExportable."""
        return self.parts.backups.export(usage)

    def back_up(self) -> bytes:
        """The backup of the key store."""
        return self.parts.backups.back_up()

    def restore(self, backup: bytes) -> None:
        """Set the phone up from a backup. ValueError when it is none."""
        self.parts.backups.restore(backup)

    def _opened(self, path: str) -> Screen:
        return self._portal.start() if path == PORTAL_PATH else self._portal.set_up()

    def _key_for(self, purpose: str, place: str, secret: str | None) -> ActivatedKey | None:
        """The authentication key for one use there; None where the screen says why not. Raises NotSupported."""
        if refusal := self.parts.profiles.refusal(self.parts.stores, purpose, place):
            self._portal.show_page(refusal)
            return None
        try:
            activated = self.parts.stores.activate(AUTHENTICATION, secret)
        except ActivationNeeded:
            self._portal.show_page(Screen(captions.ACTIVATE, NOT_ENOUGH))
            return None
        if isinstance(activated.key, ModuleKey):
            raise NotSupported("phone", "lend a key that stays in its secure element")
        return activated
