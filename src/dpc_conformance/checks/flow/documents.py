"""Documents before a reviewer: SP 800-157r1 fpd §2, §2.2, §2.3.1, Common Policy CP §4.6 to §4.9."""

from collections.abc import Iterable, Iterator
from itertools import chain

from dpc_conformance.checks.finding import Finding, missing, unexpected
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
def every_process_is_documented(facts: ScenarioFacts) -> Finding | None:
    """Issuance, re-key, modification, reset, invalidation and device authorisation have a dated, approved document."""
    return next((flaw for process in PROCESSES for flaw in _flaws(_about(facts, process), process)), None)


@flow_check("DPC-ISS-DEVICE-03")
def each_model_is_established(facts: ScenarioFacts) -> Finding | None:
    """An approved document establishes the capabilities of each model of device that holds a credential."""
    documents = _about(facts, CAPABILITIES)
    for flaw in _flaws(documents, CAPABILITIES):
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
def practice_is_as_stated(facts: ScenarioFacts) -> Finding | None:
    """What the practice statement says on CP §4.6 to §4.9 is what the issuer is configured to do, and does."""
    documents = _about(facts, PRACTICE_STATEMENT)
    for flaw in _flaws(documents, PRACTICE_STATEMENT):
        return flaw
    stated, shown = documents[0].practice, facts.of(ConfigurationShown)
    if stated is None or not shown:
        return missing(REGISTER, "a practice on CP §4.6 to §4.9, and the configuration beside it")
    return next(chain(_configured_otherwise(stated, shown[-1].practice), _done_otherwise(stated, facts)), None)


def _about(facts: ScenarioFacts, process: str) -> tuple[ProcessDocument, ...]:
    shown = facts.of(DocumentsShown)
    return tuple(each for each in (shown[-1].documents if shown else ()) if process in each.processes)


def _flaws(documents: Iterable[ProcessDocument], process: str) -> Iterator[Finding]:
    """What is wrong with the documents about a process; that there is none is a flaw, too."""
    documents = tuple(documents)
    if not documents:
        yield missing(REGISTER, f"a document about {process}")
    for document in documents:
        where = f"{REGISTER}: {document.location}"
        if not (document.title and document.version and document.dated):
            yield missing(where, "title, version and date")
        elif not (document.approved_by and document.approved_on):
            yield missing(where, "who approved it and when")
        elif document.approved_on < document.dated:
            yield unexpected(where, f"approval on {document.dated} or later", document.approved_on)
        if document.digest != document.approved_digest:
            yield unexpected(where, "the document that was approved", "another text")


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
    for credential in facts.credentials:
        if credential.usage != "authentication":
            continue
        policies = read_certificate(credential.certificate).policy_oids
        if not set(policies) & set(stated.policies):
            yield unexpected("an issued certificate", f"a policy among {', '.join(stated.policies)}", policies)
        if held and credential.certificate not in held and (credential.status == "revoked") != stated.former_is_revoked:
            wanted = "revoked" if stated.former_is_revoked else "left alone"
            yield unexpected("the former certificate", f"{wanted}, as stated", credential.status)


def _said(offered: bool) -> str:
    return "granted" if offered else "refused"
