"""What a registration of an applicant for a hardware credential has to show (Common Policy CP §3.2.3.1)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dpc_conformance.evidence.registration import Registration
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.roles.reasons import Reason

CHANNELS = frozenset({"in-person", "supervised-remote"})
MATCH, NO_MATCH, NOT_POSSIBLE = "match", "no-match", "not-possible"
SOURCES = frozenset({"card 5FC103", "card 5FC108", "card 5FC121", "enrolment record"})


@dataclass(frozen=True)
class Report:
    """What an operator reports of an applicant in one visit; what was not done is empty.

    `application` is the number of the application that this visit continues. The rest is as in the records
    `Comparison` and `IdentityEvidence`; `sample` is what was captured.
    """

    channel: str = ""
    application: str = ""
    result: str = ""
    matcher: str = ""
    source: str = ""
    document: str = ""
    declaration: str = ""
    sample: bytes = field(default=b"", repr=False)


class RegistrationRules:
    """Judges a report; `earlier` are the former visits of the same application."""

    def judge(self, report: Report, earlier: Sequence[Registration]) -> Refusal | None:
        """None when the applicant may have a hardware credential after this visit."""
        return (
            self.appeared(report)
            or (self.identified_again(report, earlier) if earlier else self.compared(report))
            or self.matched(report)
            or self.evidenced(report)
            or self.sampled(report)
        )

    def appeared(self, report: Report) -> Refusal | None:
        """Refused unless the applicant came in person, or to a remote station under supervision."""
        if report.channel in CHANNELS:
            return None
        return Refusal(Reason.NOT_IN_PERSON, f"the channel was {report.channel or 'not reported'}")

    def compared(self, report: Report) -> Refusal | None:
        """Refused without a one-to-one comparison with a biometric of the cardholder."""
        if report.result and report.matcher and report.source in SOURCES:
            return None
        return Refusal(Reason.NO_COMPARISON, "no comparison with a biometric on the card or on record was reported")

    def identified_again(self, report: Report, earlier: Sequence[Registration]) -> Refusal | None:
        """Refused without a comparison of this visit, with the card or with a sample of an earlier one."""
        kept = {f"sample {visit.comparison.sample}" for visit in earlier if visit.comparison}
        if report.result and report.matcher and report.source in SOURCES | kept:
            return None
        return Refusal(Reason.NOT_REIDENTIFIED, f"visit {len(earlier) + 1} of application {report.application}")

    def matched(self, report: Report) -> Refusal | None:
        """Refused when the comparison says that it is somebody else."""
        return Refusal(Reason.NO_MATCH, "the comparison found no match") if report.result == NO_MATCH else None

    def evidenced(self, report: Report) -> Refusal | None:
        """Where no match can be made: refused without a second identity document and the verifier's declaration."""
        if report.result != NOT_POSSIBLE or (report.document and report.declaration):
            return None
        missing = "no second identity document" if not report.document else "no declaration of the verifier"
        return Refusal(Reason.IDENTITY_EVIDENCE, missing)

    def sampled(self, report: Report) -> Refusal | None:
        """Refused when there is no sample to keep."""
        return None if report.sample else Refusal(Reason.NO_SAMPLE, "the report holds no sample of the applicant")
