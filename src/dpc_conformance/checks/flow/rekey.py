"""Re-key and renewal: Common Policy CP §3.3.1, §4.7.1; SP 800-157r1 §2.3.1."""

import re
from datetime import timedelta

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.maintenance import MaintenanceBegan, MaintenanceEnded, WireDamaged
from dpc_conformance.evidence.records import CertificateInstalled, HttpExchange, MailReceived, NotificationShown
from dpc_conformance.formats.certificate import read_certificate

TWELVE_YEARS = timedelta(days=12 * 365 + 3)
TIME_TO_RENEW = 0.8
PHONE, ACCOUNT = "the phone", "the PIV identity account"


def sessions(facts: ScenarioFacts) -> list[HttpExchange]:
    """What the phone sent and received while it replaced its credential in place."""
    client, found = "", []
    for record in facts.timeline:
        if isinstance(record, MaintenanceBegan):
            client = record.client
        elif isinstance(record, MaintenanceEnded):
            client = ""
        elif isinstance(record, HttpExchange) and record.client == client:
            found.append(record)
    return found


@flow_check("DPC-LC-REMOTE-01")
def both_ends_are_authenticated(facts: ScenarioFacts) -> Finding | None:
    """Whatever changed something in a re-key went over TLS in which the phone presented a derived certificate."""
    ours = {credential.certificate for credential in facts.credentials}
    changing = [each for each in sessions(facts) if each.method != "GET" and each.tls is not None]
    for exchange in changing:
        if exchange.tls and exchange.tls.client_certificate not in ours:
            where = f"{exchange.client}: {exchange.method} {exchange.url}"
            return unexpected(where, "TLS with the derived certificate of the holder", "no such certificate")
    return None if changing else unexpected(PHONE, "a re-key", "none")


@flow_check("DPC-LC-REMOTE-02")
def data_are_encrypted_and_checked(facts: ScenarioFacts) -> Finding | None:
    """Everything in a re-key went over TLS with AES, and nobody went on with what was changed on the way."""
    for exchange in sessions(facts):
        where = f"{exchange.client}: {exchange.method} {exchange.url}"
        if exchange.tls is None:
            return unexpected(where, "TLS", "plain HTTP")
        if not re.search("aes", exchange.tls.cipher, re.IGNORECASE):
            return unexpected(where, "a cipher suite with AES", exchange.tls.cipher)
    if any(damage.accepted for damage in facts.of(WireDamaged)):
        return unexpected("the connection", "an end of it when a byte was changed", "it went on")
    return None if sessions(facts) else unexpected(PHONE, "a re-key", "none")


@flow_check("DPC-LC-REKEY-04")
def identity_is_proofed_every_twelve_years(facts: ScenarioFacts) -> Finding | None:
    """No certificate was issued more than twelve years after the identity was last proofed."""
    for credential in facts.credentials:
        if credential.identity_proofed_at is None:
            return unexpected(ACCOUNT, "when the identity was last proofed", "nothing on record")
        waited = credential.issued_at - credential.identity_proofed_at
        if waited > TWELVE_YEARS:
            return unexpected(ACCOUNT, "a proofing within the twelve years before the issuance", f"{waited}")
    return None if facts.credentials else unexpected(ACCOUNT, "an issued credential", "none")


@flow_check("DPC-LC-REKEY-07")
def the_whole_request_is_repeated_in_time(facts: ScenarioFacts) -> Finding | None:
    """At 80 percent of its lifetime the holder is asked to renew, signs in again, and the former is not used again."""
    installed = [each for each in facts.of(CertificateInstalled) if each.usage == "authentication"]
    if not installed:
        return unexpected(PHONE, "an installed certificate", "none")
    first = read_certificate(installed[0].der)
    begin, end = first.not_before.moment, first.not_after.moment
    if begin is None or end is None:
        return unexpected("validity", "two moments", "none that can be read")
    # Notifications and e-mails tell whole seconds.
    due = (begin + TIME_TO_RENEW * (end - begin)).replace(microsecond=0)
    former, latest = installed[0], installed[-1]
    own = [each.at for each in facts.decided("sign-in") if each.actor == facts.account]
    signed_in = [at for at in own if due <= at <= latest.at + CLOCKS_DIFFER_BY]
    told = [each.at for each in facts.of(NotificationShown)] + [each.at for each in facts.of(MailReceived)]
    # What comes with the new certificate, or later, asks for nothing.
    until = signed_in[0].replace(microsecond=0) if signed_in else end
    if not any(due <= moment < until for moment in told):
        return unexpected(PHONE, "a request to renew between 80 percent of the lifetime and its end", "none")
    if former == latest:
        return unexpected(PHONE, "a new certificate", "none")
    if not signed_in:
        return unexpected("the issuer's audit record", "a sign-in with the card before the new certificate", "none")
    # The former certificate may be left to expire.
    used = [each for each in facts.of(HttpExchange) if each.tls and each.tls.client_certificate == former.der]
    if any(each.at > latest.at for each in used):
        return unexpected(PHONE, "no use of the former certificate", "it was presented again")
    return None
