"""What the issuer is configured to do about issued certificates, for whoever compares it with its documents."""

from dpc_conformance.evidence.documents import MaintenancePractice
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.watch import EVERY

HOUR_SECONDS = 3600


class Configuration:
    """The settings in the terms of the Common Policy CP §4.6 to §4.9."""

    def __init__(self, settings: IssuerSettings) -> None:
        self._settings = settings

    def practice(self) -> MaintenancePractice:
        """A key is certified once, and re-key always takes the former certificate out of use: nothing sets either."""
        return MaintenancePractice(
            policies=tuple(sorted(self._settings.derived_policies)),
            renewal=False,
            rekey=True,
            former_is_revoked=True,
            modification_days=self._settings.modification_deadline.days,
            suspension_days=self._settings.longest_suspension.days,
            feed_hours=int(EVERY.total_seconds()) // HOUR_SECONDS,
        )
