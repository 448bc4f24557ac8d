"""The app's own reminder: before a credential expires its holder is asked to set up a new one."""

from datetime import datetime

from cryptography import x509

from dpc_conformance.evidence.records import NotificationShown
from dpc_conformance.roles.phone import InstalledCredential

TITLE = "Renew mobile smart card access"
TEXT = "Your mobile smart card will expire. Tap to set up a new one; have your smart card at hand."
DUE_AFTER = 0.8
"""The part of a certificate's lifetime after which it is time."""


class Reminder:
    """Looks at the installed authentication certificate; each one is reminded of once."""

    def __init__(self) -> None:
        self._shown: dict[bytes, NotificationShown] = {}

    def look(self, installed: tuple[InstalledCredential, ...], now: datetime) -> tuple[NotificationShown, ...]:
        """The reminder that is new at this moment, if any."""
        for held in installed:
            if held.usage == "authentication" and held.certificate not in self._shown and _due(held.certificate) <= now:
                self._shown[held.certificate] = NotificationShown(now, TITLE, TEXT)
                return (self._shown[held.certificate],)
        return ()

    def waiting(self, installed: tuple[InstalledCredential, ...]) -> tuple[NotificationShown, ...]:
        """The reminder that stands in the notification area, until its certificate is replaced."""
        held = {each.certificate for each in installed}
        return tuple(shown for certificate, shown in self._shown.items() if certificate in held)


def _due(certificate: bytes) -> datetime:
    parsed = x509.load_der_x509_certificate(certificate)
    return parsed.not_valid_before_utc + DUE_AFTER * (parsed.not_valid_after_utc - parsed.not_valid_before_utc)
