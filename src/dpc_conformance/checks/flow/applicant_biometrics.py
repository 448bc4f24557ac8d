"""The biometric comparison of applicants for hardware credentials: Common Policy CP §3.2.3.1, SP 800-157 §2.2."""

from datetime import timedelta

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Finding, missing, unexpected
from dpc_conformance.checks.flow.hardware_credentials import (
    RECORD,
    first_of_its_application,
    hardware_credentials,
    visits_of,
)
from dpc_conformance.checks.flow.lifecycle import serial
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.decisions import IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.registration import Comparison, Registration
from dpc_conformance.formats.certificate import read_certificate

ARCHIVE = "the archive of biometric samples"
SOURCES = ("card 5FC103", "card 5FC108", "card 5FC121", "enrolment record")
MATCH, NOT_POSSIBLE = "match", "not-possible"
ARCHIVED_FOR = timedelta(days=3 * 365)
"""How long records stay after the certificate has expired (CP §5.5.2)."""


@flow_check("DPC-ISS-BIO-01")
def applicant_is_compared(facts: ScenarioFacts) -> Finding | None:
    """The record of each hardware credential has a one-to-one comparison: result, matcher, source and operator."""
    credentials = hardware_credentials(facts)
    if isinstance(credentials, Finding):
        return credentials
    for credential in credentials:
        visits = visits_of(facts, credential)
        if not visits or visits[0].comparison is None:
            return missing(RECORD, f"a biometric comparison for certificate {serial(credential.certificate)}")
        if (finding := _shortcoming(visits[0], visits[0].comparison)) is not None:
            return finding
    return None


def _shortcoming(visit: Registration, comparison: Comparison) -> Finding | None:
    if comparison.result != MATCH and not (comparison.result == NOT_POSSIBLE and visit.evidence):
        return unexpected(RECORD, "a match, or evidence in its place", comparison.result or "no result")
    if comparison.source not in SOURCES:
        return unexpected(RECORD, f"a biometric from one of {', '.join(SOURCES)}", comparison.source or "no source")
    if not comparison.matcher or not visit.operator:
        return missing(RECORD, "the matcher" if not comparison.matcher else "the operator")
    return None


@flow_check("DPC-ISS-BIO-02")
def sample_is_kept(facts: ScenarioFacts) -> Finding | None:
    """The sample of each comparison is in the archive, unchanged, until three years after the certificate's end."""
    credentials = hardware_credentials(facts)
    if isinstance(credentials, Finding):
        return credentials
    for credential in credentials:
        visits = [visit for visit in visits_of(facts, credential) if visit.comparison]
        if not visits:
            return missing(RECORD, f"a sample for certificate {serial(credential.certificate)}")
        for visit in visits:
            if (finding := _lost(facts, credential, visit)) is not None:
                return finding
    return None


def _lost(facts: ScenarioFacts, credential: IssuedCredential, visit: Registration) -> Finding | None:
    comparison, end = visit.comparison, read_certificate(credential.certificate).not_after.moment
    if comparison is None or not comparison.sample:
        return missing(RECORD, f"a reference to the sample of {visit.at}")
    kept = next((each for each in facts.hardware.samples if each.reference == comparison.sample), None)
    if kept is None:
        return missing(ARCHIVE, f"the sample {comparison.sample}")
    if kept.digest != comparison.sample_digest:
        return unexpected(ARCHIVE, f"a sample with the hash {comparison.sample_digest}", kept.digest)
    if end is None or kept.kept_until < end + ARCHIVED_FOR:
        return unexpected(ARCHIVE, f"the sample until three years after {end}", f"until {kept.kept_until}")
    return None


@flow_check("DPC-ISS-BIO-03")
def second_document_where_no_match_is_possible(facts: ScenarioFacts) -> Finding | None:
    """Without a match the record has a second document's number, the verifier's declaration, a sample, and the time."""
    credentials = hardware_credentials(facts)
    if isinstance(credentials, Finding):
        return credentials
    without = [
        visit
        for credential in credentials
        for visit in visits_of(facts, credential)
        if visit.comparison and visit.comparison.result == NOT_POSSIBLE
    ]
    for visit in without:
        evidence = visit.evidence
        wanted = {
            "the number of a second identity document": evidence.document if evidence else "",
            "the verifier's declaration": evidence.declaration if evidence else "",
            "a biometric of the applicant": evidence.sample if evidence else "",
            "the verifier": visit.operator,
        }
        lacking = [name for name, value in wanted.items() if not value]
        if lacking:
            return missing(f"{RECORD}, {visit.at}", " and ".join(lacking))
    return None if without else unexpected(RECORD, "a credential without a match", "none")


@flow_check("DPC-ISS-BIO-04")
def identified_in_each_transaction(facts: ScenarioFacts) -> Finding | None:
    """In each later transaction the applicant was compared with the card again, or with an earlier sample."""
    credentials = hardware_credentials(facts)
    if isinstance(credentials, Finding):
        return credentials
    most = 0
    for credential in (each for each in credentials if first_of_its_application(facts, each)):
        visits = visits_of(facts, credential)
        most = max(most, len(visits))
        if (finding := _unregistered(facts, credential, visits)) is not None:
            return finding
        for number, visit in enumerate(visits[1:], start=2):
            if (finding := _unidentified(visit, visits[: number - 1], number)) is not None:
                return finding
    return None if most > 1 else unexpected(RECORD, "an application of several transactions", f"{most}")


def _unregistered(facts: ScenarioFacts, credential: IssuedCredential, visits: list[Registration]) -> Finding | None:
    """What is wrong where the credential was fetched after a sign-in that no visit belongs to."""
    signed_in = [each.at for each in facts.decided("sign-in") if each.actor == facts.account]
    last = max((at for at in signed_in if at <= credential.issued_at), default=credential.issued_at)
    if any(last - CLOCKS_DIFFER_BY <= visit.at <= credential.issued_at + CLOCKS_DIFFER_BY for visit in visits):
        return None
    return missing(
        f"{RECORD}, transaction of {last}", f"the one in which certificate {serial(credential.certificate)} was fetched"
    )


def _unidentified(visit: Registration, earlier: list[Registration], number: int) -> Finding | None:
    where, comparison = f"{RECORD}, transaction {number}", visit.comparison
    if comparison is None:
        return missing(where, "a biometric comparison")
    if comparison.result != MATCH and not visit.evidence:
        return unexpected(where, "a match, or evidence in its place", comparison.result)
    samples = [f"sample {each.comparison.sample}" for each in earlier if each.comparison and each.comparison.sample]
    if comparison.source not in (*SOURCES, *samples):
        return unexpected(where, "a comparison with the card, or with an earlier sample", comparison.source)
    return None
