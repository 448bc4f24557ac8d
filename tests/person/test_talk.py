"""A question in the terminal: its words, its source, the way back, a skip, a later look, evidence and its limits."""

import io
from datetime import UTC, datetime

import pytest
import qrcode
from PIL import Image

from dpc_conformance.commands.person_talk import Terminal
from dpc_conformance.evidence.events import ScenarioStarted
from dpc_conformance.evidence.questions import How, Kind, Question
from dpc_conformance.suite.question_desk import Place
from dpc_conformance.suite.run_files import RunFiles

AT = datetime(2026, 11, 30, tzinfo=UTC)
RUNNING = ScenarioStarted(AT, "a::b", "The phone scans", "Scan the QR code", "a", 1)
CHOICES = ("Get QR code", "Company Portal")
SCREEN = Question(
    "phone", "choose", "Tap “Begin”.", "what it shows", Kind.CHOICE, "IOS-INT-08b", "the article", CHOICES
)


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Asks a question of somebody who types these lines; the answer."""

    def ask(question: Question, *lines: str, number: int = 3, secrets: set[str] | None = None):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        place = Place(RUNNING, 2, 5, number, "When the phone scans", "", secrets if secrets is not None else set())
        return Terminal(RunFiles(tmp_path))(question, place)

    return ask


def test_the_step_its_place_and_its_menu_are_shown(asked, capsys) -> None:
    answer = asked(SCREEN, "1")
    assert (answer.how, answer.value) == (How.GIVEN, "Get QR code")
    said = capsys.readouterr().out
    for words in (
        "Scenario 2 of 5: Scan the QR code: The phone scans",
        "[question 3] IOS-INT-08b, phone",
        "Tap “Begin”.",
    ):
        assert words in said


def test_words_are_an_answer_and_wrong_ones_are_asked_again(asked, capsys) -> None:
    assert asked(SCREEN, "7", "something else", "company portal").value == "Company Portal"
    assert capsys.readouterr().out.count("expected a number from 1 to 2") == 2


def test_the_source_of_the_step_is_told(asked, capsys) -> None:
    asked(SCREEN, "?", "2")
    assert "the article" in capsys.readouterr().out


@pytest.mark.parametrize("word", ["back", "<"])
def test_there_is_a_way_back_but_from_the_first_question(asked, capsys, word) -> None:
    assert asked(SCREEN, word).how is How.BACK
    assert asked(SCREEN, word, "1", number=1).how is How.GIVEN
    assert "There is no way back here." in capsys.readouterr().out


@pytest.mark.parametrize(("word", "how"), [("skip", How.SKIPPED), ("review", How.LEFT)])
def test_a_skip_and_a_later_look_have_a_reason(asked, word, how) -> None:
    answer = asked(SCREEN, word, "", word, "there is no camera")
    assert (answer.how, answer.value) == (how, "there is no camera")


@pytest.mark.parametrize("lines", [["pause"], []])
def test_a_pause_and_the_end_of_the_answers_stop_the_run(asked, lines) -> None:
    with pytest.raises(KeyboardInterrupt):
        asked(SCREEN, *lines)


def test_a_secret_is_no_answer(asked, capsys) -> None:
    line = Question("phone", "mail", "Read it.", "what it says", Kind.LINE)
    assert asked(line, "it says Kx7", "it says hello", secrets={"Kx7"}).value == "it says hello"
    assert "a secret stands in this answer" in capsys.readouterr().out


def test_a_picture_needs_one_code_and_its_secret_is_known_from_then_on(asked, tmp_path, capsys) -> None:
    code, plain = tmp_path / "code.png", tmp_path / "plain.jpg"
    qrcode.make("https://issuer.example/enrol#hush-hush").save(code)
    Image.new("RGB", (40, 40)).save(plain)
    picture = Question("workstation", "choose", "Take a picture.", "the path", Kind.PICTURE)
    secrets: set[str] = set()
    answer = asked(picture, str(tmp_path / "not there"), str(plain), str(code), secrets=secrets)
    assert answer.value == str(code)
    assert len(answer.digests) == 1
    assert secrets == {"hush-hush"}
    said = capsys.readouterr().out
    assert "expected a file that is there" in said
    assert "expected a picture in which one QR code can be read, not 0" in said


def test_a_screenshot_is_attached_unless_it_shows_a_code(asked, tmp_path, capsys) -> None:
    code, plain = tmp_path / "code.png", tmp_path / "plain.png"
    qrcode.make("https://issuer.example/enrol#hush-hush").save(code)
    Image.new("RGB", (40, 40)).save(plain)
    assert asked(SCREEN, "attach", str(code), "attach", str(plain), "1").attached == (str(plain),)
    assert "whose secret has no place in a report" in capsys.readouterr().out


def test_certificates_are_read_where_they_are_named(asked, tmp_path, capsys) -> None:
    wrong = tmp_path / "wrong.pem"
    wrong.write_bytes(b"no certificate")
    question = Question("phone", "credentials", "Export them.", "what is there", Kind.CERTIFICATES)
    assert asked(question, str(wrong), "none").value == "none"
    assert "expected a certificate in PEM or DER" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("redeem", "expected ACTION, accepted or refused"),
        ("redeem perhaps", "expected ACTION, accepted or refused"),
        ("redeem refused too-late", "too-late: expected a reason, one of no-certificate"),
    ],
)
def test_decisions_have_outcomes_and_reasons_that_are_known(asked, capsys, typed, sentence) -> None:
    question = Question("issuer", "audit", "Read the log.", "what is there", Kind.DECISIONS)
    right = "redeem refused secret-expired; issue accepted"
    assert asked(question, typed, right).value == right
    assert sentence in capsys.readouterr().out
