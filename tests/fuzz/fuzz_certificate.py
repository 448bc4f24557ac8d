"""Fuzz target: whatever octets are handed in as a certificate, the judge answers, and both readers agree.

python tests/fuzz/fuzz_certificate.py tests/fuzz/seeds -max_total_time=600
"""

import sys

import atheris

with atheris.instrument_imports(include=["dpc_conformance.formats", "dpc_conformance.checks"]):
    from dpc_conformance.checks.context import CertificateContext
    from dpc_conformance.checks.fast import FastJudge
    from dpc_conformance.checks.finding import Outcome
    from dpc_conformance.checks.judgement import findings, judge_certificate
    from dpc_conformance.checks.profiles.derived_authentication import DERIVED_AUTHENTICATION
    from dpc_conformance.faults.certificates.material import evidence
    from dpc_conformance.formats.certificate import read_carefully
    from dpc_conformance.formats.quick_certificate import read_quickly

TOLD = evidence()
CONTEXT = CertificateContext(TOLD["moment"], TOLD["issuer"], TOLD["card_certificate"])
JUDGE = FastJudge(CONTEXT, DERIVED_AUTHENTICATION)


def one_certificate(data: bytes) -> None:
    """A finding is fine; an exception, or two answers to one question, is a crash."""
    quick = read_quickly(data)
    if quick is not None and tuple(quick) != tuple(read_carefully(data)):
        raise AssertionError("the short way through the certificate ends elsewhere")
    evaluations = judge_certificate(data, CONTEXT)
    if len(evaluations) != len(DERIVED_AUTHENTICATION.requirements):
        raise AssertionError("not every requirement was evaluated")
    if any((one.finding is None) == (one.outcome is Outcome.FAILS) for one in evaluations):
        raise AssertionError("a finding without a failure, or a failure without a finding")
    if {one.requirement: one for one in JUDGE.judge(data).findings} != findings(evaluations):
        raise AssertionError("the fast judge says something else")


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_certificate)
    atheris.Fuzz()
