"""Judges of certificates that let something pass, for every role that judges."""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509

from dpc_conformance.reference.issuer.path_judge import CertificateJudge
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.roles.reasons import Reason


@dataclass(frozen=True)
class Forgiving:
    """Judges as `judge` does, but what would be refused for one of `reasons` is accepted."""

    judge_of_old: CertificateJudge
    reasons: frozenset[Reason]

    def judge(self, certificate: x509.Certificate, sent: Sequence[x509.Certificate] = ()) -> Refusal | None:
        """See CertificateJudge."""
        refusal = self.judge_of_old.judge(certificate, sent)
        return None if refusal is not None and refusal.reason in self.reasons else refusal


def forgiving(judge: CertificateJudge, *reasons: Reason) -> Forgiving:
    """The judge that forgives these reasons."""
    return Forgiving(judge, frozenset(reasons))
