"""A person walks the journey with a real product, pauses, goes on another day, takes an answer back, and finishes."""

from pathlib import Path

import pytest
from scripted_person import ScriptedPerson, codes_in
from walks import ATTACKS, EXPIRED, FIELD, OBLIGATIONS, QR_CODE, WALKED, failures, verdicts

from dpc_conformance.cli import main


def test_a_paused_run_asks_only_what_was_not_answered(walked) -> None:
    assert walked.paused == (130, walked.begun)
    assert "dpc run --resume" in walked.first_day
    assert "Scenario 1 of 5" in walked.first_day
    asked = walked.person.questions
    assert asked[: walked.begun + 1].count("Open Company Portal on the phone.") == 1
    assert f"[question {walked.begun + 1}] " in walked.second_day
    assert walked.last_day.count("[question 1] ") == len(WALKED) + 1, "the opening scenario was begun before"


def test_a_run_that_died_goes_on_where_it_was(walked) -> None:
    first = walked.last_day[walked.last_day.index("[question ") :]
    assert first.startswith(f"[question {walked.died + 1}] ")


def test_the_answer_that_is_taken_back_is_asked_again(walked) -> None:
    asked = walked.person.questions
    assert asked[walked.taken_back] == asked[walked.taken_back - 1]


def test_a_person_finds_what_the_reference_finds(walked, tmp_path) -> None:
    main(["run", *WALKED, "--reports", str(tmp_path / "reference")])
    found, reference = verdicts(walked.out), verdicts(tmp_path / "reference")
    assert found == {name: verdict for name, verdict in reference.items() if name in found}
    assert len(found) > 40
    assert {"DPC-ISS-MULTI-01", "DPC-ISS-ACCEPT-01", "DPC-CERT-POL-01"} <= set(found)
    assert walked.code == 2, "a part of the scope is no conformity"


def test_no_secret_is_kept(walked) -> None:
    kept = b"".join(file.read_bytes() for file in walked.out.rglob("*") if file.is_file())
    secrets = {text.partition("#")[2] for text in codes_in(walked.out.parent)}
    assert b"Tap \xe2\x80\x9cBegin\xe2\x80\x9d." in kept
    assert [secret for secret in (*secrets, "Kx7-quartz-vole") if secret.encode() in kept] == []
    assert all(secrets)


def test_what_was_answered_is_not_overwritten(walked, capsys, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert main(["run", "--target", str(walked.target), "--reports", str(walked.out), QR_CODE]) == 4
    assert "it holds what a person answered; `dpc run --resume" in capsys.readouterr().err
    assert (walked.out / "answers.jsonl").exists()


@pytest.mark.parametrize(
    ("fault", "scenarios", "edition", "found"),
    [
        ("kiosk does not insist on the obligations", (OBLIGATIONS, QR_CODE), "2014", {"DPC-ISS-ACCEPT-01"}),
        ("binding secret lives for a day", (EXPIRED,), "r1-fpd", {"DPC-ISS-MULTI-04"}),
    ],
)
def test_a_defect_of_the_product_is_found(product_with, tmp_path: Path, fault, scenarios, edition, found) -> None:
    person = ScriptedPerson(product_with(tmp_path, fault))
    target, out = person.product.write_target(), tmp_path / "out"
    person.run("--target", str(target), "--reports", str(out), "--edition", edition, *scenarios)
    assert failures(out) == found, person.said


def test_an_attack_for_which_the_person_has_nothing_is_blocked(product_with, tmp_path: Path) -> None:
    person = ScriptedPerson(product_with(tmp_path, ""))
    target, out = person.product.write_target(), tmp_path / "out"
    person.run("--target", str(target), "--reports", str(out), *ATTACKS)
    assert failures(out) == set(), person.said
    for requirement in ("DPC-ISS-PKIAUTH-01", "DPC-ISS-PKIAUTH-06"):
        assert verdicts(out)[requirement] == ("BLOCKED", "no-such-verb")


def test_the_certificate_is_judged_although_the_suite_does_not_hold_the_card(product_with, tmp_path: Path) -> None:
    person = ScriptedPerson(product_with(tmp_path, ""))
    target, out = person.product.write_target(), tmp_path / "out"
    person.run("--target", str(target), "--reports", str(out), FIELD)
    assert verdicts(out)["DPC-CERT-VER-01"][0] == "PASS", person.said
