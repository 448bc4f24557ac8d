"""Recorded answers in place of a person, and what a person leaves out or to a later look."""

import json
from pathlib import Path

import pytest
from walks import OBLIGATIONS, PROFILE, QR_CODE, verdicts

from dpc_conformance import __version__
from dpc_conformance.adapters.registered import adapter_of
from dpc_conformance.cli import main
from dpc_conformance.clock import machine_now
from dpc_conformance.commands import run_options
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.run_resumed import keep_choices, options_of
from dpc_conformance.contract.clause import Standing
from dpc_conformance.contract.contract import clauses_of
from dpc_conformance.evidence.journal import JournalWriter
from dpc_conformance.evidence.questions import AnswerBook
from dpc_conformance.suite.chosen_features import Chosen
from dpc_conformance.suite.conformance_run import RunOptions
from dpc_conformance.suite.question_desk import QuestionDesk
from dpc_conformance.suite.run_files import RunFiles
from dpc_conformance.target import load_target
from dpc_conformance.target_roles import STATEFUL


@pytest.fixture
def with_answers(walked, tmp_path):
    """Writes a target with the recorded answers of the walk; `change` may alter the entries of a scenario."""

    def written(change=lambda _: None) -> Path:
        entries = [json.loads(line) for line in (walked.out / "answers.jsonl").read_text().splitlines()]
        for entry in entries:
            change(entry)
        recorded = tmp_path / "answers.jsonl"
        recorded.write_text("".join(f"{json.dumps(entry)}\n" for entry in entries))
        target = walked.target.with_name(f"{tmp_path.name}.toml")
        target.write_text(f'{walked.target.read_text()}answers = "{recorded}"\n')
        return target

    return written


def answering(scenario: str, do: str, **new):
    def change(entry) -> None:
        if entry["scenario"] == scenario and entry.get("do", "").startswith(do):
            entry.update(new)

    return change


def test_recorded_answers_say_the_same_again(walked, with_answers, tmp_path) -> None:
    chosen = (QR_CODE, OBLIGATIONS, PROFILE)
    assert main(["run", "--target", str(with_answers()), "--reports", str(tmp_path / "out"), *chosen]) == 2
    assert verdicts(tmp_path / "out") == verdicts(walked.out)


@pytest.mark.parametrize(
    ("how", "verdict"), [("skipped", ("BLOCKED", "no-such-verb")), ("left-to-review", ("REVIEW", "needs-review"))]
)
def test_what_a_person_leaves_out_is_no_pass(with_answers, tmp_path, capsys, how, verdict) -> None:
    change = answering(QR_CODE, "Sign in with", how=how, value="the kiosk is being painted")
    code = main(["run", "--target", str(with_answers(change)), "--reports", str(tmp_path / "out"), QR_CODE])
    assert code == 2
    assert verdicts(tmp_path / "out")["DPC-ISS-MULTI-01"] == verdict
    capsys.readouterr()
    assert main(["review", str(tmp_path / "out"), "--list"]) == 0
    assert ("the kiosk is being painted" in capsys.readouterr().out) is (how == "left-to-review")


def test_a_screen_that_tells_neither_yes_nor_no_is_left_to_a_later_look(with_answers, tmp_path) -> None:
    change = answering(PROFILE, "Hold the phone's camera", value="Smart card setup did not succeed")
    main(["run", "--target", str(with_answers(change)), "--reports", str(tmp_path / "out"), PROFILE])
    assert {verdict for verdict, _ in verdicts(tmp_path / "out").values()} == {"REVIEW"}


def test_a_file_without_the_answer_blocks(with_answers, tmp_path) -> None:
    scenario = "features/journey/05_request_and_qr_code.feature::test_two_requests_get_two_different_secrets"
    assert main(["run", "--target", str(with_answers()), "--reports", str(tmp_path / "out"), scenario]) == 2
    assert verdicts(tmp_path / "out")["DPC-ISS-MULTI-01"] == ("BLOCKED", "no-such-verb")
    assert "the file of answers has none to this question" in (tmp_path / "out" / "statement.json").read_text()


def test_answers_are_not_given_again_beside_a_reference_that_forgets(walked, with_answers, tmp_path) -> None:
    target = with_answers()
    target.write_text(target.read_text().replace('[roles.device_manager]\nadapter = "operator"\n', ""))
    main(["run", "--target", str(target), "--reports", str(tmp_path / "out"), QR_CODE])
    assert "answers cannot be given again" in (tmp_path / "out" / "journal.jsonl").read_text()


def test_without_a_terminal_and_without_answers_one_sentence_refuses(walked, tmp_path, capsys) -> None:
    assert main(["run", "--target", str(walked.target), "--reports", str(tmp_path / "out"), QR_CODE]) == 4
    said = capsys.readouterr().err
    assert "roles.workstation is a person, who is asked in a terminal" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ('answers = "nowhere.jsonl"', "nowhere.jsonl: expected a file of answers that can be read"),
        ('answers = "card.pem"', "line 1: expected an answer that a run has kept"),
        ('language = "de"', "roles.phone.language: expected 'en' or 'nl', not 'de'"),
    ],
)
def test_wrong_settings_are_told_in_one_sentence(walked, tmp_path, capsys, wrong, sentence) -> None:
    target = walked.target.with_name(f"{tmp_path.name}.toml")
    target.write_text(f"{walked.target.read_text()}{wrong}\n")
    assert main(["target", "check", str(target)]) == 4
    assert sentence in capsys.readouterr().out


def test_a_real_workstation_needs_the_certificate_of_the_card(tmp_path, capsys) -> None:
    target = tmp_path / "product.toml"
    target.write_text('name = "A kiosk"\n[roles.workstation]\nadapter = "operator"\n')
    assert main(["target", "check", str(target)]) == 4
    assert "roles.workstation.card_certificate: expected the certificate of the card" in capsys.readouterr().out


@pytest.mark.parametrize("role", STATEFUL)
def test_the_contract_is_kept(walked, role) -> None:
    clauses = clauses_of(adapter_of(role, "operator"), load_target(walked.target), machine_now())
    assert [each for each in clauses if each.standing is Standing.BROKEN] == []
    assert any(each.standing is Standing.KEPT for each in clauses)


def test_a_run_that_is_no_persons_is_not_resumed(tmp_path, capsys) -> None:
    assert main(["run", "--resume", str(tmp_path)]) == 4
    assert "expected the folder of a run in which a person was asked" in capsys.readouterr().err


def test_the_desk_takes_no_calls_without_its_key(tmp_path) -> None:
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    desk = QuestionDesk(AnswerBook(tmp_path / "answers.jsonl"), None)
    try:
        address = json.loads(desk.environment["DPC_QUESTION_DESK"])["address"]
        with pytest.raises((AuthenticationError, OSError, EOFError)):
            Client(address, authkey=b"guessed")
    finally:
        desk.close()


@pytest.fixture
def begun(tmp_path):
    """The folder of a run that a person began with the target in a file."""

    def begun(file: Path, **chosen: str) -> Path:
        target, now, files = load_target(file).choosing(**chosen), machine_now(), RunFiles(tmp_path / "out")
        with files.held():
            keep_choices(RunOptions(target, files, Chosen.everything(), "seed", 60.0, target_file=file, **chosen))
            files.keep_target(file)
            with JournalWriter(files.journal) as journal:
                journal.write(target.started(now, __version__, "seed", now))
        return files.folder

    return begun


def test_a_run_with_another_workstation_than_the_targets_goes_on_with_that(tmp_path, monkeypatch, begun) -> None:
    file = tmp_path / "product.toml"
    file.write_text('name = "Product"\nroles.phone.adapter = "operator"\n')
    folder = begun(file, workstation="browser")
    monkeypatch.setattr(run_options, "expect_reachable", lambda _: None)  # a browser need not be there
    again = options_of(folder, None)
    assert (again.workstation, again.target.players["workstation"]) == ("browser", "browser")


def test_a_run_does_not_go_on_with_other_settings_behind_the_same_adapter(tmp_path, begun) -> None:
    file, moved = tmp_path / "product.toml", tmp_path / "moved.toml"
    words = (
        'name = "Product"\nroles.phone.adapter = "operator"\nroles.token = {{ adapter = "reference", aid = "{}" }}\n'
    )
    file.write_text(words.format("derived"))
    folder = begun(file)
    assert "derived" not in RunFiles(folder).choices.read_text()
    moved.write_text(words.format("derived"))
    assert options_of(folder, moved).target_file == moved
    moved.write_text(words.format("piv"))
    with pytest.raises(BadInput, match="the target has changed since: settings of token$"):
        options_of(folder, moved)
