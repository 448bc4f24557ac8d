"""A device manager that is a product, described in TOML: its verbs work, and nothing passes that nobody saw of it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from example_tenant import ALEX, BOTH
from fleet_office import TOKEN, FleetOffice

from dpc_conformance.adapters.registered import adapter_of
from dpc_conformance.adapters.registry import adapters_of
from dpc_conformance.casting import Stage
from dpc_conformance.cli import main
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.contract.clause import Standing
from dpc_conformance.contract.contract import clauses_of
from dpc_conformance.entropy import SystemEntropy
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.evidence.recorder import NotSeen, Recorder
from dpc_conformance.evidence.records import HttpExchange
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.reference.serving.server import WebServer
from dpc_conformance.reporting.gathered import gather
from dpc_conformance.roles.device_manager import Device
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.target import load_target

HERE = Path(__file__).parent


@pytest.fixture
def office():
    return FleetOffice()


@pytest.fixture
def target(office, tmp_path, monkeypatch):
    """The office on a socket of its own, and the file that describes it."""
    monkeypatch.setenv("FLEET_TOKEN", TOKEN)
    tls = TlsAuthority(datetime.now(UTC), SystemEntropy())
    server = WebServer(lambda: RunClock(machine_now()), tls.identity("fleet.example"))
    server.serve(office.app)
    (tmp_path / "tls.pem").write_bytes(tls.root.public_bytes(Encoding.PEM))
    file = tmp_path / "fleet.toml"
    file.write_text((HERE / "fleet.toml").read_text().replace("@port@", str(server.port)))
    yield file
    server.close()


@pytest.fixture
def cast(target):
    """The cast of a scenario with the office in it."""
    loaded = load_target(target)
    stage = Stage(loaded, machine_now(), "fleet")
    with stage.scene(Recorder(), "fleet", adapters_of(loaded)) as made:
        yield made
    stage.close()


def test_its_verbs_are_requests(cast, office) -> None:
    manager = cast.device_manager
    assert office.source["enrol_at"] == cast.issuer.enrolment_address  # set when the scenario began
    with pytest.raises(ValueError, match="refuses to configure issuer"):
        manager.configure_issuer(BOTH)
    assert manager.setting().notification_types == BOTH.notification_types
    manager.target(ALEX)
    assert office.assigned == [ALEX.account]
    assert manager.devices_of(ALEX) == (Device("H-1", ALEX.account, "Slab 4", "retired"),)
    assert manager.devices_of(replace(ALEX, account="nobody")) == ()
    assert [each.action for each in manager.audit()] == ["configure-issuer", "target"]
    with pytest.raises(NotSupported, match="retire"):
        manager.retire("H-1")


def test_the_phone_of_the_reference_is_none_of_its_phones(cast) -> None:
    with pytest.raises(NotSupported, match="phone of that device manager cannot open company portal"):
        cast.phone.open_company_portal()
    with pytest.raises(NotSupported):
        cast.another_phone()
    with pytest.raises(NotSeen, match="nobody saw what passes between them"):
        cast.recorder.of(HttpExchange)


def test_nothing_passes_that_nobody_saw(target, tmp_path) -> None:
    words = ("--reports", str(tmp_path / "out"), "--requirement", "DPC-ISS-DEVICE-01", "--edition", "r1-fpd")
    assert main(["run", "--target", str(target), *words]) == 2
    gathered = gather(read_journal(tmp_path / "out" / "journal.jsonl"))
    about_it = [each for each in gathered.scenarios if "DPC-ISS-DEVICE-01" in each.started.tags]
    assert len(about_it) > 1
    assert {each.outcome for each in about_it} == {"blocked"}
    assert {each.result for each in gathered.evaluations}.isdisjoint({"PASS", "FAIL", "WARN"})


def test_it_keeps_the_contract_of_adapters(target) -> None:
    found = clauses_of(adapter_of("device_manager", "http"), load_target(target), machine_now())
    assert {each.subject: each.sentence for each in found if each.standing is Standing.BROKEN} == {}
    lacking = {each.subject for each in found if each.standing is Standing.LACKING}
    assert "device_manager.retire" in lacking
    assert {f"device_manager.{verb}" for verb in ("target", "setting", "devices_of", "audit")}.isdisjoint(lacking)


def test_where_two_see_a_part_only_what_both_see_can_be_judged() -> None:
    recorder = Recorder()
    recorder.see_only((HttpExchange, Device), "the one")
    recorder.see_only((HttpExchange,), "the other")
    assert recorder.seen == {HttpExchange}
    recorder.see_only((HttpExchange, Device), "the one again")
    assert recorder.seen == {HttpExchange}
