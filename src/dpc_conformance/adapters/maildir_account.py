"""A mail account at a real server, whose mailbox is a Maildir that others may share."""

import email
import email.policy
import re
import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path

from dpc_conformance.protocols.smtp import submit
from dpc_conformance.roles.errors import Unreachable

TIME_LIMIT, BETWEEN_LOOKS = 60.0, 0.05
"""Seconds of the machine's time: how long mail may be on its way, and how often one looks."""
RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "X-RcptTo")


@dataclass(frozen=True)
class MaildirAccount:
    """Implements roles.mail_account.MailAccount. `sent` holds the Message-IDs of the scenario, for all its accounts."""

    address: str
    server: tuple[str, int]
    tls: ssl.SSLContext | None = field(repr=False)
    mailbox: Path
    sent: set[str]

    def send(self, recipients: Sequence[str], message: bytes) -> None:
        """Hand in a message and wait until it lies in the mailbox of each recipient. Raises Unreachable."""
        self.sent.add(_identifier(message))
        before = {recipient: len(self._messages_of(recipient)) for recipient in recipients}
        submit(self.server, self.address, recipients, message, self.tls)
        deadline = time.monotonic() + TIME_LIMIT
        while any(len(self._messages_of(recipient)) <= before[recipient] for recipient in recipients):
            if time.monotonic() > deadline:
                host, port = self.server
                raise Unreachable(f"{host}:{port}", f"the mail did not reach {self.mailbox} in {TIME_LIMIT:g} seconds")
            threading.Event().wait(BETWEEN_LOOKS)

    def messages(self) -> tuple[bytes, ...]:
        """What lies in the mailbox of this scenario's mail, oldest first."""
        return self._messages_of(self.address)

    def _messages_of(self, address: str) -> tuple[bytes, ...]:
        files = [file for folder in ("new", "cur") for file in (self.mailbox / folder).iterdir()]
        found = [_with_crlf(file.read_bytes()) for file in sorted(files, key=lambda file: file.stat().st_mtime_ns)]
        return tuple(each for each in found if _identifier(each) in self.sent and address.lower() in _addressed(each))


def _heading(message: bytes) -> EmailMessage:
    return email.message_from_bytes(message.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", policy=email.policy.default)


def _identifier(message: bytes) -> str:
    return str(_heading(message)["Message-ID"]).strip()


def _addressed(message: bytes) -> set[str]:
    heading = _heading(message)
    values = [str(value) for name in RECIPIENTS for value in heading.get_all(name, [])]
    return {address.lower() for _, address in getaddresses(values)}


def _with_crlf(stored: bytes) -> bytes:
    """As the message came over the wire: a Maildir keeps lines as the machine ends them."""
    return re.sub(rb"\r?\n", b"\r\n", stored)
