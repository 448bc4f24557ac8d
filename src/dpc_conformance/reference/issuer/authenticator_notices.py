"""E-mail about authenticators, at the address in the PIV identity account (SP 800-157r1 §2.2, §2.4)."""

from dpc_conformance.reference.issuer.accounts import Accounts
from dpc_conformance.reference.issuer.notice_sender import NoticeSender


class AuthenticatorNotices:
    """One mail for each authenticator that was bound or removed, and for each change of a password."""

    def __init__(self, accounts: Accounts, sender: NoticeSender) -> None:
        self._accounts, self._sender = accounts, sender

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
        self._sender.send(self._accounts.get(account).person, account, subject, BODY, what=what)


BODY = """Dear {name},

on {at} {issuer} {what} your account.

If you did not ask for it, tell your security office at once.
"""
