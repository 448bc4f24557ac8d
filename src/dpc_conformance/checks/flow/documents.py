"""Documents before a reviewer: SP 800-157r1 fpd §2, §2.2, §2.3.1, Common Policy CP §4.6 to §4.9."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from dpc_conformance.checks.finding import Answer, CannotTell, Finding, missing, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.documents import (
    ConfigurationShown,
    DeviceInUse,
    DocumentsShown,
    MaintenancePractice,
    ProcessDocument,
    RenewalAsked,
)
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.maintenance import MaintenanceEnded
from dpc_conformance.formats.certificate import read_certificate

REGISTER = "the issuer's register of documents"
PROCESSES = ("issuance", "re-key", "modification", "reset", "invalidation", "device-authorisation")
CAPABILITIES, PRACTICE_STATEMENT = "device-capabilities", "certification-practice"
BEHAVIOUR = "what the issuer did"


@flow_check("DPC-ISS-DOC-01")
def every_process_is_documented(facts: ScenarioFacts) -> Answer:
    """Issuance, re-key, modification, reset, invalidation and device authorisation have a dated, approved document."""
    today = facts.now.date()
    return next((flaw for each in PROCESSES for flaw in _flaws(_about(facts, each), each, today)), None)


@flow_check("DPC-ISS-DEVICE-03")
def each_model_is_established(facts: ScenarioFacts) -> Answer:
    """An approved document establishes the capabilities of each model of device that holds a credential."""
    documents = _about(facts, CAPABILITIES)
    for flaw in _flaws(documents, CAPABILITIES, facts.now.date()):
        return flaw
    listed = {model for document in documents for model in document.device_models}
    models = {device.device_id: device.model for device in facts.of(DeviceInUse)}
    holding = {credential.device_id for credential in facts.credentials}
    if not holding:
        return missing("the PIV identity account", "a credential on a device")
    for device in sorted(holding):
        if models.get(device) not in listed:
            where = f"{REGISTER}: device capabilities"
            return missing(where, f"the model of device {device}", models.get(device, "the model is not known"))
    return None


@flow_check("DPC-LC-POLICY-01")
def practice_is_as_stated(facts: ScenarioFacts) -> Answer:
    """What the practice statement says on CP §4.6 to §4.9 is what the issuer is configured to do, and does."""
    documents = _about(facts, PRACTICE_STATEMENT)
    for flaw in _flaws(documents, PRACTICE_STATEMENT, facts.now.date()):
        return flaw
    stated, shown = documents[0].practice, facts.of(ConfigurationShown)
    if stated is None or not shown:
        return missing(REGISTER, "a practice on CP §4.6 to §4.9, and the configuration beside it")
    return next(chain(_configured_otherwise(stated, shown[-1].practice), _done_otherwise(stated, facts)), None)


def _about(facts: ScenarioFacts, process: str) -> list[ProcessDocument]:
    """The documents about a process, those in force before those that they replaced; drafts only where none is."""
    shown = facts.of(DocumentsShown)
    about = [each for each in (shown[-1].documents if shown else ()) if process in each.processes]
    in_force = [each for each in about if each.approved_on and each.approved_on <= facts.now.date()]
    return sorted(in_force or about, key=lambda each: each.approved_on or date.min, reverse=True)


def _flaws(documents: list[ProcessDocument], process: str, today: date) -> Iterator[Finding | CannotTell]:
    """What is wrong with the documents about a process; that there is none is a flaw, too."""
    if not documents:
        yield missing(REGISTER, f"a document about {process}")
    for document in documents:
        where = f"{REGISTER}: {document.location}"
        approved, handed_out = document.approved_digest.lower(), document.digest.lower()
        if not (document.title and document.version and document.dated):
            yield missing(where, "title, version and date")
        elif not (document.approved_by and document.approved_on):
            yield missing(where, "who approved it and when")
        elif not document.dated <= document.approved_on <= today:
            yield unexpected(where, f"approval between {document.dated} and {today}", document.approved_on)
        if approved != handed_out and approved and handed_out:
            yield unexpected(where, "the document that was approved", "another text")
    for document in documents:
        if not (document.approved_digest and document.digest):
            yield CannotTell(f"nobody knows whether {document.location} is the text that was approved")


def _configured_otherwise(stated: MaintenancePractice, configured: MaintenancePractice) -> Iterator[Finding]:
    for name, wanted in vars(stated).items():
        found = getattr(configured, name)
        if (set(found) != set(wanted)) if name == "policies" else (found != wanted):
            yield unexpected(f"the issuer's configuration: {name.replace('_', ' ')}", f"{wanted}, as stated", found)


def _done_otherwise(stated: MaintenancePractice, facts: ScenarioFacts) -> Iterator[Finding]:
    renewals, ended = facts.of(RenewalAsked), facts.of(MaintenanceEnded)
    if not renewals or not ended:
        yield missing(BEHAVIOUR, "an answer to a request for renewal and to one for re-key")
    for renewal in renewals:
        if renewal.granted != stated.renewal:
            yield unexpected(f"{BEHAVIOUR}: renewal of a key", f"{_said(stated.renewal)}, as stated", "the contrary")
    for rekey in ended:
        if rekey.replaced != stated.rekey:
            yield unexpected(f"{BEHAVIOUR}: re-key", f"{_said(stated.rekey)}, as stated", "the contrary")
    yield from _certificates_otherwise(stated, facts)


def _certificates_otherwise(stated: MaintenancePractice, facts: ScenarioFacts) -> Iterator[Finding]:
    held = {record.certificate for record in facts.of(MaintenanceEnded) if record.replaced}
    rekeyed = {credential.device_id for credential in facts.credentials if credential.certificate in held}
    for credential in facts.credentials:
        if credential.usage != "authentication":
            continue
        policies = read_certificate(credential.certificate).policy_oids
        if not set(policies) & set(stated.policies):
            yield unexpected("an issued certificate", f"a policy among {', '.join(stated.policies)}", policies)
        former = credential.device_id in rekeyed and credential.certificate not in held
        if former and (credential.status == "revoked") != stated.former_is_revoked:
            wanted = "revoked" if stated.former_is_revoked else "left alone"
            yield unexpected("the former certificate", f"{wanted}, as stated", credential.status)


def _said(offered: bool) -> str:
    return "granted" if offered else "refused"
