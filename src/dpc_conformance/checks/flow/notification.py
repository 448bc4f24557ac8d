"""Who is told about a new credential: Common Policy CP §4.3.2, SP 800-157r1 §2.2."""

from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.records import MailReceived

MAILBOX = "the cardholder's mailbox"


def _announcements(facts: ScenarioFacts) -> list[MailReceived]:
    """E-mails to the account's address that came after the issuance of a certificate or of another credential."""
    issued = facts.decided("issue") or facts.decided("bind")
    return [
        mail for mail in facts.of(MailReceived) if issued and mail.recipient == facts.mail and mail.at >= issued[0].at
    ]


@flow_check("DPC-ISS-NOTIFY-01")
def told_at_the_address_of_the_account(facts: ScenarioFacts) -> Finding | None:
    """The cardholder is told of the new binding at the address in the PIV identity account."""
    return None if _announcements(facts) else unexpected(MAILBOX, f"an e-mail to {facts.mail}", "none")


@flow_check("DPC-ISS-NOTIFY-02")
def told_that_the_certificate_was_created(facts: ScenarioFacts) -> Finding | None:
    """The issuer tells the subscriber that the certificate was created."""
    told = [mail for mail in _announcements(facts) if "credential" in (mail.subject + mail.body).lower()]
    return None if told else unexpected(MAILBOX, "an e-mail that announces the credential", "none")
