"""Passwords that are shown under QR codes: the second secret that ties a phone to a sign-in, typed by hand."""

from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.reference.issuer.binding_secrets import PendingBinding
from dpc_conformance.reference.issuer.passwords import Passwords
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.sign_ins import digest
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.roles.reasons import Reason


class BindingPasswords:
    """A code that was shown with a password is worth nothing without it; only a salted digest is kept."""

    def __init__(self, store: Store, entropy: Entropy, settings: IssuerSettings) -> None:
        self._store, self._entropy, self._settings = store, entropy, settings
        self._passwords = Passwords(entropy.branch("salts"))

    def create(self, secret: bytes) -> str:
        """A new password for that binding secret, in decimal digits; empty where the issuer shows none."""
        digits = self._settings.kind.password_digits
        if not digits:
            return ""
        password = self.choose(secret, digits)
        kept = self._passwords.digest(password)
        with self._store.write() as connection:
            connection.execute(
                "INSERT INTO binding_password(secret, kept, tried) VALUES(?,?,0)"
                " ON CONFLICT(secret) DO UPDATE SET kept=excluded.kept, tried=0",
                (digest(base64url(secret)), kept),
            )
        return password

    def choose(self, secret: bytes, digits: int) -> str:  # noqa: ARG002  of which it says nothing
        """A password of so many digits for that binding secret."""
        return f"{self._entropy.below(10**digits):0{digits}}"

    def refusal(self, pending: PendingBinding, password: str) -> Refusal | None:
        """None for the password that was shown under the code, and for a code that was shown without one."""
        where = f"sign-in {pending.sign_in}"
        query = "SELECT kept FROM binding_password WHERE secret=?"
        row = self._store.read().execute(query, (pending.digest,)).fetchone()
        if row is None:
            return None
        if not password:
            return Refusal(Reason.BINDING_PASSWORD_MISSING, where)
        # Counted before anything is compared: many attempts at the same time are no more than one after the other.
        with self._store.write() as connection:
            counted = connection.execute(
                "UPDATE binding_password SET tried=tried+1 WHERE secret=? AND tried<?",
                (pending.digest, self._settings.most_wrong_passwords),
            ).rowcount
        if not counted:
            return Refusal(Reason.BINDING_PASSWORD_ATTEMPTS, where)
        return None if self._passwords.matches(password, row["kept"]) else Refusal(Reason.BINDING_PASSWORD, where)
