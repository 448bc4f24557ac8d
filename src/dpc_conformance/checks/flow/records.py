"""What the issuer keeps on record: Common Policy CP §4.1, §4.2, §5.4, §5.5."""

from datetime import datetime, timedelta

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.context import view_or_none
from dpc_conformance.checks.finding import Answer, CannotTell, Finding, unexpected
from dpc_conformance.checks.flow.lifecycle import ACCOUNT, AUDIT, by_holder
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.decisions import IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.records import CertificateInstalled, QrCodeShown

LONGEST_WAIT = timedelta(days=90)


def _installed(facts: ScenarioFacts) -> tuple[list[IssuedCredential], Finding | None]:
    """The issuer's entries of the certificates on the phone, or why there are none."""
    on_phone = {record.der for record in facts.of(CertificateInstalled)}
    entries = [credential for credential in facts.credentials if credential.certificate in on_phone]
    kept = {entry.certificate for entry in entries}
    if not on_phone or kept != on_phone:
        return [], unexpected(ACCOUNT, f"an entry for each of {len(on_phone) or 1} certificates", len(kept))
    return entries, None


@flow_check("DPC-ISS-EVID-01")
def keeps_the_authorising_certificate(facts: ScenarioFacts) -> Finding | None:
    """The record of each credential holds the PIV Authentication certificate that authorised it."""
    entries, missing = _installed(facts)
    for entry in entries:
        if entry.piv_authentication_certificate != facts.card_certificate:
            return unexpected(ACCOUNT, "a copy of the card's PIV Authentication certificate", "none or another one")
    return missing


@flow_check("DPC-ISS-EVID-02")
def keeps_the_derived_certificate(facts: ScenarioFacts) -> Finding | None:
    """The issuer keeps a copy of every derived certificate that it issued."""
    return _installed(facts)[1]


@flow_check("DPC-ISS-ACCOUNT-01")
def appears_in_the_account(facts: ScenarioFacts) -> Finding | None:
    """Each derived credential stands in the PIV identity account of its holder."""
    entries, missing = _installed(facts)
    for entry in entries:
        if entry.account != facts.account:
            return unexpected(ACCOUNT, facts.account, entry.account)
    return missing


@flow_check("DPC-ISS-AUTHZ-01")
def a_sponsor_approved(facts: ScenarioFacts) -> Finding | None:
    """The record shows that an authorised employee approved the derivation before it was requested."""
    approvals = [record for record in facts.decided("approve") if record.subject == facts.account]
    by_others = [record.at for record in approvals if record.actor not in ("", "unknown", facts.account)]
    if not by_others:
        return unexpected(AUDIT, "an approval by somebody other than the applicant", "none")
    issued = _first_issued(facts)
    if issued and by_others[0] > issued:
        return unexpected(AUDIT, "approval before issuance", f"approved at {by_others[0]}, issued at {issued}")
    return None


def _first_issued(facts: ScenarioFacts) -> datetime | None:
    """When the holder got something first; what others got is on record, too."""
    return min((credential.issued_at for credential in facts.credentials), default=None)


@flow_check("DPC-ISS-ACCEPT-01")
def obligations_were_accepted(facts: ScenarioFacts) -> Finding | None:
    """The subscriber accepted the obligations before the credential was issued."""
    accepted = by_holder(facts, "accept-obligations")
    if not accepted:
        return unexpected(AUDIT, "acceptance of the subscriber obligations", "none")
    issued = _first_issued(facts)
    if issued and accepted[0].at > issued:
        return unexpected(AUDIT, "acceptance before issuance", f"accepted at {accepted[0].at}")
    return None


@flow_check("DPC-ISS-TIME-01")
def issued_within_90_days(facts: ScenarioFacts) -> Finding | None:
    """The certificate was issued no later than 90 days after the identity was verified."""
    entries, missing = _installed(facts)
    for entry in entries:
        waited = entry.issued_at - entry.identity_verified_at
        if not -CLOCKS_DIFFER_BY <= waited <= LONGEST_WAIT:
            return unexpected(ACCOUNT, "issuance within 90 days of the identity verification", f"{waited}")
    return missing


@flow_check("DPC-ISS-CLOCK-01")
def clock_is_accurate(facts: ScenarioFacts) -> Answer:
    """The issuer's times agree to three minutes with the time at which the phone received the certificate.

    A certificate may be fetched late: then only a time before the first QR code was shown is certainly wrong.
    """
    received = {record.der: record.at for record in reversed(facts.of(CertificateInstalled))}
    entries, missing = _installed(facts)
    late = timedelta()
    for entry in entries:
        installed = received[entry.certificate]
        asked = min((code.at for code in facts.of(QrCodeShown) if code.at <= installed), default=entry.issued_at)
        if not asked - CLOCKS_DIFFER_BY <= entry.issued_at <= installed + CLOCKS_DIFFER_BY:
            between = f"a time between {asked} and {installed}, give or take three minutes"
            return unexpected(ACCOUNT, between, f"{entry.issued_at}")
        late = max(late, installed - entry.issued_at)
    if late > CLOCKS_DIFFER_BY:
        return CannotTell(f"a certificate was on the phone {late} after the issuer's time for it")
    return missing


@flow_check("DPC-ISS-PUBLISH-01")
def derived_certificates_are_not_published(facts: ScenarioFacts) -> Finding | None:
    """No derived certificate stands in the issuer's public repository."""
    if not facts.credentials:
        return unexpected(ACCOUNT, "an issued credential", "none")
    issued = {credential.certificate for credential in facts.credentials}
    # What carries a UUID is somebody's: the issuer's own certificates have none.
    public = [each for each in facts.published if each in issued or ((view := view_or_none(each)) and view.uuids)]
    return unexpected("the public repository", "no derived certificate", f"{len(public)}") if public else None
