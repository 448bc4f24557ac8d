"""`dpc run` with a token in a reader: refusals before anything is sent, skips that are seen, consent."""

import json
import uuid

import pytest
from cards_in_reader import MOMENT

from dpc_conformance.adapters.registry import real_cards
from dpc_conformance.cli import main
from dpc_conformance.roles.token import TokenSecrets
from dpc_conformance.target import load_target

PATHS = ["features/token/04_change_reference_data.feature"]
FIRST_LEG = "features/journey/02_sign_in_on_the_phone.feature"
WRITING = {"24", "2c", "db", "47"}


@pytest.fixture
def run(token_target, tmp_path):
    """Runs features about the token; gives exit code and statement (None where there is none)."""

    def ran(*arguments: str, paths=PATHS):
        reports = tmp_path / "reports"
        code = main(["run", "--target", str(token_target), "--reports", str(reports), *arguments, *paths])
        statement = reports / "statement.json"
        return code, json.loads(statement.read_text()) if statement.exists() else None

    return ran


def instructions(log) -> set[str]:
    return {command[2:4] for command in log.read_text().split()}


def outcomes(statement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in statement["scenarios"]:
        if "sanity-opens" not in each["tags"] and "sanity-closes" not in each["tags"]:
            found.setdefault("destructive" if "destructive" in each["tags"] else "looking", []).append(each["outcome"])
    return found


def verdicts(statement) -> dict[str, str]:
    return {each["id"]: each["verdict"] for each in statement["requirements"]}


def test_without_consent_nothing_that_writes_reaches_the_token(run, reader_log, capsys):
    code, statement = run()
    assert code == 2
    assert set(outcomes(statement)["destructive"]) == {"skipped"}
    assert not instructions(reader_log) & WRITING
    assert verdicts(statement)["DPC-APDU-CRD-01"] == "SKIPPED"
    assert statement["allowed_to_change"] == []
    printed = capsys.readouterr().out
    assert "nothing changes the token in reader 'Memory'" in printed
    assert "it changes the token; --allow-destructive" in printed


def test_another_serial_number_is_refused_before_anything_is_sent_that_writes(run, reader_log, capsys):
    code, statement = run("--allow-destructive", str(uuid.UUID(int=7)))
    assert (code, statement) == (4, None)
    assert "expected the serial number of a card in a reader; there is the token in reader" in capsys.readouterr().err
    assert instructions(reader_log) <= {"a4", "cb", "c0"}


def test_with_consent_the_run_says_what_it_does_and_does_it_without_a_word_of_a_secret(
    run, token_target, token, tmp_path, capsys
):
    [real] = real_cards(load_target(token_target))
    # The preview takes along what only a draft says, such as the rule on the contactless interface.
    code, statement = run("--allow-destructive", real.serial.hex.upper(), "--edition", "r1-ipd")
    assert code == 2  # only a part was chosen
    assert outcomes(statement)["destructive"].count("passed") > 5
    assert set(outcomes(statement)["destructive"]) == {"passed", "blocked"}  # there is no contactless reader
    assert verdicts(statement)["DPC-APDU-CRD-01"] == "PASS"
    assert statement["allowed_to_change"] == [str(real.serial)]
    assert not statement["reproducible"]
    printed = capsys.readouterr().out
    assert printed.index("allowed to change the token in reader 'Memory'") < printed.index("pass ")
    assert "changes the activation secret" in printed
    for path in (path for path in (tmp_path / "reports").rglob("*") if path.is_file()):
        assert shown(path.read_bytes().lower(), token.secrets) == [], path


def shown(content: bytes, secrets: TokenSecrets) -> list[str]:
    """The secrets in a file."""
    raw = (secrets.activation_secret.encode(), secrets.unblocking_key, secrets.administration_key)
    hidden = {"secret": secrets.activation_secret.lower(), **{f"key {n}": key.hex() for n, key in enumerate(raw)}}
    return [name for name, text in hidden.items() if text.encode() in content]


def test_the_reference_needs_no_consent_and_gives_none(tmp_path, capsys):
    arguments = ["run", "--reports", str(tmp_path / "out"), "--allow-destructive", str(uuid.UUID(int=7))]
    assert main(arguments) == 4
    assert "no role of the target is in a reader" in capsys.readouterr().err


def test_a_cardholder_s_card_walks_the_journey_and_is_never_blocked(card_target, tmp_path, reader_log, capsys):
    [real] = real_cards(load_target(card_target))
    reports = tmp_path / "reports"
    arguments = ["run", "--target", str(card_target), "--reports", str(reports), "--clock", f"{MOMENT:%Y-%m-%d}"]
    assert main([*arguments, "--allow-destructive", str(real.serial), "--scope", "full", "-k", "PIN", FIRST_LEG]) == 2
    statement = json.loads((reports / "statement.json").read_text())
    ended = {each["name"]: each["outcome"] for each in statement["scenarios"]}
    assert ended["A wrong PIN is counted by the card"] == "passed"
    assert ended["A blocked PIN ends the sign-in"] == "skipped"
    assert ended["The run closes with a cardholder who enrols a phone"] == "passed"
    assert not instructions(reader_log) & WRITING
    assert "the run tries a wrong PIN. 1 scenario is left out" in capsys.readouterr().out
