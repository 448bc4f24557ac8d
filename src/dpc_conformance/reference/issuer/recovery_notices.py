"""What subscribers are told about recoveries of their keys (Common Policy CP §4.12.1.4)."""

from dpc_conformance.reference.issuer.accounts import Account
from dpc_conformance.reference.issuer.notice_sender import NoticeSender
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.roles.reasons import Reason


class RecoveryNotices:
    """An e-mail for every attempt, successful or not."""

    def __init__(self, sender: NoticeSender) -> None:
        self._sender = sender

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
        if account.person.mail:
            self._sender.send(account.person, serial, subject, body, serial=serial or "unknown")


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
