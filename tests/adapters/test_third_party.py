"""An adapter of another distribution: named in a target it plays its role, and what it cannot do is never a pass."""

import json

import pytest

from dpc_conformance.adapters.registered import WrongRegistration, adapter_of, names_for, registered
from dpc_conformance.adapters.registry import adapters_of, one_at_a_time
from dpc_conformance.cli import main
from dpc_conformance.target import TargetError, load_target

USE = "features/journey/08_use.feature"


@pytest.fixture
def run(theirs, tmp_path):
    """Runs everything that says something about their application: exit code and statement."""

    def ran(more: str = "") -> tuple[int, dict]:
        reports = tmp_path / "reports"
        code = main(["run", "--target", str(theirs(more)), "--reports", str(reports)])
        return code, json.loads((reports / "statement.json").read_text())

    return ran


def verdicts(statement) -> dict[str, tuple[str, str]]:
    return {each["id"]: (each["verdict"], each["reason"]) for each in statement["requirements"]}


def test_their_application_conforms_and_nothing_else_is_assessed(run) -> None:
    code, statement = run()
    assert (code, statement["conclusion"]) == (0, "conformant")
    assert verdicts(statement) == {"DPC-LC-RP-02": ("PASS", "evaluated")}
    assert sum(statement["not_assessed"].values()) == 493 - 1
    assert {each["file"] for each in statement["scenarios"]} == {USE, "features/sanity.feature"}


def test_a_run_with_one_verb_missing_is_incomplete_and_not_conformant(run) -> None:
    code, statement = run('lacks = ["address"]\n')
    assert (code, statement["conclusion"]) == (2, "INCOMPLETE")
    assert verdicts(statement)["DPC-LC-RP-02"] == ("BLOCKED", "no-such-verb")
    assert "relying party cannot address" in json.dumps(statement)


def test_they_are_found_by_role_and_name(theirs) -> None:
    theirs()
    assert names_for("relying_party") == ("servers", "theirs")
    assert [str(each) for each in registered() if each.name == "theirs"] == [
        "adapter relying_party.theirs of their-adapters"
    ]
    assert adapter_of("relying_party", "nobody's") is None


def test_their_table_is_checked_and_their_sessions_are_parallel(theirs) -> None:
    assert one_at_a_time(load_target(theirs())) == ()
    with pytest.raises(TargetError, match=r"roles\.relying_party\.lack: expected a known key; did you mean lacks\?"):
        adapters_of(load_target(theirs('lack = ["audit"]\n')))


def test_a_scope_with_nothing_for_the_product_is_refused(theirs, capsys) -> None:
    assert main(["run", "--target", str(theirs()), "--scope", "card"]) == 4
    assert "scope card: expected one with requirements for roles.relying_party" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("relying_party.broken = no_such_module:X", "adapter relying_party.broken of bad: expected an adapter at"),
        ("relying_party.broken = json:dumps", "expected an Adapter at json:dumps, not function"),
        ("relying_party.other = their_adapters:ADAPTER", "the adapter there is relying_party.theirs"),
    ],
)
def test_a_wrong_registration_is_named_when_it_is_asked_for(theirs, tmp_path, monkeypatch, entry, sentence) -> None:
    theirs()
    distribute(tmp_path / "on its own path", monkeypatch, entry)
    [wrong] = [each for each in registered() if each.source == "bad"]
    with pytest.raises(WrongRegistration, match=sentence):
        wrong.load()


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("theirs = their_adapters:ADAPTER", "bad registers 'theirs' in dpc_conformance.adapters: expected ROLE.NAME"),
        ("relying_party.theirs = json:dumps", "registers one of that name, too"),
    ],
)
def test_a_registration_that_confuses_others_is_refused(theirs, tmp_path, monkeypatch, entry, sentence) -> None:
    target = load_target(theirs())
    distribute(tmp_path / "on its own path", monkeypatch, entry)
    with pytest.raises(TargetError, match=sentence):
        adapters_of(target)


def distribute(folder, monkeypatch, entry: str) -> None:
    info = folder / "bad-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bad\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[dpc_conformance.adapters]\n{entry}\n")
    monkeypatch.syspath_prepend(str(folder))
