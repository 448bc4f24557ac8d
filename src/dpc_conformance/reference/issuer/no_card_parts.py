"""What issues to people without their card; like IssuerParts, each part can be swapped before it is first used."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.reference.issuer.no_card_desk import NoCardDesk
from dpc_conformance.reference.issuer.no_card_events import NoCardEvents
from dpc_conformance.reference.issuer.no_card_rules import NoCardRules
from dpc_conformance.reference.issuer.qr_picture import qr_picture

if TYPE_CHECKING:
    from dpc_conformance.reference.issuer.parts import IssuerParts


@dataclass
class NoCardParts:
    """The rest of the issuer is looked up when a part is made, so that what was swapped there counts here too."""

    issuer: "IssuerParts"

    @cached_property
    def events(self) -> NoCardEvents:
        """The record."""
        return NoCardEvents(self.issuer.store, self.issuer.audit, self.issuer.clock)

    @cached_property
    def rules(self) -> NoCardRules:
        """What has to be so."""
        return NoCardRules()

    @cached_property
    def desk(self) -> NoCardDesk:
        """The operator's service."""
        parts = self.issuer
        return NoCardDesk(
            parts.audit, parts.accounts, parts.credentials, parts.secrets, self.events, self.rules, parts.clock,
            self.picture, parts.hardware.operator_authenticator,
        )  # fmt: skip

    def picture(self, secret: bytes) -> bytes:
        """The QR code of that secret, as the kiosk shows it."""
        return qr_picture(QrPayload(self.issuer.settings.enrolment_address, secret).text)
