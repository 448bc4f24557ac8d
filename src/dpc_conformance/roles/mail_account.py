"""A mail account: where its owner hands mail in, and where mail for the owner lies."""

from collections.abc import Sequence
from typing import Protocol


class MailAccount(Protocol):
    """The account of one address."""

    @property
    def address(self) -> str:
        """The owner's address."""

    def send(self, recipients: Sequence[str], message: bytes) -> None:
        """Hand in a message with CRLF line ends, over SMTP. Raises Unreachable when it is not taken."""

    def messages(self) -> tuple[bytes, ...]:
        """What lies in the mailbox, oldest first, each as it was delivered, with CRLF line ends."""
