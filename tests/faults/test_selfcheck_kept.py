"""`dpc selfcheck --resume FILE`: what came of each defect is kept, and no defect is run twice."""

import json

import pytest

from dpc_conformance.cli import main
from dpc_conformance.commands import selfcheck, selfcheck_kept
from dpc_conformance.commands.selfcheck_kept import KeptRows
from dpc_conformance.faults.matrix import Row
from dpc_conformance.faults.registry import fault_named

CARD = fault_named("card uses the PIV Authentication key without its PIN")
PHONE = fault_named("phone takes an activation secret of four characters")
CAUGHT = Row(CARD, 25, CARD.trips)
MISSED = Row(PHONE, 7, frozenset({"DPC-ACT-LEN-01"}), {"A scenario": "it broke"})


@pytest.fixture
def file(tmp_path):
    return tmp_path / "results.json"


def test_results_are_read_back(file):
    kept = KeptRows(file, full=True)
    kept.add(CAUGHT)
    kept.add(MISSED)
    assert KeptRows(file, full=True).rows([PHONE, CARD]) == [MISSED, CAUGHT]
    assert KeptRows(file, full=True).rows([CARD]) == [CAUGHT]


def test_a_lost_process_and_an_object_are_seeded_again(file):
    kept = KeptRows(file, full=True)
    kept.add(Row(CARD, 25, CARD.trips, lost="HANG"))
    kept.add(Row(CARD, 0, CARD.trips))
    assert not file.exists()


def test_a_stopped_self_check_goes_on(file, monkeypatch, capsys):
    seeded = []

    def some_rows(chosen, _folder, _reach):
        seeded.append({one.name for one in chosen})
        yield from [CAUGHT] if CARD in chosen else []
        if len(seeded) == 1:
            raise KeyboardInterrupt
        yield MISSED

    monkeypatch.setattr(selfcheck, "_chosen", lambda *_: (CARD, PHONE))
    monkeypatch.setattr(selfcheck, "rows", some_rows)
    command = ["selfcheck", "--resume", str(file), "--format", "json"]
    main(command)
    capsys.readouterr()
    assert main(command) == 1
    assert seeded == [{CARD.name, PHONE.name}, {PHONE.name}]
    printed = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    assert printed[CARD.name]["caught"]
    assert printed[PHONE.name]["missed"] == ["DPC-ACT-LEN-02"]


def test_what_was_begun_otherwise_is_not_mixed_in(file, capsys, monkeypatch):
    KeptRows(file, full=True).add(CAUGHT)
    assert main(["selfcheck", "--resume", str(file)]) == 4
    assert "it was begun with --full" in capsys.readouterr().err
    monkeypatch.setattr(selfcheck_kept, "suite_hash", lambda: "another")
    assert main(["selfcheck", "--full", "--resume", str(file)]) == 4
    assert "it was begun with another version of the suite" in capsys.readouterr().err


def test_a_file_that_is_something_else(file, capsys):
    file.write_text('{"suite": ')
    assert main(["selfcheck", "--resume", str(file)]) == 4
    assert capsys.readouterr().err == f"--resume {file}: expected a file that `dpc selfcheck` wrote\n"
    assert file.read_text() == '{"suite": '
