"""The supervised desk where an operator decides about applicants without their PIV Card (SP 800-157r1 fpd §2.2.3)."""

from dataclasses import dataclass
from typing import Protocol

from dpc_conformance.roles.people import Person
from dpc_conformance.roles.screens import Screen


@dataclass(frozen=True)
class Circumstances:
    """What the operator enters. `channel` is in-person, supervised-remote or telephone.

    `proofed` tells whether identity proofing was completed, `adjudication` and `biometric` are as in
    evidence.no_card.NoCardEvent. `event` is the number of an earlier decision on whose strength a further code is asked
    for, empty for a decision of this moment.
    """

    channel: str = "in-person"
    proofed: bool = True
    adjudication: str = "favorable"
    biometric: str = "match"
    justification: str = "the card was left at home, case 2026-1130"
    event: str = ""


class NoCardDesk(Protocol):
    """The station of an operator."""

    def decide(self, applicant: Person, circumstances: Circumstances) -> Screen:
        """Ask for a code for the applicant's phone; the screen shows it and the number of the event, or a refusal.

        Raises NotSupported.
        """
