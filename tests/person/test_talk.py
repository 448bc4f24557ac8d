"""A question in the terminal: its words, its source, the way back, a skip, a later look, evidence and its limits."""

import io
import struct
import zlib
from base64 import b64encode
from datetime import UTC, datetime

import pytest
import qrcode
from asn1crypto import pem
from PIL import Image
from test_answers import some_certificate

from dpc_conformance.adapters.operator.files import certificates_of, mail_in
from dpc_conformance.commands.person_talk import Terminal
from dpc_conformance.evidence.events import ScenarioStarted
from dpc_conformance.evidence.questions import How, Kind, Question
from dpc_conformance.suite.question_desk import Place
from dpc_conformance.suite.run_files import RunFiles

AT = datetime(2026, 11, 30, tzinfo=UTC)
RUNNING = ScenarioStarted(AT, "a::b", "The phone scans", "Scan the QR code", "a", 1)
CHOICES = ("Get QR code", "Company Portal")
VERSION_3, VERSION_10 = bytes.fromhex("A003020102"), bytes.fromhex("A003020109")


def as_pem(der: bytes) -> bytes:
    return pem.armor("CERTIFICATE", der)


CREDENTIALS = Question("phone", "credentials", "Export them.", "what is there", Kind.CERTIFICATES)
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
    assert asked(CREDENTIALS, str(wrong), "none").value == "none"
    assert "expected a certificate in PEM or DER" in capsys.readouterr().out
    assert asked(CREDENTIALS, " , ", "none").value == "none"
    assert "expected the paths of files, or none" in capsys.readouterr().out


@pytest.mark.parametrize("as_it_is_written", [bytes, as_pem])
def test_a_certificate_with_a_defect_is_evidence(asked, tmp_path, as_it_is_written) -> None:
    defect = some_certificate().replace(VERSION_3, VERSION_10, 1)
    file = tmp_path / "certificate"
    file.write_bytes(as_it_is_written(defect))
    assert asked(CREDENTIALS, str(file), "none").value == str(file)
    assert certificates_of(file) == (defect,)


@pytest.mark.parametrize("label", ["PRIVATE KEY", "CERTIFICATE"])
def test_what_is_no_certificate_is_asked_for_again(asked, tmp_path, capsys, label) -> None:
    file = tmp_path / "certificate.pem"
    file.write_text(f"-----BEGIN {label}-----\n{b64encode(b'something else').decode()}\n-----END {label}-----\n")
    assert asked(CREDENTIALS, str(file), "none").value == "none"
    assert "expected a certificate in PEM or DER" in capsys.readouterr().out


def test_a_photo_that_is_too_large_is_asked_for_again(asked, tmp_path, capsys) -> None:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    photo, plain = tmp_path / "photo.png", tmp_path / "plain.png"
    head = struct.pack(">IIBBBBB", 16320, 12240, 8, 0, 0, 0, 0)
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))
    Image.new("RGB", (40, 40)).save(plain)
    assert asked(SCREEN, "attach", str(photo), "attach", str(plain), "1").attached == (str(plain),)
    assert "expected a picture with fewer pixels" in capsys.readouterr().out


HEAD = "From: {sender}\nTo: grace@agency.example\nDate: Mon, 30 Nov 2026 10:00:00 +0000\nSubject: Your ID\n"


@pytest.mark.parametrize("charset", ["iso-8859-8-i", ""])
def test_a_mail_in_an_unknown_character_set_is_read_as_far_as_it_goes(charset, tmp_path) -> None:
    mail = tmp_path / "mail.eml"
    head = HEAD.format(sender="issuer@agency.example")
    mail.write_text(f'{head}Content-Type: text/plain; charset="{charset}"\n\nYour credential is there.\n')
    assert mail_in(mail).body == "Your credential is there.\n"


@pytest.mark.parametrize("sender", ['"', ""])
def test_a_mail_of_nobody_is_asked_for_again(asked, tmp_path, capsys, sender) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_text(f"{HEAD.format(sender=sender)}\nHello.\n")
    question = Question("phone", "mail", "Save them.", "what is there", Kind.MAILS)
    assert asked(question, str(mail), "none").value == "none"
    assert "expected a saved e-mail with From, To and Date" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("redeem", "expected ACTION, accepted or refused"),
        ("redeem perhaps", "expected ACTION, accepted or refused"),
        (
            "Issue accepted",
            "Issue: expected an action, one of sign-in, accept-obligations, request, redeem, issue, revoke",
        ),
        ("issued accepted", "issued: expected an action"),
        ("redeem refused too-late", "too-late: expected a reason, one of no-certificate"),
    ],
)
def test_decisions_have_outcomes_and_reasons_that_are_known(asked, capsys, typed, sentence) -> None:
    question = Question("issuer", "audit", "Read the log.", "what is there", Kind.DECISIONS)
    right = "redeem refused secret-expired; issue accepted"
    assert asked(question, typed, right).value == right
    assert sentence in capsys.readouterr().out
