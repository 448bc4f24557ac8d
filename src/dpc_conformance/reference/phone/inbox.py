"""The notification area and the mailbox."""

from collections.abc import Callable
from datetime import UTC, datetime

from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import MailReceived, NotificationShown
from dpc_conformance.protocols.device_management import DeviceManagementClient, PushedNotification

Mailbox = Callable[[], tuple[MailReceived, ...]]


class Inbox:
    """Fetches notifications when somebody looks; `mailbox` reads the work mail of the phone's user."""

    def __init__(self, management: DeviceManagementClient, mailbox: Mailbox, recorder: Recorder) -> None:
        self._management, self._mailbox, self._recorder = management, mailbox, recorder
        self._shown = 0

    def notifications(self) -> tuple[NotificationShown, ...]:
        """What the notification area shows, oldest first; nothing before the phone is managed."""
        shown = tuple(NotificationShown(_moment(one), one.title, one.text) for one in self._waiting())
        for new in shown[self._shown :]:
            self._recorder.record(new)
        self._shown = max(self._shown, len(shown))
        return shown

    def newest_opens(self) -> str:
        """The path of what the newest notification opens. LookupError when there is none."""
        waiting = self._waiting()
        if not waiting:
            raise LookupError("there is no notification")
        return waiting[-1].opens

    def mail(self) -> tuple[MailReceived, ...]:
        """The work mailbox, oldest first."""
        return self._mailbox()

    def newest_link(self, prefix: str) -> str:
        """The link in the newest e-mail that starts with `prefix`. LookupError when there is none."""
        for mail in reversed(self.mail()):
            for word in mail.body.split():
                if word.startswith(prefix):
                    return word
        raise LookupError("no e-mail holds a link to the smart card setup")

    def _waiting(self) -> tuple[PushedNotification, ...]:
        return self._management.notifications() if self._management.device_id else ()


def _moment(notification: PushedNotification) -> datetime:
    return datetime.fromtimestamp(notification.epoch, UTC)
