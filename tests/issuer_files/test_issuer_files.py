"""Only files of an issuer: the plan shrinks to what they show, and the verdicts are those of `dpc check`."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dpc_conformance.adapters.registry import adapters_of
from dpc_conformance.catalogue.answers import shown_by_objects
from dpc_conformance.catalogue.part_in_run import why_left_out
from dpc_conformance.catalogue.plan import Plan
from dpc_conformance.faults.mutants import mutants
from dpc_conformance.target import TargetError, load_target

EXACTLY = {"DPC-CERT-EKU-01", "DPC-CERT-PROFILE-01"}
"""The rule, and the one that says that all rules hold."""
HOME = Path(__file__).parents[2]


def shown(part: str) -> frozenset[str]:
    return shown_by_objects()[f"issuer.{part}"].requirements


def verdicts(statement: Mapping[str, Any]) -> dict[str, str]:
    return {each["id"]: each["verdict"] for each in statement["requirements"]}


TOLD = ("--person", "Grace Goode", "--employee", "--key-in", "software")


def test_what_the_reference_issued_conforms_as_files_and_dpc_check_agrees(exported, run, capsys) -> None:
    del exported.lines["ocsp_response"]
    statement = run(exported.target())
    found = verdicts(statement)
    assert statement["conclusion"] == "conformant"
    assert set(found.values()) <= {"PASS", "NOT_APPLICABLE", "NOT_EFFECTIVE"}
    assert set(found) <= shown("authentication") | shown("crl")
    assert {each["file"].rpartition("/")[0] for each in statement["scenarios"]} == {"features/credential", "features"}
    checked = exported.checked("authentication", capsys, "--at", exported.lines["at"], *TOLD)
    both = set(checked) & set(found)
    assert len(both) > 50
    assert {each: found[each] for each in both} == {each: checked[each] for each in both}


def test_what_nobody_told_about_a_file_cannot_be_told(exported, run) -> None:
    for key in ("authentication", "crl"):
        del exported.lines[key]
    statement = run(exported.target())
    open_still = {each for each, verdict in verdicts(statement).items() if verdict == "INCONCLUSIVE"}
    assert statement["conclusion"] == "INCOMPLETE"
    assert "DPC-OCSP-CERTID-01" in open_still
    assert set(verdicts(statement)) <= shown("ocsp_response")


def test_what_no_file_shows_is_left_out_with_the_reason(exported) -> None:
    del exported.lines["crl"]
    target = load_target(exported.target())
    plan = Plan(target.scope, target.edition, target.claims, target.options, date(2026, 11, 30), target.products)
    places = {
        "DPC-CRL-VER-01": "features/credential/crl.feature",
        "DPC-ISS-PKIAUTH-01": "features/journey/04_kiosk_sign_in.feature",
        "DPC-CERT-KU-01": "features/journey/07_certificates.feature",
    }
    reasons = {each: why_left_out(plan, {each}, file) for each, file in places.items()}
    assert reasons == {
        "DPC-CRL-VER-01": "no file of the product shows what it assesses",
        "DPC-ISS-PKIAUTH-01": "it assesses what is outside the scope certificates",
        "DPC-CERT-KU-01": "the reference, not the product, shows here what it assesses",
    }
    assert why_left_out(plan, {"DPC-CERT-KU-01"}, "features/credential/derived_authentication.feature") == ""


def test_a_certificate_with_a_defect_fails_exactly_its_rule(with_defect, run, capsys) -> None:
    [mutant, *_] = [each for each in mutants() if each.yields == {"DPC-CERT-EKU-01"}]
    files = with_defect(bytes(mutant.make()))
    found = verdicts(run(files.target()))
    assert {each for each, verdict in found.items() if verdict == "FAIL"} == EXACTLY
    checked = files.checked("authentication", capsys, "--at", files.lines["at"])
    assert {each for each, verdict in checked.items() if verdict == "FAIL"} & set(found) == EXACTLY


@pytest.mark.parametrize("part", list(shown_by_objects()))
def test_an_object_shows_what_the_scenarios_on_it_assess(part) -> None:
    known = shown_by_objects()[part]
    text = "".join((HOME / each).read_text() for each in known.features)
    assert known.requirements == set(re.findall(r"@((?:DPC|PIV)-[A-Z0-9-]+)", text))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("", "authentication: expected at least one file that can be judged"),
        ('authentication = "no.der"', "authentication: no.der cannot be read: No such file or directory"),
        ('authentication = "files.toml"', "authentication: expected certificates in PEM or DER in files.toml"),
        ('crl = "files.toml"', "crl: expected a CRL in PEM or DER in files.toml"),
        ('crl = "files.toml"\ncrls = ["no.crl"]', "crl: expected a CRL in PEM or DER in files.toml"),
        ('autentication = "x"', "autentication: expected a known key; did you mean authentication?"),
        ('at = "today"', "at: expected"),
    ],
)
def test_wrong_files_are_refused_in_one_sentence(tmp_path, line, sentence) -> None:
    target = tmp_path / "files.toml"
    target.write_text(f'name = "Files"\n[roles.issuer]\nadapter = "files"\n{line}\n')
    with pytest.raises(TargetError) as refused:
        adapters_of(load_target(target))
    assert f"{target}: roles.issuer.{sentence}" in str(refused.value)
    assert "\n" not in str(refused.value)
