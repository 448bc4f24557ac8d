"""`dpc target check` with a token in a reader: it is reached, and what would change it is left out with the reason."""

import json

from dpc_conformance.cli import main

WRITING = {"24", "2c", "db", "47"}


def test_a_token_is_reached_and_nothing_is_written(token_target, reader_log, capsys) -> None:
    assert main(["target", "check", str(token_target)]) == 0
    said = capsys.readouterr().out
    assert "token              pcsc: can be used" in said
    assert "left out: it changes the token; --allow-destructive" in said
    assert {command[2:4] for command in reader_log.read_text().split()} & WRITING == set()


def test_an_empty_reader_is_told_and_the_plan_is_shown_all_the_same(token_target, monkeypatch, capsys) -> None:
    monkeypatch.setenv("READER_HOLDS", "nothing")
    assert main(["target", "check", str(token_target), "--format", "json"]) == 4
    found = json.loads(capsys.readouterr().out)
    problems = {each["role"]: each["problem"] for each in found["roles"]}
    assert "there is no card in the reader" in problems["token"]
    assert any(each["runs"] for each in found["scenarios"])


def test_what_a_token_answers_for_is_planned_and_nothing_else(token_target, capsys) -> None:
    assert main(["plan", "--target", str(token_target), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    how = {each["id"]: each["how"] for each in found["requirements"]}
    assert how["DPC-APDU-VERIFY-01"] == "scenarios"
    assert how["DPC-ACT-LEN-01"] == "not the product's"
    running = {each["file"].split("/")[1] for each in found["scenarios"] if each["runs"]}
    assert running == {"token", "sanity.feature"}
