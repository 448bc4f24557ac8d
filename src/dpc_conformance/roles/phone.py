"""The phone with the Company Portal app."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from dpc_conformance.evidence.assertions import Assertion
from dpc_conformance.evidence.records import MailReceived, NotificationShown
from dpc_conformance.roles.biometric_activation import BiometricActivation
from dpc_conformance.roles.hardware_module import HardwareModule
from dpc_conformance.roles.key_history import KeyHistory
from dpc_conformance.roles.mail_program import MailProgram
from dpc_conformance.roles.profiles import InstalledProfile
from dpc_conformance.roles.screens import Screen
from dpc_conformance.roles.vpn_gateway import VpnAccess
from dpc_conformance.roles.wireless_network import Joining, WirelessProfile

NOT_TOLD = "(the password under the QR code)"
"""Stands for a password that a person reads from one screen and types into the other; nobody else gets to know it."""


@dataclass(frozen=True)
class InstalledCredential:
    """A credential in the phone's key store. `usage` is authentication, signature or key-management."""

    usage: str
    certificate: bytes
    key_generated_on_device: bool


class WrongActivationSecret(Exception):
    """The key store refused the activation secret; nothing was signed."""

    def __init__(self, attempts_left: int) -> None:
        super().__init__(f"the activation secret was not accepted; {attempts_left} attempts left")
        self.attempts_left = attempts_left


class KeyNotExportable(Exception):
    """The key store does not hand out private keys."""

    def __init__(self, usage: str) -> None:
        super().__init__(f"the {usage} key cannot be exported")


class Phone(Protocol):
    """Company Portal as its user sees it, the notification and mail inbox, the camera and the key store."""

    @property
    def device_id(self) -> str:
        """The id under which the device manager knows the phone; LookupError before it is enrolled."""

    @property
    def key_history(self) -> KeyHistory:
        """The key management keys on the phone. Raises NotSupported."""

    @property
    def module(self) -> HardwareModule:
        """The hardware module in the phone. Raises NotSupported where there is none."""

    @property
    def mail_program(self) -> MailProgram:
        """The mail program. Raises NotSupported."""

    @property
    def biometric_activation(self) -> BiometricActivation:
        """Activation by a biometric characteristic. Raises NotSupported."""

    def open_company_portal(self) -> Screen:
        """Start the app; before sign-in it offers "Sign in"."""

    def switch_on(self) -> Screen:
        """Switch on a new or factory-reset phone with Android Enterprise. Raises NotSupported.

        The screen is its "Welcome"; one that is managed already shows something else.
        """

    def type_text(self, text: str) -> Screen:
        """Type into the one field of the current screen. Raises NotSupported; LookupError when it has none."""

    def by_hand(self, words: str, step: str) -> Screen:
        """Do what `words` say, a documented step that takes a person with a device; the screen that comes.

        Raises NotSupported where no person has the phone.
        """

    def choose(self, caption: str) -> Screen:
        """Tap the control with that caption. LookupError when the current screen has none."""

    def user_code(self) -> str:
        """The device code that the app shows during sign-in. LookupError when it shows none."""

    def continue_enrolment(self) -> Screen:
        """Return to the app after the code was entered elsewhere; polls until the sign-in is decided."""

    def notifications(self) -> tuple[NotificationShown, ...]:
        """What the notification area shows."""

    def tap_notification(self) -> Screen:
        """Open the newest notification. LookupError when there is none."""

    def mail(self) -> tuple[MailReceived, ...]:
        """The work mailbox, oldest first."""

    def open_mail_link(self) -> Screen:
        """Follow the link in the newest e-mail about the smart card. LookupError when there is none."""

    def scan(self, picture: bytes) -> Screen:
        """Hold the camera at a picture (PNG). LookupError when the scanner is not open."""

    def type_password(self, password: str) -> Screen:
        """Type the password that stands under the QR code. LookupError when the screen does not ask for one.

        NOT_TOLD where only a person at the screen has seen it. Raises NotSupported where the app never asks.
        """

    def set_activation_secret(self, secret: str) -> Screen:
        """Choose the secret that activates the derived key; the screen says so when it is refused."""

    def finish(self) -> Screen:
        """Wait for the app to finish; returns the last screen, also when it reports a failure."""

    def credentials(self) -> tuple[InstalledCredential, ...]:
        """What the key store holds; reading certificates needs no activation."""

    def unlock(self, passcode: str) -> None:
        """Unlock the phone itself; this is not activation of the derived key (SP 800-157r1 §3.1.4)."""

    def restart(self) -> None:
        """Switch the phone off and on: what it keeps in memory is gone."""

    def open_with_credential(self, address: str, activation_secret: str | None) -> Screen:
        """Open a web application with the authentication credential; one activation for one sign-in.

        Raises WrongActivationSecret, RefusedAtTls, Unreachable; LookupError without a credential.
        """

    def join_network(self, network: WirelessProfile, activation_secret: str | None) -> Joining | None:
        """Join a wireless network with the authentication credential; one activation for one attempt.

        None without a secret, or where no profile provides for that network: the screen says so. Raises
        WrongActivationSecret, Unreachable, MachineLacks, NotSupported; LookupError without a credential.
        """

    def open_tunnel(self, access: VpnAccess, activation_secret: str | None) -> Joining | None:
        """Have a tunnel with the authentication credential, and the page behind it: JOINED where that comes.

        None without a secret, or where no profile provides for that gateway: the screen says so. Raises
        WrongActivationSecret, Unreachable, MachineLacks, NotSupported; LookupError without a credential.
        """

    def offer_tls(self, newest: str) -> None:
        """From now on offer no newer version of TLS than `TLSv1.2` or `TLSv1.3`. Raises NotSupported."""

    def sign_in_to_application(self, provider: str, activation_secret: str) -> Assertion | None:
        """Sign in to an application through the identity provider (its OpenID Connect issuer URL).

        What the provider vouches for, verified by the application; None when it signs nobody in. Raises
        WrongActivationSecret, NotSupported; LookupError without a credential.
        """

    def rekey(self, activation_secret: str) -> Screen:
        """Have the app replace the authentication credential in place by one for a new key; the screen tells the end.

        Raises WrongActivationSecret; LookupError without a credential, NotSupported where the app cannot re-key.
        """

    def rekey_into(self, other: "Phone", activation_secret: str) -> Screen:
        """Have the app ask for a certificate in place of its own, for a key in the module of another phone.

        Raises as `rekey`; NotSupported where the app cannot try it.
        """

    def renew(self, activation_secret: str) -> Screen:
        """Have the app ask for another certificate for the key that it has; the screen tells the end.

        Raises WrongActivationSecret; LookupError without a credential, NotSupported where the app cannot ask for it.
        """

    def check_in(self) -> None:
        """The app's regular look at whether its credentials still stand, and at what the device manager has for it.

        Raises NotSupported where nothing makes it.
        """

    def profiles(self) -> tuple[InstalledProfile, ...]:
        """The device manager's profiles on the phone. Raises NotSupported.

        Once an organisation manages profiles, the credential is used for what a profile on the phone provides for, and
        for nothing else: the screen says so.
        """

    def open_app(self, app: str, activation_secret: str | None) -> Screen:
        """Open a managed app, which signs in with the authentication credential; one activation for one sign-in.

        The screen is the app's page, or asks whether the app may use the credential ("Allow", "Don’t Allow"), asks for
        the activation secret, or says that the app gets no credential. Raises WrongActivationSecret, RefusedAtTls,
        Unreachable, NotSupported; LookupError for an app that is not installed.
        """

    def private_keys(self) -> int:
        """How many private keys of derived credentials lie in the key store. Raises NotSupported."""

    def change_activation_secret(self, current: str | None, new: str) -> Screen:
        """Choose another activation secret; without the current one the screen asks for it.

        Raises WrongActivationSecret, NotSupported; LookupError without a credential.
        """

    def activate(self, activation_secret: str) -> Screen:
        """Activate the authentication key for its next use. Raises WrongActivationSecret, NotSupported, LookupError."""

    def idle_time(self) -> timedelta:
        """How long an activated key that is not used stays active, as configured. Raises NotSupported."""

    def attempts_allowed(self) -> int:
        """After how many wrong activation secrets in a row the key is disabled, as configured. Raises NotSupported."""

    def lock(self) -> None:
        """Lock the phone: whoever has it next is not logged in to its key store. Raises NotSupported."""

    def sign_document(self, document: bytes, activation_secret: str | None) -> bytes:
        """Sign with the signature key, SHA-256; empty without a secret, where the screen asks for one.

        Raises WrongActivationSecret, NotSupported; LookupError without a credential.
        """

    def export_key(self, usage: str) -> bytes:
        """The private key of a credential as a file. Raises KeyNotExportable, NotSupported; LookupError without one."""

    def back_up(self) -> bytes:
        """What the phone's backup holds of its key store. Raises NotSupported."""

    def restore(self, backup: bytes) -> None:
        """Set the phone up from a backup of another. Raises NotSupported; ValueError for no backup."""
