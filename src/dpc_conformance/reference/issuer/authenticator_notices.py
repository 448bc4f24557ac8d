"""E-mail about authenticators, at the address in the PIV identity account (SP 800-157r1 §2.2, §2.4)."""

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.accounts import Accounts
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.notifier import SendMail
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.store import Store


class AuthenticatorNotices:
    """One mail for each authenticator that was bound or removed, and for each change of a password."""

    def __init__(
        self,
        store: Store,
        audit: AuditLog,
        accounts: Accounts,
        send_mail: SendMail,
        clock: RunClock,
        settings: IssuerSettings,
    ) -> None:
        self._store, self._audit, self._accounts = store, audit, accounts
        self._send_mail, self._clock, self._settings = send_mail, clock, settings

    def bound(self, account: str, name: str) -> None:
        """An authenticator is a derived credential of the account now."""
        self._send(account, "A derived credential was bound to your account", f"bound the authenticator {name} to")

    def removed(self, account: str, name: str) -> None:
        """It is none any more."""
        self._send(account, "A derived credential was removed from your account", f"removed {name} from")

    def password_changed(self, account: str) -> None:
        """Somebody who knew the current password chose another one."""
        self._send(account, "The password of your authenticators was changed", "changed the password in")

    def _send(self, account: str, subject: str, what: str) -> None:
        person = self._accounts.get(account).person
        at = self._clock.now().strftime("%Y-%m-%d %H:%M UTC")
        text = BODY.format(name=person.common_name, at=at, issuer=self._settings.display_name, what=what)
        try:
            self._send_mail(person.mail, subject, text)
        except OSError as error:
            action, detail = "notify-failed", f"mail failed: {type(error).__name__}"
        else:
            action, detail = "notify", f"mail to the account's address: {subject}"
        with self._store.write() as connection:
            self._audit.accept(connection, "issuer", action, account, detail)


BODY = """Dear {name},

on {at} {issuer} {what} your account.

If you did not ask for it, tell your security office at once.
"""
