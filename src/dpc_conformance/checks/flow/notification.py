"""Who is told about a new credential: Common Policy CP §4.3.2, SP 800-157r1 §2.2."""

from datetime import datetime, timedelta
from itertools import pairwise

from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.flow.lifecycle import MAIL_SECONDS, serial
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.records import MailReceived

MAILBOX = "the cardholder's mailbox"
PROMPTLY = timedelta(minutes=15)
"""From a binding to its notice, at most; what is issued within it came of one enrolment, and may share a notice."""
CREATED = ("credential", "certificate")


@flow_check("DPC-ISS-NOTIFY-01")
def told_at_the_address_of_the_account(facts: ScenarioFacts) -> Finding | None:
    """The cardholder is told of each new binding at the address in the PIV identity account, without delay."""
    return _untold(facts, list(facts.of(MailReceived)), f"an e-mail to {facts.mail}")


@flow_check("DPC-ISS-NOTIFY-02")
def told_that_the_certificate_was_created(facts: ScenarioFacts) -> Finding | None:
    """The issuer tells the subscriber that the certificate was created."""
    mails = [mail for mail in facts.of(MailReceived) if any(word in _text(mail) for word in CREATED)]
    return _untold(facts, mails, "an e-mail that announces the credential")


def _untold(facts: ScenarioFacts, mails: list[MailReceived], expected: str) -> Finding | None:
    to_holder = [mail.at for mail in mails if mail.recipient == facts.mail]
    enrolments = _enrolments(facts)
    for first, last in enrolments:
        if not any(first - MAIL_SECONDS <= at <= last + PROMPTLY for at in to_holder):
            return unexpected(MAILBOX, f"{expected} within {PROMPTLY} after {last}", "none")
    return None if enrolments else unexpected(MAILBOX, expected, "none, nor an issuance to tell of")


def _enrolments(facts: ScenarioFacts) -> list[tuple[datetime, datetime]]:
    """When the first and the last certificate, or other credential, of each enrolment of the holder was issued."""
    serials = {serial(credential.certificate) for credential in facts.credentials}
    issued = [each for each in facts.decided("issue") if each.subject in serials or each.actor == facts.account]
    bound = [each for each in facts.decided("bind") if each.actor == facts.account]
    moments = sorted(each.at for each in (*issued, *bound))
    ends = [at for at, later in pairwise(moments) if later - at > PROMPTLY]
    starts = [later for at, later in pairwise(moments) if later - at > PROMPTLY]
    return list(zip(moments[:1] + starts, ends + moments[-1:], strict=True))


def _text(mail: MailReceived) -> str:
    return f"{mail.subject} {mail.body}".lower()
