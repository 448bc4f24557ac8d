"""Loss, collection and reassignment of a device, and who may end a derived credential: FIPS 201-3 §2.10.2."""

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, Finding, missing, unexpected
from dpc_conformance.checks.flow.lifecycle import (
    AUDIT,
    all_good,
    all_invalid,
    invalid,
    issued_before,
    last_notice,
    serial,
)
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.decisions import IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.lifecycle import AgencyNotice, InvalidationAsked, KeysSeen, StatusSeen
from dpc_conformance.evidence.records import MailReceived
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import read_certificate

HARDWARE = {
    oids.DERIVED_PIV_AUTH_HARDWARE,
    oids.TEST_DERIVED_PIV_AUTH_HARDWARE,
    oids.COMMON_HARDWARE,
    oids.TEST_HARDWARE,
}
TOLD = (
    "revoked",
    "invalidated",
    "disabled",
    "terminated",
    "no longer valid",
    "withdrawn",
    "cancelled",
    "canceled",
    "deactivated",
)


@flow_check("DPC-LC-LOST-01")
def lost_device(facts: ScenarioFacts) -> Finding | None:
    """What is on a lost device is revoked; what the person has on other devices is not."""
    notice = last_notice(facts, "device-lost")
    if isinstance(notice, Finding):
        return notice
    on_it, others = _by_device(facts, notice)
    return all_invalid(facts, on_it, notice.at) or all_good(facts, others, notice.at)


@flow_check("DPC-LC-LOST-02")
def software_keys_are_revoked(facts: ScenarioFacts) -> Answer:
    """A collected and wiped device does without revocation only where its keys lay in hardware that exports none."""
    notice = last_notice(facts, "device-collected")
    if isinstance(notice, Finding):
        return notice
    on_it, _ = _by_device(facts, notice)
    software = [each for each in on_it if not HARDWARE.intersection(read_certificate(each.certificate).policy_oids)]
    if on_it and not software:
        return DoesNotApply("the keys were generated in a hardware module")
    return all_invalid(facts, software, notice.at)


@flow_check("DPC-LC-TRANSFER-01")
def device_of_somebody_else(facts: ScenarioFacts) -> Finding | None:
    """What is on a device that goes to another person is revoked before."""
    notice = last_notice(facts, "device-reassigned")
    if isinstance(notice, Finding):
        return notice
    return all_invalid(facts, _by_device(facts, notice)[0], notice.at)


@flow_check("DPC-LC-REQ-01")
def holder_asks(facts: ScenarioFacts) -> Finding | None:
    """The holder's authenticated request ends the credentials it names, and is on record."""
    asked = _last_asked(facts, "holder")
    if isinstance(asked, Finding):
        return asked
    requests = facts.decided("request-revocation")
    on_record = [record for record in requests if record.at >= asked.at - CLOCKS_DIFFER_BY]
    if not any(record.actor == facts.account and record.subject == asked.subject for record in on_record):
        return missing(AUDIT, f"the holder's request about {asked.subject}", [record.subject for record in on_record])
    named = [each for each in facts.credentials if asked.subject in (each.device_id, serial(each.certificate))]
    return all_invalid(facts, named, asked.at)


@flow_check("DPC-LC-FRAUD-01")
def officer_decides(facts: ScenarioFacts) -> Finding | None:
    """An officer can end a credential without the holder's consent; who did it and why is on record."""
    asked = _last_asked(facts, "officer")
    if isinstance(asked, Finding):
        return asked
    named = [each for each in facts.credentials if serial(each.certificate) == asked.subject]
    on_record = [record for record in facts.decided("request-revocation") if record.subject == asked.subject]
    if not any(record.actor != facts.account and _says(record.detail, asked.reason) for record in on_record):
        return missing(AUDIT, f"the officer's request with the reason {asked.reason}")
    return all_invalid(facts, named, asked.at)


@flow_check("DPC-LC-REVREQ-01")
def request_is_on_record(facts: ScenarioFacts) -> Finding | None:
    """The record of a revocation request holds requester, serial number, issuer and reason."""
    asked = _last_asked(facts, "officer")
    if isinstance(asked, Finding):
        return asked
    records = [each for each in facts.decided("request-revocation") if each.subject == asked.subject]
    held = [each for each in facts.credentials if serial(each.certificate) == asked.subject]
    if not records or not held:
        return missing(AUDIT, f"a request that names {asked.subject}")
    name = read_certificate(held[0].certificate).issuer
    [issuer, *_] = name.texts(oids.COMMON_NAME) or name.texts(oids.ORGANIZATIONAL_UNIT)[-1:] or [str(name)]
    for record in records:
        if record.actor in ("", "unknown") or not _says(record.detail, asked.reason) or issuer not in record.detail:
            return unexpected(AUDIT, f"requester, {asked.reason} and {issuer}", f"{record.actor}: {record.detail}")
    return None


@flow_check("DPC-LC-NOTIFYINV-01")
def holder_is_told(facts: ScenarioFacts) -> Answer:
    """The holder is told at the account's address of each revocation of a credential."""
    ended = {seen.certificate: seen.at for seen in reversed(facts.of(StatusSeen)) if invalid(seen)}
    ended.pop(facts.card_certificate, None)
    if not ended:
        return CannotTell("no derived credential was revoked")
    causes = [notice.at for notice in facts.of(AgencyNotice)] + [asked.at for asked in facts.of(InvalidationAsked)]
    on_record = {record.subject: record.at - CLOCKS_DIFFER_BY for record in facts.decided("revoke")}
    to_holder = [mail for mail in facts.of(MailReceived) if mail.recipient == facts.mail]
    told = [mail.at for mail in to_holder if any(word in (mail.subject + mail.body).lower() for word in TOLD)]
    for certificate, seen_at in ended.items():
        since = on_record.get(serial(certificate), min(causes, default=seen_at) - CLOCKS_DIFFER_BY)
        if not any(at >= since for at in told):
            return missing(
                "the cardholder's mailbox", f"an e-mail to {facts.mail} about {serial(certificate)}, revoked"
            )
    return None


@flow_check("DPC-LC-DESTROY-01")
def keys_are_destroyed(facts: ScenarioFacts) -> Answer:
    """The key of a revoked certificate is no longer on the device."""
    dead = {each.certificate for each in facts.credentials if _ended(facts, each.certificate)}
    inventories = facts.of(KeysSeen)
    if not dead or not inventories:
        return CannotTell("no credential was revoked, or nobody looked into the key store")
    last = inventories[-1]
    left, allowed = dead.intersection(last.certificates), len([each for each in last.certificates if each not in dead])
    if left or last.private_keys > allowed:
        return unexpected("the phone's key store", f"{allowed} private keys", f"{last.private_keys}")
    return None


def _says(detail: str, reason: str) -> bool:
    """Whether the reason stands there, in whatever case, and in one word or in several."""
    return _letters(reason) in _letters(detail)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).lower()


def _ended(facts: ScenarioFacts, certificate: bytes) -> bool:
    return any(invalid(seen) for seen in facts.of(StatusSeen) if seen.certificate == certificate)


def _by_device(facts: ScenarioFacts, notice: AgencyNotice) -> tuple[list[IssuedCredential], list[IssuedCredential]]:
    """The credentials on the notice's device, and those on others."""
    known = issued_before(facts, notice.at)
    on_it = [credential for credential in known if credential.device_id == notice.subject]
    return on_it, [credential for credential in known if credential.device_id != notice.subject]


def _last_asked(facts: ScenarioFacts, requester: str) -> InvalidationAsked | Finding:
    asked = [each for each in facts.of(InvalidationAsked) if each.requester == requester]
    return asked[-1] if asked else missing("the scenario", f"a request of the {requester}")
