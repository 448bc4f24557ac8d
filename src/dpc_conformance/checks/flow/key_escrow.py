"""Which private keys are in escrow, since when and for how long: Common Policy CP §4.12, §6.2.5."""

import hashlib
import re
from datetime import timedelta

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.flow.lifecycle import AUDIT, serial
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.decisions import IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.received_keys import KeyReceived
from dpc_conformance.evidence.records import MailReceived, ScreenShown
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.extension_values import DIGITAL_SIGNATURE, NON_REPUDIATION

ESCROW = "the key escrow"
KEPT_FOR = timedelta(days=365)
NEARLY = timedelta(days=360)


def _name(certificate: bytes) -> str:
    """SHA-256 of the SubjectPublicKeyInfo."""
    return hashlib.sha256(read_certificate(certificate).public_key.der).hexdigest()


def _issued(facts: ScenarioFacts, *usages: str) -> list[IssuedCredential]:
    return [credential for credential in facts.credentials if credential.usage in usages]


@flow_check("DPC-KM-ESCROW-01")
def escrowed_before_issuance(facts: ScenarioFacts) -> Finding | None:
    """Each key management key was in escrow before its certificate was issued, whoever made it."""
    certified = _issued(facts, "key-management")
    if not certified:
        return unexpected("the PIV identity account", "a key management certificate", "none")
    log = [(record.action, record.subject.lower()) for record in facts.audit if record.outcome == "accepted"]
    kept = {entry.public_key.lower(): entry.escrowed_at for entry in facts.escrow}
    for credential in certified:
        name, number = _name(credential.certificate), serial(credential.certificate)
        if name not in kept or kept[name] > credential.issued_at + CLOCKS_DIFFER_BY:
            return unexpected(ESCROW, f"the key of {number} since before its issuance", kept.get(name, "no such key"))
        if ("escrow", name) not in log or ("issue", number) not in log:
            return unexpected(AUDIT, f"escrow and issuance of {number}", "one or both are missing")
        if log.index(("escrow", name)) > log.index(("issue", number)):
            return unexpected(AUDIT, f"escrow before the issuance of {number}", "issuance before escrow")
    return None


@flow_check("DPC-KM-ESCROW-02")
def kept_a_year_after_expiry(facts: ScenarioFacts) -> Finding | None:
    """A key can be recovered until a year after its certificate expired."""
    recovered = [record for record in facts.of(KeyReceived) if record.way == "recovery"]
    for record in recovered:
        expired = read_certificate(record.certificate).not_after.moment
        if expired is not None and NEARLY <= record.at - expired <= KEPT_FOR:
            return None
    return unexpected(ESCROW, "a key whose certificate expired almost a year ago", f"{len(recovered)} other keys")


@flow_check("DPC-KM-ESCROW-03")
def told_of_the_escrow(facts: ScenarioFacts) -> Finding | None:
    """The subscriber is told, on a screen or by e-mail, that the encryption key is kept in escrow."""
    screens = [record.text for record in facts.of(ScreenShown)]
    mails = [f"{mail.subject} {mail.body}" for mail in facts.of(MailReceived) if mail.recipient == facts.mail]
    if any(re.search("escrow", text, re.IGNORECASE) for text in (*screens, *mails)):
        return None
    return unexpected("screens and mailbox", "a notice that the encryption key is kept in escrow", "none")


@flow_check("DPC-SIG-ESCROW-01")
def no_signature_key_in_escrow(facts: ScenarioFacts) -> Finding | None:
    """The escrow holds no key of a signature certificate, the holder's or anybody's."""
    return _none_of(facts, NON_REPUDIATION, "signature")


@flow_check("DPC-ACT-ARCHIVE-01")
def no_signing_key_in_escrow(facts: ScenarioFacts) -> Finding | None:
    """The escrow holds no key of a certificate that is for signing, the holder's or anybody's."""
    return _none_of(facts, DIGITAL_SIGNATURE, "authentication", "signature")


def _none_of(facts: ScenarioFacts, bit: int, *usages: str) -> Finding | None:
    """Whether it holds none of the holder's keys for `usages`, and nobody's with that bit in its key usage."""
    kept = {entry.public_key.lower() for entry in facts.escrow}
    certified = _issued(facts, *usages)
    if not kept or not certified:
        return unexpected(ESCROW, "an inventory with keys, and certificates to look for", f"{len(kept)} keys")
    for credential in certified:
        if _name(credential.certificate) in kept:
            return unexpected(ESCROW, f"no {credential.usage} key", f"the one of {credential.device_id}")
    for entry in facts.escrow:
        if entry.certificate and bit in (read_certificate(entry.certificate).key_usage or ()):
            return unexpected(ESCROW, f"no {usages[-1]} key", f"one of {entry.account}")
    return None
