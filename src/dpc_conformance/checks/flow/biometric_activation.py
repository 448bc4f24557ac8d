"""Activation by a biometric: SP 800-63B-4 §3.2.3."""

from datetime import datetime, timedelta

from dpc_conformance.checks.finding import Finding, missing, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.biometric_activation import (
    ACCEPTED,
    MISMATCH,
    NOT_COMPARED,
    BiometricAttempted,
    SensorStated,
)
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.records import ActivationAttempted

SENSOR = "the biometric sensor"
LIMIT, CAP = 5, 50
"""Consecutive failures before a wait or the secret, and altogether; twice as many with attack detection."""
SHORTEST_WAIT = timedelta(seconds=30)


class _Tally:
    """Failures in a row; what waits were enough for another comparison beyond the limit."""

    def __init__(self, factor: int) -> None:
        self.limit, self.cap = LIMIT * factor, CAP * factor
        self.failures = self.beyond = 0
        self.tried_beyond = False
        self.last: datetime | None = None

    def add(self, attempt: BiometricAttempted) -> Finding | None:
        """A finding when this sample should not have been compared."""
        full = self.failures >= self.limit
        self.tried_beyond = self.tried_beyond or full
        if attempt.outcome == NOT_COMPARED:
            return None
        flaw = self._flaw(attempt) if full else None
        self.last = attempt.at
        self.failures = self.failures + 1 if attempt.outcome == MISMATCH else 0
        self.beyond = self.beyond + 1 if full and self.failures else 0
        return flaw

    def _flaw(self, attempt: BiometricAttempted) -> Finding | None:
        if self.failures >= self.cap:
            return unexpected(SENSOR, f"no comparison after {self.cap} failures in a row", "one more")
        waited = attempt.at - self.last if self.last else timedelta()
        after = f"after {self.failures} failures in a row"
        if waited < SHORTEST_WAIT:
            return unexpected(SENSOR, f"the secret, or a wait of {SHORTEST_WAIT}, {after}", f"one more in {waited}")
        if self.beyond and waited <= SHORTEST_WAIT:
            return unexpected(SENSOR, f"the secret, or a wait that grows, {after}", f"one more in {waited}, as before")
        return None


@flow_check("DPC-ACT-BIO-02")
def failures_are_limited(facts: ScenarioFacts) -> Finding | None:
    """After 5 failures in a row (10 with attack detection) come growing waits or the secret, after 50 (100) nothing."""
    stated = facts.of(SensorStated)
    if not stated:
        return missing(SENSOR, "what is documented about it")
    tally = _Tally(2 if stated[-1].detects_presentation_attacks else 1)
    for record in facts.timeline:
        if isinstance(record, ActivationAttempted) and record.right_secret and record.outcome == ACCEPTED:
            tally.failures = tally.beyond = 0
        if isinstance(record, BiometricAttempted) and (flaw := tally.add(record)) is not None:
            return flaw
    return None if tally.tried_beyond else missing(SENSOR, f"a try after {tally.limit} failures in a row")
