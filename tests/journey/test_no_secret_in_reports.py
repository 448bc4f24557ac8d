"""No PIN, binding secret, activation secret, token, cookie or private key stands in any file of the reports."""

import io
import json
import os
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from pathlib import Path
from uuid import UUID

import pytest
import qrcode
from leaks import PNG, layers, leaks_below, noted

from dpc_conformance.commands.packing import gather_package
from dpc_conformance.evidence.events import ScenarioStarted as Ran
from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.reporting.package.evidence_copy import EvidenceCopy
from dpc_conformance.reporting.package.personal_data import Kind, PersonalData
from dpc_conformance.suite.run_files import RunFiles

HERE = Path(__file__).parent
CHOSEN = "enrols or guessed or wrong or already or restart or travels or somebody or shown or announces or cancels"
CARELESS = (
    "issuer mails the binding secret",
    "address of the QR code's page holds the binding secret",
    "phone puts the binding secret into an address",
    "the address that ends a sign-in signs anybody in",
)


def run_of(folder, chosen, expected, faults=(), features="features/journey", **variables):
    """The reports of a run with everything that can be written, and what was secret in it."""
    reports, secrets = folder / "reports", folder / "secrets.jsonl"
    environment = {**os.environ, "PYTHONPATH": str(HERE), "DPC_TEST_SECRETS": str(secrets), **variables}
    command = [sys.executable, str(HERE / "listened_run.py"), "run", "--seed", "leaks", "--reports", str(reports)]
    command += [features, "-k", chosen, *(word for name in faults for word in ("--fault", name))]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert ended.returncode == expected, ended.stdout + ended.stderr
    (reports / "console.txt").write_text(ended.stdout + ended.stderr)
    return reports, noted(secrets)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Some scenarios on the reference."""
    return run_of(tmp_path_factory.mktemp("run"), CHOSEN, 2)


def test_the_listener_heard_secrets_of_every_kind(run):
    kinds = Counter(kind for kind, *_ in run[1])
    assert set(kinds) >= {
        *("PIN", "known to the recorder", "cookie", "cookie key", "enrolment token", "field secret"),
        *("field device_code", "private key", "activation secret", "passcode"),
    }
    assert kinds["cookie"] > 5
    assert kinds["private key"] > 20


def test_the_reports_are_there(run):
    written = {path.name for path in run[0].iterdir()}
    assert written >= {"journal.jsonl", "junit.xml", "statement.json", "statement.html", "findings.sarif"}
    assert written >= {"worker.log", "allure-results", "evidence"}
    pictures = [path for path in (run[0] / "allure-results").iterdir() if path.read_bytes().startswith(PNG)]
    assert pictures
    assert all(b"(redacted)" in text for path in pictures for text in layers(path.read_bytes())[1:] if b"enrol" in text)


def test_the_evidence_is_there_of_each_kind(run):
    evidence = run[0] / "evidence"
    lines = [json.loads(line) for file in (evidence / "scenarios").iterdir() for line in file.read_text().splitlines()]
    assert {line["record"] for line in lines} >= {
        *("scenario-opened", "step-began", "apdu-exchange", "http-exchange", "screen-shown", "mail-received"),
        *("qr-code-shown", "certificate-installed", "audit-record", "scenario-closed"),
    }
    assert {file.suffix for file in (evidence / "objects").iterdir()} >= {".der", ".png"}
    requests = [line["request_object"] for line in lines if line["record"] == "http-exchange"]
    assert any("file" in each for each in requests)  # a certification request


def test_no_secret_stands_in_any_file_of_the_reports(run):
    reports, secrets = run
    assert leaks_below(reports, secrets) == set()


@pytest.fixture(scope="module")
def packed(run, tmp_path_factory):
    """What stands in a package of that run, with what is about persons and without."""
    folders = {}
    for held in (True, False):
        folders[held] = tmp_path_factory.mktemp("package")
        gather_package(RunFiles(run[0]), folders[held], held)
    return folders


def test_no_secret_stands_in_a_package(run, packed):
    assert leaks_below(packed[True], run[1]) == set()


def about_persons(reports):
    """Everything in a run that is about its cardholders, as the search wants it."""
    evidence, found = EvidenceFolder(reports / "evidence"), PersonalData()
    copy = EvidenceCopy(evidence, tuple(each.scenario for each in read_journal(reports / "journal.jsonl").of(Ran)))
    copy.collect(found)
    values = found.values
    for name in values[Kind.NAME]:
        yield "name", name, b""
    for text in (*values[Kind.MAIL], *values[Kind.ACCOUNT], *values[Kind.UUID], *values[Kind.FASC_N]):
        yield "value", text, b""
    for each in values[Kind.UUID]:
        yield "UUID", "", UUID(each).bytes
    for each in values[Kind.FASC_N]:
        yield "FASC-N", "", bytes.fromhex(each)


def test_nothing_about_a_person_stands_in_a_package_unless_it_is_asked_for(run, packed):
    persons = list(about_persons(run[0]))
    assert {kind for kind, *_ in persons} == {"name", "value", "UUID", "FASC-N"}
    assert {kind for _, kind, _ in leaks_below(packed[True], persons)} >= {"name", "value", "FASC-N"}
    assert leaks_below(packed[False], persons) == set()


def test_a_careless_product_does_not_make_the_reports_careless(tmp_path):
    reports, secrets = run_of(tmp_path, "shows or challenge or travels or announces or secrets", 1, CARELESS)
    assert "enrol/sessions?code=(redacted)" in (reports / "journal.jsonl").read_text()
    kept = "".join(file.read_text() for file in (reports / "evidence" / "scenarios").iterdir())
    assert "enrol/sessions?code=(redacted)" in kept
    assert leaks_below(reports, secrets) == set()


def test_the_key_at_work_stands_in_no_file_either(tmp_path):
    reports, secrets = run_of(tmp_path, "key_of_kind or policy or password", 2, features="features/use")
    attached = [file.read_bytes() for file in (reports / "allure-results").iterdir()]
    assert any(b"Ready to process requests" in content for content in attached), "no log of FreeRADIUS is there"
    assert leaks_below(reports, secrets) == set()


def test_an_exception_that_quotes_secrets_is_redacted(tmp_path):
    reports, secrets = run_of(tmp_path, "enrols", 2, DPC_TEST_BLURT="1")
    for name in ("journal.jsonl", "junit.xml", "worker.log", "statement.html", "console.txt"):
        assert "cannot work with (redacted activation secret) (redacted)" in (reports / name).read_text(), name
    assert leaks_below(reports, secrets) == set()


SECRET, KEY = "kD4_zzy-Qq1x-Aa0", bytes(range(64, 96))


@pytest.mark.parametrize(
    "content",
    [
        b"x" + SECRET.encode() + b"x",
        SECRET.encode().hex().encode(),
        b64encode(b"ab" + SECRET.encode() + b"."),
        b'"pin":"314159"',
        b"333134313539FFFF",
        b"\x00" + KEY + b"\x00",
        KEY.hex().upper().encode(),
        b64encode(b"a long enough line before the key " + KEY),
        b64encode(b64encode(b"a long enough line before the key " + KEY)),
        b"-----BEGIN EC PRIVATE KEY-----",
    ],
)
def test_the_search_finds_what_is_planted(tmp_path, content):
    secrets = [("token", SECRET, b""), ("PIN", "314159", b""), ("private key", "", KEY)]
    (tmp_path / "file.bin").write_bytes(b"before " + content + b" after")
    assert leaks_below(tmp_path, secrets)


def test_the_search_reads_qr_codes_even_inside_a_page(tmp_path):
    qrcode.make(f"https://issuer.dpc.example/enrol#{SECRET}").save(tmp_path / "code.png")
    picture = io.BytesIO()
    qrcode.make(f"in a page: {SECRET}").save(picture, "PNG")
    (tmp_path / "page.html").write_bytes(b"<img src='" + b64encode(picture.getvalue()) + b"'>")
    found = leaks_below(tmp_path, [("secret", SECRET, b"")])
    assert {name for name, *_ in found} == {"code.png", "page.html"}
