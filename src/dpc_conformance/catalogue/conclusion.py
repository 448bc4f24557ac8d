"""The conclusion of a run, and the exit code that says it to a machine."""

from enum import IntEnum, StrEnum


class Conclusion(StrEnum):
    """What the run says about the product."""

    CONFORMANT = "conformant"
    WITH_DEVIATIONS = "conformant with deviations"
    NOT_CONFORMANT = "not conformant"
    INCOMPLETE = "INCOMPLETE"


class ExitCode(IntEnum):
    """What `dpc` ends with."""

    CONFORMANT = 0
    """Also with deviations."""
    NOT_CONFORMANT = 1
    INCOMPLETE = 2
    BROKE = 3
    """The run itself could not go on: a port in use, a server or a worker that died."""
    BAD_INPUT = 4
    INTERRUPTED = 130


def conclude(failed: bool, waived: bool, complete: bool) -> Conclusion:
    """`failed`: a requirement that no waiver covers, or a waiver that does not fit; `waived`: one that is covered.

    `complete` says that every requirement is settled. A failure is enough to conclude, however much is missing; without
    one nothing may be missing.
    """
    if failed:
        return Conclusion.NOT_CONFORMANT
    if not complete:
        return Conclusion.INCOMPLETE
    return Conclusion.WITH_DEVIATIONS if waived else Conclusion.CONFORMANT


def exit_code(conclusion: Conclusion, broke: bool, interrupted: bool) -> ExitCode:
    """A user's stop comes first, then a broken run: whatever else such a run says should be looked at again."""
    if interrupted:
        return ExitCode.INTERRUPTED
    if broke:
        return ExitCode.BROKE
    match conclusion:
        case Conclusion.NOT_CONFORMANT:
            return ExitCode.NOT_CONFORMANT
        case Conclusion.INCOMPLETE:
            return ExitCode.INCOMPLETE
        case _:
            return ExitCode.CONFORMANT
