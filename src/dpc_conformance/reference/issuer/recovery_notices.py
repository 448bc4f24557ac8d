"""What subscribers are told about recoveries of their keys (Common Policy CP §4.12.1.4)."""

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.accounts import Account
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.notifier import SendMail
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.roles.reasons import Reason


class RecoveryNotices:
    """An e-mail for every attempt, successful or not."""

    def __init__(
        self, store: Store, audit: AuditLog, send_mail: SendMail, clock: RunClock, settings: IssuerSettings
    ) -> None:
        self._store, self._audit, self._send_mail = store, audit, send_mail
        self._clock, self._settings = clock, settings

    def notifiable(self, account: Account) -> Refusal | None:
        """Refused when there is no address: nobody would hear of the recovery."""
        if not account.person.mail:
            return Refusal(Reason.NO_ADDRESS, f"account {account.name} has no e-mail address")
        return None

    def recovered(self, account: Account, serial: str) -> None:
        """The key with that certificate is about to leave the escrow."""
        self._send(account, serial, "A key of yours is recovered from escrow", RECOVERED)

    def refused(self, account: Account, serial: str) -> None:
        """Somebody tried: in the name of the account, or for a key of it."""
        self._send(account, serial, "The recovery of a key was refused", REFUSED)

    def _send(self, account: Account, serial: str, subject: str, body: str) -> None:
        if not account.person.mail:
            return
        at = self._clock.now().strftime("%Y-%m-%d %H:%M UTC")
        text = body.format(
            name=account.person.common_name, issuer=self._settings.display_name, serial=serial or "unknown", at=at
        )
        try:
            self._send_mail(account.person.mail, subject, text)
        except OSError as error:
            sent, detail = "notify-failed", f"mail failed: {type(error).__name__}"
        else:
            sent, detail = "notify", f"mail to the account's address: {subject}"
        with self._store.write() as connection:
            self._audit.accept(connection, "issuer", sent, serial, detail)


RECOVERED = """Dear {name},

on {at} {issuer} recovered a key management key of yours from escrow (certificate with the serial number {serial})
and sent it to your device, enveloped for it alone.

If you did not ask for it, tell your security office at once.
"""

REFUSED = """Dear {name},

on {at} {issuer} refused to recover a key management key from escrow (certificate with the serial number {serial}):
it was asked for in your name, or the key is yours.

If it was not you, tell your security office at once.
"""
