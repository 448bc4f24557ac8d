"""Real e-mail inside a run: an SMTP server on the loopback interface with mailboxes that are new for each scenario."""

import asyncio
import email
import email.policy
import smtplib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.utils import format_datetime

from aiosmtpd.smtp import SMTP, Envelope, Session

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import MailReceived
from dpc_conformance.protocols.smtp import OWN_NAME, TIME_LIMIT, submit

LOOPBACK = "127.0.0.1"
SendMail = Callable[[str, str, str], None]
"""Recipient, subject, body."""


class Mailboxes:
    """The mailboxes of one scenario; every arrival is recorded, without secrets."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._boxes: dict[str, list[MailReceived]] = {}
        self._octets: dict[str, list[bytes]] = {}
        self._lock = threading.Lock()
        self.before_reading: Callable[[], None] = lambda: None
        """Waits for mail that is still on its way."""

    def deliver(self, recipient: str, content: bytes) -> None:
        """Put a message into the recipient's mailbox. ValueError when it has no Date header."""
        message = email.message_from_bytes(content, policy=email.policy.default)
        date = message["Date"]
        if date is None or date.datetime is None:
            raise ValueError("the message has no Date header")
        received = MailReceived(
            at=date.datetime,
            sender=str(message["From"]),
            recipient=recipient,
            subject=str(message["Subject"]),
            body=_plain_text(message),
        )
        with self._lock:
            self._boxes.setdefault(recipient.lower(), []).append(received)
            self._octets.setdefault(recipient.lower(), []).append(content)
        self._recorder.record(replace(received, body=self._recorder.redact(received.body)))

    def of(self, address: str) -> tuple[MailReceived, ...]:
        """What arrived for `address`, oldest first."""
        self.before_reading()
        with self._lock:
            return tuple(self._boxes.get(address.lower(), ()))

    def octets_of(self, address: str) -> tuple[bytes, ...]:
        """The same messages as they came over the wire."""
        self.before_reading()
        with self._lock:
            return tuple(self._octets.get(address.lower(), ()))


class MailServer:
    """One SMTP server per worker process; `open_mailboxes` starts a scenario, `close` ends the server."""

    def __init__(self) -> None:
        self._mailboxes: Mailboxes | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mail", daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(TIME_LIMIT)
        self.port: int = self._server.sockets[0].getsockname()[1]
        """The loopback port that `Mailer` sends to."""

    def open_mailboxes(self, recorder: Recorder) -> Mailboxes:
        """Empty mailboxes for a new scenario; mail that comes from now on goes there."""
        self._mailboxes = Mailboxes(recorder)
        return self._mailboxes

    def close(self) -> None:
        """Stop listening and end the thread; closing twice does nothing."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(TIME_LIMIT)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(TIME_LIMIT)
        self._loop.close()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002
        """aiosmtpd's hook for a complete message: one copy for each recipient."""
        if self._mailboxes is None:
            return "451 no mailboxes are open"
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        try:
            for recipient in envelope.rcpt_tos:
                self._mailboxes.deliver(recipient, content)
        except ValueError as error:
            return f"554 {error}"
        return "250 OK"

    async def _listen(self) -> asyncio.Server:
        def session() -> SMTP:
            return SMTP(self, hostname="mail.dpc.example", ident="dpc", timeout=TIME_LIMIT, loop=self._loop)

        return await self._loop.create_server(session, LOOPBACK, 0)

    async def _stop(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


@dataclass(frozen=True)
class LocalMailAccount:
    """Implements roles.mail_account.MailAccount at the server of the run."""

    address: str
    mailboxes: Mailboxes
    port: int

    def send(self, recipients: Sequence[str], message: bytes) -> None:
        """Hand in a message. Raises Unreachable."""
        submit((LOOPBACK, self.port), self.address, recipients, message)

    def messages(self) -> tuple[bytes, ...]:
        """What lies in the mailbox, oldest first."""
        return self.mailboxes.octets_of(self.address)


class Mailer:
    """Sends plain-text mail from one address; date and Message-ID come from the run's clock and entropy."""

    def __init__(self, port: int, sender: str, clock: RunClock, entropy: Entropy) -> None:
        self._port, self._sender, self._clock, self._entropy = port, sender, clock, entropy

    def __call__(self, recipient: str, subject: str, body: str) -> None:
        """Send one message over SMTP; raises smtplib.SMTPException or OSError when it cannot be delivered."""
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = recipient
        message["Subject"] = subject
        message["Date"] = format_datetime(self._clock.now())
        message["Message-ID"] = f"<{self._entropy.bytes(12).hex()}@{self._sender.rpartition('@')[2]}>"
        message.set_content(body)
        with smtplib.SMTP(LOOPBACK, self._port, local_hostname=OWN_NAME, timeout=TIME_LIMIT) as connection:
            connection.send_message(message)


def _plain_text(message: EmailMessage) -> str:
    """The text of a plain message; empty for every other kind."""
    if message.get_content_maintype() != "text":
        return ""
    return "\n".join(message.get_content().splitlines()).strip()
