"""What a package of a run holds: everything a reviewer needs, and of persons nothing or everything, as asked."""

import base64
import io
import json
import os
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from people import (
    ACCOUNT,
    DIRECTOR,
    FASC_N,
    MAIL,
    NAME,
    OPERATOR,
    PASSPORT,
    PERSON_UUID,
    authority,
    cardholder,
    signed_mail,
)
from small_run import PICTURE, SCENARIO

from dpc_conformance.commands.packing import gather_package
from dpc_conformance.evidence.events import EvaluationMade, RunStarted
from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.journal import JournalWriter, read_journal
from dpc_conformance.evidence.reading import EvidenceReader, changed_objects
from dpc_conformance.evidence.records import ApduExchange, CertificateInstalled, ScreenShown
from dpc_conformance.reporting.package.build import package_of
from dpc_conformance.reporting.statement import build_statement
from dpc_conformance.suite.run_files import RunFiles


def gathered(reports: Path, folder: Path, with_personal_data: bool) -> Path:
    folder.mkdir()
    gather_package(RunFiles(reports), folder, with_personal_data)
    return folder


@pytest.fixture(scope="module")
def hidden(reports, tmp_path_factory) -> Path:
    """What goes into a package without personal data."""
    return gathered(reports, tmp_path_factory.mktemp("package") / "hidden", False)


@pytest.fixture(scope="module")
def open_one(reports, tmp_path_factory) -> Path:
    """The same with personal data."""
    return gathered(reports, tmp_path_factory.mktemp("package") / "open", True)


@pytest.mark.parametrize(("quoted", "otherwise"), [(NAME, ()), (NAME[:-1], ("PIV-SRC-STATUS-01",))])
def test_a_waiver_that_quotes_a_person_fits_in_the_package_as_in_the_run(reports, tmp_path, quoted, otherwise):
    waiver = {"requirement": "PIV-SRC-STATUS-01", "version": "12.4", "finding": f"the subject is {quoted}"}
    waiver |= {"reason": "known", "owner": "o@vendor.example", "link": "l", "expires": "2099-01-01"}
    run = RunFiles(shutil.copytree(reports, tmp_path / "run"))
    events = read_journal(run.journal).events
    run.journal.unlink()
    with JournalWriter(run.journal) as journal:
        for event in events:
            journal.write(replace(event, waivers=[waiver]) if isinstance(event, RunStarted) else event)
    packing = gather_package(run, tmp_path / "package", False)
    assert packing.otherwise == otherwise
    assert packing.statement.waivers[0].state == ("matches nothing" if otherwise else "applied")
    assert packing.statement.waivers[0].waiver.owner == "o@vendor.example"


def test_half_a_character_or_a_damaged_line_keeps_no_run_from_being_packed(reports, tmp_path):
    run = RunFiles(shutil.copytree(reports, tmp_path / "run"))
    with JournalWriter(run.journal) as journal:
        [failed] = read_journal(run.journal).of(EvaluationMade)
        journal.write(replace(failed, message="half a character: \ud83d"))
    with run.journal.open("a") as journal:
        journal.write("[" * 100_000 + "\n")
    packing = gather_package(run, tmp_path / "package", False)
    assert packing.statement.missing[0] == f"line {len(read_journal(run.journal).events) + 1} of the journal is damaged"
    assert b"half a character: \\ud83d" in (tmp_path / "package" / "journal.jsonl").read_bytes()


def test_a_name_that_is_not_utf_8_keeps_no_run_from_being_packed(reports, tmp_path):
    run = RunFiles(shutil.copytree(reports, tmp_path / "run"))
    events, name = read_journal(run.journal).events, os.fsdecode(b"caf\xe9.toml")
    run.journal.unlink()
    with JournalWriter(run.journal) as journal:
        for event in events:
            journal.write(replace(event, target_file=name) if isinstance(event, RunStarted) else event)
    gather_package(run, tmp_path / "package", False)
    assert json.loads((tmp_path / "package" / "target.json").read_text())["file"] == name


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines(folder: Path):
    return EvidenceReader(EvidenceFolder(folder / "evidence")).scenario(SCENARIO).lines


def descriptions(folder: Path):
    return [json.loads(path.read_text()) for path in (folder / "evidence" / "objects").glob("*.json")]


def values_of_the_person() -> list[bytes]:
    """Everything that must not stand in a package, in every encoding that the run has it in."""
    words = [*NAME.split(), ACCOUNT, OPERATOR, PASSPORT, *DIRECTOR.split()]
    plain = [each for word in words for each in (word, word.upper(), word.lower())]
    plain += [MAIL, MAIL.replace("@", "%40")]
    plain += [str(PERSON_UUID), PERSON_UUID.hex, PERSON_UUID.hex.upper(), FASC_N.hex(), FASC_N.hex().upper()]
    raw = [PERSON_UUID.bytes, FASC_N, *(word.encode("utf-16-be") for word in words)]
    raw += [word.encode().hex().encode() for word in words]
    raw += [word.encode().hex().upper().encode() for word in words]
    coded = []
    for value in (NAME.encode(), PERSON_UUID.bytes, FASC_N, MAIL.encode()):
        for skipped in range(3):
            coded.append(base64.b64encode(bytes(skipped) + value)[4:-4].rstrip(b"="))
    return [*(each.encode() for each in plain), *raw, *(each for each in coded if len(each) >= 12)]


def test_everything_is_there(hidden):
    held = files(hidden)
    assert held.keys() >= {
        *("README.txt", "about.json", "target.json", "plan.json", "decisions.json"),
        *("journal.jsonl", "statement.json", "statement.html", "junit.xml", "findings.sarif"),
    }
    assert any(name.startswith("evidence/scenarios/journey-one-one-") for name in held)


def test_nothing_of_the_person_stands_in_it(hidden):
    found = [(name, value) for name, held in files(hidden).items() for value in values_of_the_person() if value in held]
    assert found == []


def test_the_search_finds_what_is_there(open_one):
    held = b"".join(files(open_one).values())
    assert all(value in held for value in (NAME.encode(), MAIL.encode(), str(PERSON_UUID).encode(), FASC_N))


def test_pseudonyms_are_the_same_in_journal_evidence_descriptions_and_reports(hidden):
    held = files(hidden)
    assert b"the subject is Name1 Name2" in held["journal.jsonl"]
    [screen] = [line.record for line in lines(hidden) if isinstance(line.record, ScreenShown)]
    assert screen.text == "Signed in as Name1 Name2. Hello Name1!"
    [described] = [each for each in descriptions(hidden) if each["kind"] == "certificate"]
    assert described["holds"][0][0] == "subject     CN=Name1 Name2"
    assert b"Name1 Name2" in held["statement.html"]
    assert b"Name1 Name2 (address-1@pseudonym.invalid)" in held["statement.json"]


def test_an_object_of_a_person_is_described_and_others_are_kept(hidden, reports):
    kept = {path.name for path in (hidden / "evidence" / "objects").iterdir()}
    before = {path.name for path in (reports / "evidence" / "objects").iterdir()}
    assert {name for name in kept if name.endswith(".der")} < before
    assert any(path.read_bytes() == authority().der for path in (hidden / "evidence" / "objects").iterdir())
    assert any(path.read_bytes() == PICTURE for path in (hidden / "evidence" / "objects").iterdir())
    assert not any(path.read_bytes() == cardholder().der for path in (hidden / "evidence" / "objects").iterdir())
    assert list(changed_objects(EvidenceFolder(hidden / "evidence"))) == []
    installed = [line for line in lines(hidden) if isinstance(line.record, CertificateInstalled)]
    assert [bool(line.record.der) for line in installed] == [False, True]
    assert installed[0].not_kept


def test_of_mail_a_package_tells_addresses_and_signer_and_no_word_of_it(hidden, reports):
    [mail] = [each for each in descriptions(hidden) if each["kind"] == "e-mail message"]
    assert re.fullmatch(r"From: address-\d+@pseudonym\.invalid", mail["heading"][0])
    assert mail["heading"][-1] == "Content-Type: multipart/signed"
    assert mail["holds"][0][0] == "subject     CN=Name1 Name2"
    assert not any(b"boxes" in held for held in files(hidden).values())
    assert [path.read_bytes() for path in (reports / "evidence" / "objects").glob("*.eml")] == [signed_mail()]


def test_data_objects_of_the_card_are_in_no_transcript(hidden):
    chuid, select = [line.record for line in lines(hidden) if isinstance(line.record, ApduExchange)]
    assert chuid.response.endswith(" bytes) 9000")
    assert chuid.command == "00CB3FFF055C035FC10200"
    assert select.response == "61114F06 9000"


def test_with_personal_data_nothing_is_changed(open_one, reports):
    before, held = files(reports), files(open_one)
    assert {name: held[name] for name in before} == before


def test_the_verdicts_are_those_of_the_run(hidden, open_one, reports):
    told = [build_statement(read_journal(folder / "journal.jsonl")) for folder in (hidden, open_one, reports)]
    verdicts = [[(each.requirement.id, each.ground.verdict) for each in statement.verdicts] for statement in told]
    assert verdicts[0] == verdicts[1] == verdicts[2]


def test_it_names_product_operator_date_suite_options_and_interpretations(hidden):
    about = json.loads((hidden / "about.json").read_text())
    assert about["product"] == {"name": "Credential Manager", "version": "12.4", "operator": "O. Tester"}
    assert about["date"] == "2026-11-23T12:00:00+00:00"
    assert about["suite"] == {"version": "0.1.0", "sha256": "a" * 64, "catalogue_sha256": "b" * 64}
    assert len(about["packed_with"]["sha256"]) == 64
    assert about["environment"] == {"Python": "CPython 3.11"}
    assert {"name": "rsa-4096", "option": "sp-800-78", "default": True}.items() <= next(
        each for each in about["options"] if each["name"] == "rsa-4096"
    ).items()
    assert about["interpretations"]
    assert (about["conclusion"], about["exit_code"]) == ("not conformant", 1)


def test_it_says_what_it_holds_of_persons(hidden, open_one):
    without, held = (json.loads((each / "about.json").read_text())["personal_data"] for each in (hidden, open_one))
    assert (without["held"], held["held"]) == (False, True)
    assert without["replaced_by_pseudonyms"]["names"] == 2
    assert without["objects_described_instead"] == 2
    assert held["values"]["UUIDs"] == 1


def test_the_plan_says_of_every_requirement_whether_it_was_to_be_assessed(hidden):
    plan = json.loads((hidden / "plan.json").read_text())
    rows = {each["requirement"]: each for each in plan["requirements"]}
    assert len(rows) == 493
    assert rows["PIV-SRC-STATUS-01"] == {
        "requirement": "PIV-SRC-STATUS-01",
        "planned": True,
        "why_not": "",
        "scenarios": [SCENARIO],
    }
    assert rows["DPC-ISS-PKIAUTH-01"]["why_not"] == "outside the scope card"


def test_the_same_run_gives_the_same_bytes(reports, tmp_path):
    packages = [package_of(gathered(reports, tmp_path / name, False))[0] for name in ("one", "two")]
    assert packages[0] == packages[1]
    with zipfile.ZipFile(io.BytesIO(packages[0])) as archive:
        assert archive.namelist()[0] == "manifest.json"
