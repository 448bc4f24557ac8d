"""The audit records of a relying party whose decisions stand in a program's log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.reference.audit_log import MemoryAuditLog
from dpc_conformance.roles.reasons import Reason


@dataclass(frozen=True)
class Decision:
    """What a server decided: `reason` None means that the visitor was let in, as `account`.

    `subject` names the certificate by its serial number (hexadecimal), where the log has it.
    """

    reason: Reason | None
    account: str = "unknown"
    subject: str = ""
    detail: str = ""


class ProgramAudit:
    """Reads decisions of one program after the other; each gets the time at which it was first seen."""

    def __init__(self, action: str, clock: RunClock, read: Callable[[Sequence[str]], list[Decision]]) -> None:
        """`read` finds the decisions in a whole log."""
        self._action, self._read = action, read
        self._log = MemoryAuditLog(clock)
        self._seen: dict[int, int] = {}

    def take_over(self, process: int, lines: Sequence[str]) -> None:
        """What the program decided since the last time; `lines` is all that it has logged."""
        decisions = self._read(lines)
        for one in decisions[self._seen.get(process, 0) :]:
            if one.reason is None:
                self._log.accept(one.account, self._action, one.subject, one.detail)
            else:
                self._log.refuse(one.account, self._action, one.reason, one.subject, one.detail)
        self._seen[process] = len(decisions)

    def records(self) -> tuple[AuditRecord, ...]:
        """Everything seen so far, oldest first."""
        return self._log.records()
