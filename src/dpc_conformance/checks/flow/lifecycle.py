"""What the rules on invalidation ask of a scenario: what the agency told, and what anybody can see of a certificate."""

from datetime import datetime, timedelta

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.evidence.decisions import AuditRecord, IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.lifecycle import AgencyNotice, StatusSeen
from dpc_conformance.formats.certificate import read_certificate

BOUND = timedelta(hours=18)
"""From the notice to the end of every derived credential, at most (FIPS 201-3 §2.9.4)."""
MAIL_SECONDS = timedelta(seconds=1)
"""The date of a mail has no fractions of a second."""
STATUS = "the status services"
AGENCY = "the agency's notices"
AUDIT = "the issuer's audit record"
ACCOUNT = "the PIV identity account"


def notices(facts: ScenarioFacts, kind: str) -> tuple[AgencyNotice, ...]:
    """The notices of that kind, oldest first."""
    return tuple(notice for notice in facts.of(AgencyNotice) if notice.kind == kind)


def last_notice(facts: ScenarioFacts, *kinds: str) -> AgencyNotice | Finding:
    """The newest notice of those kinds; a finding when the scenario has none."""
    found = [notice for notice in facts.of(AgencyNotice) if notice.kind in kinds]
    return found[-1] if found else unexpected(AGENCY, " or ".join(kinds), "none")


def issued_before(facts: ScenarioFacts, moment: datetime) -> list[IssuedCredential]:
    """The credentials of the cardholder that existed then, and had not expired."""
    issued = [credential for credential in facts.credentials if credential.issued_at <= moment]
    ends = [read_certificate(credential.certificate).not_after.moment for credential in issued]
    return [each for each, end in zip(issued, ends, strict=True) if end is None or end >= moment]


def serial(certificate: bytes) -> str:
    """The serial number of a certificate as audit records have it."""
    return f"{read_certificate(certificate).serial:x}"


def names_of(credential: IssuedCredential) -> frozenset[str]:
    """By what a record may name a credential: itself, its account, its device, or the card that authorised it."""
    derived = read_certificate(credential.certificate)
    names = {f"{derived.serial:x}", credential.account, credential.device_id}
    if credential.piv_authentication_certificate:
        card = read_certificate(credential.piv_authentication_certificate)
        names |= {f"{card.serial:x}", *(f"urn:uuid:{uuid}" for uuid in card.uuids)}
        names |= {f"fasc-n:{number.hex()}" for number in card.fasc_ns}
    return frozenset(names)


def by_holder(facts: ScenarioFacts, action: str) -> list[AuditRecord]:
    """The accepted requests of the cardholder, or of a device with a credential of the cardholder; oldest first."""
    actors = actors_of_holder(facts)
    return [record for record in facts.decided(action) if record.actor in actors]


def actors_of_holder(facts: ScenarioFacts) -> frozenset[str]:
    """By what a record names whoever acts for the cardholder: the account, or a device with a credential."""
    return frozenset({facts.account, *(credential.device_id for credential in facts.credentials)})


def looks(facts: ScenarioFacts, certificate: bytes, since: datetime) -> list[StatusSeen]:
    """What was seen of a certificate since then, oldest first."""
    return [seen for seen in facts.of(StatusSeen) if seen.certificate == certificate and seen.at >= since]


def invalid(seen: StatusSeen) -> bool:
    """Revoked, by OCSP and by CRL."""
    return seen.ocsp == "revoked" and seen.on_crl


def all_invalid(facts: ScenarioFacts, credentials: list[IssuedCredential], since: datetime) -> Finding | None:
    """Whether each of the credentials was seen to be revoked within the bound, and not good again; one is expected."""
    if not credentials:
        return unexpected(AGENCY, "a derived credential that the event concerns", "none")
    for credential in credentials:
        seen = looks(facts, credential.certificate, since)
        in_time = [look.at for look in seen if invalid(look) and look.at - since <= BOUND]
        again = [look for look in seen if in_time and look.at > in_time[0] and look.ocsp == "good" and not look.on_crl]
        if not in_time or again:
            actual = f"{seen[-1].ocsp}, on the CRL: {seen[-1].on_crl}" if seen else "never looked at"
            where = f"{STATUS}, {credential.usage} certificate {serial(credential.certificate)}"
            return unexpected(where, f"revoked by OCSP and CRL within {BOUND}", actual)
    return None


def in_force(facts: ScenarioFacts, credentials: list[IssuedCredential], moment: datetime) -> list[IssuedCredential]:
    """Those of the credentials that the issuer had not revoked well before."""
    ended = {record.subject for record in facts.decided("revoke") if record.at < moment - CLOCKS_DIFFER_BY}
    return [credential for credential in credentials if serial(credential.certificate) not in ended]


def all_good(facts: ScenarioFacts, credentials: list[IssuedCredential], since: datetime) -> Finding | None:
    """Whether each of the credentials in force is good in every look since then; at least one look is expected."""
    for credential in in_force(facts, credentials, since):
        seen = looks(facts, credential.certificate, since)
        bad = [look for look in seen if look.ocsp != "good" or look.on_crl]
        if bad or not seen:
            actual = f"{bad[0].ocsp}, on the CRL: {bad[0].on_crl}" if bad else "never looked at"
            return unexpected(f"{STATUS}, certificate {serial(credential.certificate)}", "good", actual)
    return None
