"""Every mutant goes through `dpc check` as a file, and what is found is exactly what it names."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dpc_conformance.cli import main
from dpc_conformance.faults.certificates.material import evidence
from dpc_conformance.faults.mutants import Mutant, mutants

FILES = {
    "issuer": "--issuer",
    "card_certificate": "--card",
    "card_certificates": "--card",
    "other_certificates": "--other",
    "trust_anchors": "--trust",
    "crls": "--crl",
}
WORDS = {"person": "--person", "agency": "--agency", "profile_version": "--profile-version"}
MOMENTS = {"moment": "--at", "card_expiry": "--card-expires"}
SWITCHES = {"affiliate": ("--employee", "--affiliate"), "test_pki": (None, "--test-pki")}
KEPT_IN = {True: "hardware", False: "software"}
COVERED = {"DPC-OCSP-CERT-05", "DPC-OCSP-CERT-06", "DPC-CS-VALID-02"}
"""Need the certificates that a responder or signer vouches for, which `dpc check` takes from OCSP responses."""
EXPRESSIBLE = {*FILES, *WORDS, *MOMENTS, *SWITCHES, "key_in_hardware", "covered_certificates"}


def arguments(told: Mapping[str, Any], folder: Path) -> list[str]:
    """The options that tell `dpc check` the same."""
    made: list[str] = []
    for key, value in told.items():
        if key in FILES:
            for der in (value,) if isinstance(value, bytes) else value:
                file = folder / f"{key}-{abs(hash(der))}.der"
                file.write_bytes(der)
                made += [FILES[key], str(file)]
        elif key in WORDS:
            made += [WORDS[key], value]
        elif key in MOMENTS:
            made += [MOMENTS[key], value.isoformat()]
        elif key in SWITCHES:
            made += [word] if (word := SWITCHES[key][value]) else []
        elif key == "key_in_hardware":
            made += ["--key-in", KEPT_IN[value]]
    return made


CASES = [one for one in mutants() if set(one.evidence()) <= EXPRESSIBLE and one.make()]
"""All but those that options cannot tell, and an empty file, which is bad input."""


@pytest.mark.parametrize("mutant", CASES, ids=lambda mutant: mutant.description)
def test_a_mutant_as_a_file(mutant: Mutant, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mutant.der"
    file.write_bytes(mutant.make())
    options = arguments({**evidence(), **mutant.evidence()}, tmp_path)
    code = main(["check", str(file), "--profile", mutant.profile, "--format", "json", *options])
    document = json.loads(capsys.readouterr().out)
    [judged] = document["objects"]
    rows = judged["requirements"]
    found = {row["requirement"] for row in rows if row["expected"]}
    assert found - COVERED == mutant.yields - COVERED
    assert code == (1 if any(row["verdict"] == "FAIL" for row in rows) or not judged["readable"] else 0)


def test_most_mutants_can_be_told_by_options() -> None:
    assert len(CASES) > 0.9 * len(mutants())
