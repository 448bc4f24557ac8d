"""The issuer's link to PIV Cards and accounts: SP 800-157 §2.3, §2.4, FIPS 201-3 §2.10.1."""

from itertools import pairwise

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Answer, CannotTell, Finding, unexpected
from dpc_conformance.checks.flow.lifecycle import (
    AUDIT,
    BOUND,
    all_invalid,
    issued_before,
    last_notice,
    looks,
    notices,
    serial,
)
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.lifecycle import AgencyNotice
from dpc_conformance.formats.certificate import read_certificate

LINKS = "the issuer's links to cards"


def _learnt(facts: ScenarioFacts, notice: AgencyNotice) -> list[AuditRecord]:
    """Where the issuer has on record that it learnt of the notice."""
    since = notice.at - CLOCKS_DIFFER_BY
    return [each for each in facts.decided("learn") if each.at >= since and each.subject == notice.subject]


@flow_check("DPC-LC-LINK-01")
def watches_without_gaps(facts: ScenarioFacts) -> Answer:
    """The issuer looks for terminated accounts without gaps, and learns of one within 18 hours."""
    notice = last_notice(facts, "account-terminated")
    if isinstance(notice, Finding):
        return notice
    learnt = _learnt(facts, notice)
    if not learnt or learnt[0].at - notice.at > BOUND:
        return unexpected(AUDIT, f"the end of the account learnt within {BOUND}", learnt[0].at if learnt else "never")
    if not facts.decided("watch"):
        return CannotTell("no look at the accounts is on record; whether the agency tells of each end, nobody sees")
    issued = [credential.issued_at for credential in facts.credentials]
    runs = [min(issued, default=facts.now), *(record.at for record in facts.decided("watch")), facts.now]
    longest = max(later - earlier for earlier, later in pairwise(sorted(runs)))
    return (
        unexpected(AUDIT, f"a look at the accounts every {BOUND}", f"none for {longest}") if longest > BOUND else None
    )


@flow_check("DPC-LC-LINK-02")
def linked_to_the_card(facts: ScenarioFacts) -> Finding | None:
    """Each active derived credential is linked to its card by FASC-N or UUID, and the end of the card is learnt."""
    links = {link.serial: set(link.identifiers) for link in facts.links}
    if not facts.credentials:
        return unexpected(LINKS, "an issued credential", "none")
    for credential in facts.credentials:
        card = read_certificate(credential.piv_authentication_certificate or facts.card_certificate)
        known = {*(f"urn:uuid:{uuid}" for uuid in card.uuids), *(f"fasc-n:{number.hex()}" for number in card.fasc_ns)}
        if not links.get(serial(credential.certificate), set()) & known:
            return unexpected(LINKS, f"the card of certificate {serial(credential.certificate)}", "none or another")
    notice = last_notice(facts, "card-terminated")
    if isinstance(notice, Finding):
        return notice
    learnt = _learnt(facts, notice)
    return None if learnt else unexpected(AUDIT, f"the end of card {notice.subject}", "it was not learnt")


@flow_check("DPC-LC-LINK-03")
def status_of_the_certificate_is_not_enough(facts: ScenarioFacts) -> Answer:
    """A card that was terminated without revoking its certificate takes its derived credentials with it."""
    notice = last_notice(facts, "card-terminated")
    if isinstance(notice, Finding):
        return notice
    card = looks(facts, facts.card_certificate, notice.at)
    if not card or any(look.ocsp != "good" or look.on_crl for look in card):
        return CannotTell("the card's PIV Authentication certificate was not good after the card was terminated")
    return all_invalid(facts, issued_before(facts, notice.at), notice.at)


@flow_check("DPC-LC-LINK-04")
def link_survives_a_new_card(facts: ScenarioFacts) -> Answer:
    """What was derived by means of a former card ends with the account, too."""
    replaced, ended = notices(facts, "card-replaced"), last_notice(facts, "account-terminated")
    if isinstance(ended, Finding):
        return ended
    if not replaced or replaced[0].at > ended.at:
        return CannotTell("the card was not replaced before the account ended")
    return all_invalid(facts, issued_before(facts, replaced[0].at), ended.at)
