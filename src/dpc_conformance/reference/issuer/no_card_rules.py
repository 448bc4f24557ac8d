"""What has to be so before anything is issued without a card (FIPS 201-3 §2.8, SP 800-157r1 fpd §2.2.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dpc_conformance.evidence.no_card import NoCardEvent
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.roles.reasons import Reason

CHANNELS = frozenset({"in-person", "supervised-remote"})
FAVORABLE, MATCH = "favorable", "match"
ONE_VISIT = timedelta(hours=12)
"""A visit to the desk: as long as it lasts, further devices of the applicant get their codes on the same decision."""


@dataclass(frozen=True)
class Application:
    """What an operator reports of an applicant without a card; what is not so is empty."""

    account: str
    channel: str
    proofed_at: datetime | None
    adjudication: str
    biometric: str
    justification: str


class NoCardRules:
    """Judges an application, and how long a decision carries."""

    def judge(self, application: Application, earlier: Sequence[NoCardEvent]) -> Refusal | None:
        """None when a credential may be issued on this application."""
        return self.appeared(application) or self.conditions(application) or self.justified(application, earlier)

    def appeared(self, application: Application) -> Refusal | None:
        """Refused unless the applicant came in person, or to a remote station under supervision."""
        if application.channel in CHANNELS:
            return None
        return Refusal(Reason.NOT_SUPERVISED, f"the channel was {application.channel or 'not reported'}")

    def conditions(self, application: Application) -> Refusal | None:
        """Refused until everything is on record that a PIV Card would need."""
        open_ones = {
            "identity proofing": application.proofed_at is None,
            "adjudication": application.adjudication != FAVORABLE,
            "biometric verification": application.biometric != MATCH,
        }
        missing = [name for name, is_open in open_ones.items() if is_open]
        return Refusal(Reason.NO_CARD_CONDITIONS, f"open: {', '.join(missing)}") if missing else None

    def justified(self, application: Application, earlier: Sequence[NoCardEvent]) -> Refusal | None:
        """Refused without a justification, or with one that has served before."""
        served = {event.justification for event in earlier}
        if application.justification and application.justification not in served:
            return None
        return Refusal(Reason.NO_CARD_EVENT, "a new decision needs a justification of its own")

    def carries(self, event: NoCardEvent, now: datetime) -> Refusal | None:
        """Refused when the visit in which it was decided is over."""
        if now - event.at <= ONE_VISIT:
            return None
        return Refusal(Reason.NO_CARD_EVENT, f"event {event.number} was decided at {event.at.isoformat()}")
