"""What servers have on record and the judge looks at: there is a kind of line for all of it, and all is noted."""

from dataclasses import fields, is_dataclass, replace
from typing import get_args, get_type_hints

from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.hardware import AssetRecord, HardwareFacts
from dpc_conformance.evidence.line_kinds import SERVERS
from dpc_conformance.evidence.registration import IdentityEvidence, Registration
from dpc_conformance.suite.noted_facts import NotedFacts


def kinds_in(facts: type) -> set[type]:
    """The dataclasses of which the facts hold several."""
    hints = get_type_hints(facts)
    held = {get_args(hints[each.name])[0] for each in fields(facts) if get_args(hints[each.name])}
    return {kind for kind in held if is_dataclass(kind)}


def test_every_record_of_a_server_has_a_kind_of_line():
    assert kinds_in(ScenarioFacts) | kinds_in(HardwareFacts) == set(SERVERS)


def test_records_on_hardware_credentials_are_noted_once_and_read_back(kept, now):
    registration = Registration(
        now, "1", "an.account", "in-person", "an.operator", b"", now, None, IdentityEvidence("C01", "signed")
    )
    asset = AssetRecord("a device", "a module", "an.account", now)
    facts = ScenarioFacts(now, (), (), (), (), "", "", b"", False)
    facts = replace(facts, hardware=HardwareFacts(registrations=(registration,), assets=(asset,)))
    noted = NotedFacts()
    for line in (*noted.new_in(facts), *noted.new_in(facts)):
        kept.recorder.note(line)
    records = [line.record for line in kept.read().lines]
    assert [each for each in records if isinstance(each, Registration | AssetRecord)] == [registration, asset]
