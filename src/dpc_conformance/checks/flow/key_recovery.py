"""Recovery of key management keys and the key history: Common Policy CP §4.12.1, SP 800-157r1 appendix A."""

import re
from collections import defaultdict
from datetime import timedelta

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.flow.key_strengths import shortcoming
from dpc_conformance.checks.flow.lifecycle import AUDIT, actors_of_holder
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.received_keys import EncryptedMailRead, KeyReceived
from dpc_conformance.evidence.records import MailReceived

MAILBOX, PHONE = "the cardholder's mailbox", "the phone"
SOON = timedelta(hours=1)
AGENTS = 2
RECOVERY = re.compile("recover|retriev|restor|escrow", re.IGNORECASE)
"""The words that issuers have for it."""


def _recovered(facts: ScenarioFacts) -> list[KeyReceived]:
    return [record for record in facts.of(KeyReceived) if record.way == "recovery"]


@flow_check("DPC-KM-MATCH-01")
def each_key_opens_mail(facts: ScenarioFacts) -> Finding | None:
    """The private key beside each key management certificate opens what was encrypted to that certificate."""
    received = {record.certificate for record in facts.of(KeyReceived)}
    read = [record for record in facts.of(EncryptedMailRead) if record.certificate in received]
    if not received or {record.certificate for record in read} != received:
        return unexpected(PHONE, "mail for each key that arrived", f"{len(received)} keys, {len(read)} mails")
    shut = [record for record in read if not record.opened]
    return unexpected(PHONE, "keys that open mail to their certificates", f"{len(shut)} do not") if shut else None


@flow_check("DPC-KM-REC-03")
def told_of_every_attempt(facts: ScenarioFacts) -> Finding | None:
    """The subscriber gets an e-mail about every attempt to recover a key, successful or not."""
    actors = actors_of_holder(facts)
    attempts = [record for record in facts.audit if record.action == "recover" and record.actor in actors]
    if not attempts:
        return unexpected(AUDIT, "an attempt to recover a key", "none")
    mails = [mail for mail in facts.of(MailReceived) if mail.recipient == facts.mail and _tells(mail)]
    for attempt in attempts:
        about = [mail for mail in mails if -CLOCKS_DIFFER_BY <= mail.at - attempt.at <= SOON]
        if not about:
            return unexpected(MAILBOX, f"an e-mail about the {attempt.outcome} attempt of {attempt.at}", "none")
        mails.remove(about[0])
    return None


def _tells(mail: MailReceived) -> bool:
    """By its subject: the text of other mails says what can be recovered."""
    return bool(RECOVERY.search(mail.subject))


@flow_check("DPC-KM-REC-04")
def encrypted_as_strongly_as_the_key(facts: ScenarioFacts) -> Finding | None:
    """A recovered key travels in an envelope for the phone, inside TLS, each at least as strong as the key."""
    for record in _recovered(facts):
        if (finding := shortcoming(record, facts)) is not None:
            return finding
    return None if _recovered(facts) else unexpected(PHONE, "a recovered key", "none")


@flow_check("DPC-KM-REC-05")
def two_agents_for_each_release(facts: ScenarioFacts) -> Finding | None:
    """Each release of a key to somebody else than its subscriber was approved by two different agents before."""
    agents: dict[str, set[str]] = defaultdict(set)
    releases = 0
    for record in facts.audit:
        if record.outcome != "accepted":
            continue
        if record.action == "approve-recovery" and record.actor not in ("", "unknown"):
            agents[record.subject].add(record.actor)
        if record.action == "release":
            releases += 1
            approved = agents.pop(record.subject, set())  # what served one release serves no other
            if len(approved) < AGENTS:
                return unexpected(AUDIT, "approvals of two agents before each release", ", ".join(approved) or "none")
    return None if releases else unexpected(AUDIT, "a release of a key", "none")


@flow_check("DPC-KM-REC-07")
def earlier_keys_are_on_the_phone(facts: ScenarioFacts) -> Finding | None:
    """Mail to each key of the subscriber in escrow, current or earlier, can be opened on the phone."""
    own = [entry.certificate for entry in facts.escrow if entry.account == facts.account and entry.certificate]
    opened = {record.certificate for record in facts.of(EncryptedMailRead) if record.opened}
    if len(own) < 2:
        return unexpected("the key escrow", "the current key and an earlier one", f"{len(own)} keys")
    missing = [certificate for certificate in own if certificate not in opened]
    return unexpected(PHONE, f"{len(own)} keys that open mail", f"{len(missing)} missing") if missing else None
