"""`dpc check`: verdicts, exit codes, the table, and how quickly it is there."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dpc_conformance.faults.certificates.encoding import utc_time
from dpc_conformance.faults.certificates.material import evidence
from dpc_conformance.faults.mutants import CRL, OCSP_RESPONSE, goldens, mutants
from dpc_conformance.faults.status.crls import GOOD
from dpc_conformance.faults.status.material import MADE

Check = Callable[..., tuple[int, str, str]]
Write = Callable[[str, bytes], str]


def rows(out: str) -> dict[str, dict[str, Any]]:
    """The requirements of the first object in a JSON document."""
    return {row["requirement"]: row for row in json.loads(out)["objects"][0]["requirements"]}


def of(yields: set[str]) -> bytes:
    return bytes(next(one for one in mutants() if one.yields == yields).make())


def test_a_golden_passes_and_a_mutant_fails(golden: bytes, mutant: bytes, write: Write, check: Check) -> None:
    code, out, _ = check(write("golden.der", golden))
    assert code == 0
    assert "Derived PIV Authentication" in out
    code, out, _ = check(write("mutant.der", mutant))
    assert code == 1
    line = next(line for line in out.splitlines() if "DPC-CERT-EKU-01" in line)
    assert "FAIL" in line
    assert "1.3.6.1.5.5.7.3.2" in line


def test_what_cannot_be_read_is_a_finding_with_its_offset(golden: bytes, write: Write, check: Check) -> None:
    code, out, _ = check(write("cut.der", golden[:700]), "--format", "json")
    assert code == 1
    found = rows(out)["DPC-CERT-DER-01"]
    assert (found["verdict"], found["where"]) == ("WARN", "offset 0")
    assert "octets past its surroundings" in found["actual"]


def test_damage_to_the_first_octet_is_a_finding_too(golden: bytes, write: Write, check: Check) -> None:
    code, out, _ = check(write("damaged.cer", b"\x31" + golden[1:]), "--format", "json")
    assert code == 1
    assert rows(out)["DPC-CERT-DER-01"]["where"] == "offset 0"


def test_evidence_lets_the_relations_be_told(golden: bytes, write: Write, check: Check) -> None:
    file = write("golden.der", golden)
    told = evidence()
    options = ["--issuer", write("ca.der", told["issuer"]), "--trust", write("root.der", told["trust_anchors"][0])]
    for number, crl in enumerate(told["crls"]):
        options += ["--crl", write(f"{number}.crl", crl)]
    _, without, _ = check(file, "--format", "json")
    code, out, _ = check(file, "--format", "json", *options)
    assert code == 0
    for identifier in ("DPC-CERT-SIG-01", "DPC-PATH-ANCHOR-01"):
        assert rows(without)[identifier]["verdict"] == "INCONCLUSIVE"
        assert rows(out)[identifier]["verdict"] == "PASS"


def test_a_clause_that_nobody_read_warns(write: Write, check: Check) -> None:
    code, out, _ = check(write("long-serial.der", of({"DPC-CERT-SER-02"})), "--format", "json")
    found = rows(out)["DPC-CERT-SER-02"]
    assert (found["verdict"], found["reason"]) == ("WARN", "clause-not-read")
    assert code == 0


def test_a_draft_is_a_preview(golden: bytes, write: Write, check: Check) -> None:
    file = write("golden.der", golden)
    _, out, _ = check(file, "--format", "json", "--edition", "r1-fpd")
    drafts = [row for row in rows(out).values() if row["verdict"] == "NOT_EFFECTIVE"]
    assert drafts
    assert all(row["preview"] for row in drafts)
    assert "with a preview of SP 800-157r1 fpd" in out


def test_the_profile_follows_the_policy_or_the_user(golden: bytes, write: Write, check: Check) -> None:
    by_kind = {one.profile: bytes(one.make()) for one in goldens()}
    for key, der in by_kind.items():
        _, out, _ = check(write(f"{key}.der", der), "--format", "json")
        _, chosen, _ = check(write("golden.der", golden), "--profile", key, "--format", "json")
        assert json.loads(out)["objects"][0]["profile"] == json.loads(chosen)["objects"][0]["profile"]


def test_crls_and_ocsp_responses_are_judged(write: Write, check: Check) -> None:
    for kind, name in ((CRL, "list.crl"), (OCSP_RESPONSE, "response.ocsp")):
        code, out, _ = check(write(name, bytes(goldens(kind)[0].make())), "--format", "json")
        assert code == 0
        assert json.loads(out)["objects"][0]["kind"] == kind
        assert rows(out)


def test_how_long_a_crl_may_hold_depends_on_whose_ca_it_is(write: Write, check: Check) -> None:
    file = write("list.crl", next(one for one in mutants(CRL) if one.description == "CRL for seven days").make())
    expected = {"unknown": "INCONCLUSIVE", "shared-service-provider": "FAIL", "other": "PASS"}
    for kind, verdict in expected.items():
        _, out, _ = check(file, "--format", "json", "--ca", kind)
        assert rows(out)["DPC-CRL-TIME-02"]["verdict"] == verdict


def test_the_number_of_a_crl_grows_beyond_that_of_the_crl_before_it(write: Write, check: Check) -> None:
    earlier = GOOD.signed()
    later = replace(GOOD, this_update=utc_time(MADE + timedelta(hours=1))).signed()
    files = write("earlier.crl", earlier), write("later.crl", later)
    authority = write("ca.der", evidence()["issuer"])
    for judged, before in (files, files[::-1]):
        _, out, _ = check(judged, "--crl", before, "--issuer", authority, "--format", "json")
        found = rows(out)["DPC-CRL-EXT-01"]
        assert (found["verdict"] == "FAIL") == (judged is files[1])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--profile", "signatur"], "--profile signatur: expected one of derived-authentication, signature"),
        (["--edition", "2015"], "--edition 2015: expected one of 2014, r1-ipd, r1-fpd"),
        (["--profile-version", "3.0"], "--profile-version 3.0: expected one of 1.7"),
        (["--at", "noon"], "--at noon: expected a moment such as"),
        (["--format", "xml"], "--format xml: expected one of table, json, sarif, junit, csv"),
        (["--option", "rsa-4096"], "--option rsa-4096: expected name=value"),
        (["--option", "rsa-4096=maybe"], "--option: rsa-4096 is 'maybe'; expected one of"),
        (["--ca", "mine"], "--ca mine: expected one of unknown, shared-service-provider, other"),
        (["--key-in", "cloud"], "--key-in cloud: expected one of hardware, software"),
        (["--trust", "no.cer"], "no.cer: expected a file that can be read"),
    ],
)
def test_bad_input_is_one_sentence(
    options: list[str], sentence: str, golden: bytes, write: Write, check: Check
) -> None:
    code, out, err = check(write("golden.der", golden), *options)
    assert (code, out) == (4, "")
    assert sentence in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("option", ["trust", "issuer", "crl", "ocsp", "card", "other"])
def test_evidence_of_another_kind_is_not_passed_over(option: str, golden: bytes, write: Write, check: Check) -> None:
    [crl, *_] = goldens(CRL)
    wrong = golden if option in ("crl", "ocsp") else crl.make()
    code, out, err = check(write("golden.der", golden), f"--{option}", write("wrong.der", wrong))
    assert (code, out) == (4, "")
    assert "wrong.der: expected at least one" in err
    assert len(err.splitlines()) == 1


def test_text_from_a_certificate_cannot_command_the_terminal(golden: bytes, write: Write, check: Check) -> None:
    _, out, _ = check(write("golden.der", golden.replace(b"Alex Example", b"\x1b[2J[red]pwn")))
    assert "\x1b" not in out
    assert "\\u001b[2J[red]pwn" in out


def test_it_loads_only_what_it_needs(golden: bytes, write: Write) -> None:
    heavy = {"cryptography.x509", "pydantic", "httpx", "asyncio", "asn1crypto", "pyhanko_certvalidator", "rich.table"}
    program = (
        "import sys; from dpc_conformance.cli import main; main(['check', sys.argv[1], '--format', 'json']); "
        f"sys.stderr.write(' '.join(sorted({heavy} & set(sys.modules))))"
    )
    file = write("golden.der", golden)
    ended = subprocess.run([sys.executable, "-c", program, file], capture_output=True, text=True, check=True)
    assert ended.stderr == ""
