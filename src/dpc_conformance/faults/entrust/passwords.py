"""Seeded defects of the password under the QR code: how it is made, where else it stands, and what it is worth."""

from dataclasses import replace
from datetime import timedelta

from dpc_conformance.faults.flows.binding_secret import DecimalSecrets, SecretsOf
from dpc_conformance.faults.registry import fault
from dpc_conformance.protocols.qr_payload import base64url, from_base64url
from dpc_conformance.reference.issuer.binding_passwords import BindingPasswords
from dpc_conformance.reference.issuer.binding_secrets import PendingBinding
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.sign_ins import SignIn, digest
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.reasons import Reason


class PasswordsOf(BindingPasswords):
    """The passwords of an issuer, as a defect changes them."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts.store, parts.randomness.branch("passwords"), parts.settings)


class Forgiving(PasswordsOf):
    """Does not mind what is wrong with a password."""

    def __init__(self, parts: IssuerParts, reason: Reason) -> None:
        super().__init__(parts)
        self._forgiven = reason

    def refusal(self, pending: PendingBinding, password: str) -> Refusal | None:
        """See BindingPasswords."""
        refusal = super().refusal(pending, password)
        return None if refusal and refusal.reason is self._forgiven else refusal


@fault("issuer takes any password for the one under the QR code", {"DPC-ISS-MULTI-01"})
def any_password(scene: Scene) -> None:
    scene.issuer.passwords = Forgiving(scene.issuer, Reason.BINDING_PASSWORD)


@fault("issuer takes a QR code without the password under it", {"DPC-ISS-MULTI-01"})
def no_password(scene: Scene) -> None:
    scene.issuer.passwords = Forgiving(scene.issuer, Reason.BINDING_PASSWORD_MISSING)


class OnePassword(PasswordsOf):
    """Shows everybody the same."""

    def choose(self, secret: bytes, digits: int) -> str:  # noqa: ARG002
        """See BindingPasswords."""
        return f"{48151623:0{digits}}"


@fault("the same password stands under every QR code", {"DPC-ISS-MULTI-01"})
def one_password(scene: Scene) -> None:
    scene.issuer.passwords = OnePassword(scene.issuer)


@fault("QR code and password are of decimal digits, and few", {"DPC-ISS-MULTI-02"})
def too_short(scene: Scene) -> None:
    parts = scene.issuer
    parts.settings = replace(parts.settings, kind=replace(parts.settings.kind, password_digits=4))
    parts.secrets = DecimalSecrets(parts)


class MailedPasswords(PasswordsOf):
    """Sends each password to the cardholder by e-mail, too."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts)
        self._parts = parts

    def choose(self, secret: bytes, digits: int) -> str:
        """See BindingPasswords."""
        password, pending = super().choose(secret, digits), self._parts.secrets.find(base64url(secret))
        if isinstance(pending, PendingBinding):
            person = self._parts.accounts.get(pending.account).person
            self._parts.send_mail(person.mail, "Your password", f"The password under your QR code is {password}.")
        return password


@fault("issuer mails the password under the QR code", {"DPC-ISS-MULTI-05"})
def mailed(scene: Scene) -> None:
    scene.issuer.passwords = MailedPasswords(scene.issuer)


class DigitsFirst(SecretsOf):
    """Makes secrets that begin with as many digits as a password has."""

    def create(self, sign_in: SignIn, profile: str) -> bytes:
        """See BindingSecrets."""
        secret, digits = super().create(sign_in, profile), self._settings.kind.password_digits
        text = f"{int.from_bytes(secret, 'big') % 10**digits:0{digits}}{base64url(secret)[digits:]}"
        with self._store.write() as connection:
            connection.execute("UPDATE secret SET hash=? WHERE hash=?", (digest(text), digest(base64url(secret))))
        return from_base64url(text)


class FirstDigits(PasswordsOf):
    """Takes the first characters of the binding secret for its password."""

    def choose(self, secret: bytes, digits: int) -> str:
        """See BindingPasswords."""
        return base64url(secret)[:digits]


@fault("password stands in the QR code above it, too", {"ENT-IOS-15c"})
def in_the_code(scene: Scene) -> None:
    scene.issuer.secrets, scene.issuer.passwords = DigitsFirst(scene.issuer), FirstDigits(scene.issuer)


@fault("QR code with a password under it lives for a day", {"DPC-ISS-MULTI-04"})
def long_lived(scene: Scene) -> None:
    scene.issuer.settings = replace(scene.issuer.settings, secret_lifetime=timedelta(days=1))
