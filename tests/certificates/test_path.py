"""Path validation fails closed, says why, and finds its way among CAs of one name."""

import base64
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.path import Verdict, validate_path
from dpc_conformance.faults.certificates.encoding import integer
from dpc_conformance.faults.certificates.material import (
    CA,
    CA_NAME,
    NOT_AFTER,
    NOT_BEFORE,
    ROOT,
    ROOT_NAME,
    ca_template,
    crl,
    evidence,
    good,
)
from dpc_conformance.faults.certificates.signers import ecdsa
from dpc_conformance.formats import oids

CARDS = os.environ.get("DPC_ICAM_CARDS")


def context(**changes: Any) -> CertificateContext:
    return CertificateContext(**{**evidence(), **changes})


def test_a_good_path_yields_the_policy() -> None:
    result = validate_path(good().signed(), context())
    assert result.verdict is Verdict.VALID
    assert result.policies == {oids.DERIVED_PIV_AUTH}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"crls": ()}, "no CRL"),
        ({"trust_anchors": ()}, "no trust anchor"),
        ({"crls": (crl(CA, CA_NAME),)}, "intermediate"),
        ({"crls": (crl(ROOT, ROOT_NAME),)}, "end-entity"),
        ({"moment": evidence()["moment"] + timedelta(days=3)}, "recent"),
        ({"trust_anchors": (b"\x30\x03garbage",)}, "could not read"),
    ],
)
def test_what_is_unknown_is_neither_valid_nor_invalid(changes: dict[str, Any], reason: str) -> None:
    result = validate_path(good().signed(), context(**changes))
    assert result.verdict is Verdict.CANNOT_TELL
    assert reason in result.reason


@pytest.mark.parametrize(
    ("moment", "verdict"),
    [
        (NOT_BEFORE, Verdict.VALID),
        (NOT_BEFORE - timedelta(seconds=1), Verdict.EXPIRED),
        (NOT_AFTER, Verdict.VALID),
        (NOT_AFTER + timedelta(seconds=1), Verdict.EXPIRED),
    ],
)
def test_both_boundary_seconds_are_included(moment: datetime, verdict: Verdict) -> None:
    lists = (crl(ROOT, ROOT_NAME, made=moment), crl(CA, CA_NAME, made=moment))
    assert validate_path(good().signed(), context(moment=moment, crls=lists)).verdict is verdict


def test_a_ca_of_the_same_name_and_another_key_does_not_mislead() -> None:
    namesake = ecdsa("namesake")
    other = replace(ca_template(namesake), serial=integer(0x10003)).signed()
    lists = (*evidence()["crls"], crl(namesake, CA_NAME))
    result = validate_path(
        good().signed(), context(issuer=None, intermediates=(other, evidence()["issuer"]), crls=lists)
    )
    assert result.verdict is Verdict.VALID


def der_of(path: Path) -> bytes:
    data = path.read_bytes()
    if b"-----BEGIN CERTIFICATE-----" in data:
        return base64.b64decode(data.split(b"-----BEGIN CERTIFICATE-----")[1].split(b"-----END")[0])
    return data


@pytest.mark.skipif(not CARDS, reason="DPC_ICAM_CARDS does not name a folder of GSA ICAM test cards")
@pytest.mark.parametrize(
    ("card", "verdict"),
    [
        ("01_Golden_PIV", Verdict.VALID),
        ("46_Golden_FIPS_201-2_PIV", Verdict.VALID),
        ("05_Tampered_Certificates", Verdict.INVALID),
        ("12_Certs_not_yet_valid", Verdict.EXPIRED),
        ("13_Certs_are_expired", Verdict.EXPIRED),
    ],
)
def test_the_icam_cards(card: str, verdict: Verdict) -> None:
    folder = Path(str(CARDS))
    authorities = tuple(der_of(path) for path in sorted((folder / "CA").glob("*.crt")) if "CA" in path.name)
    told = CertificateContext(
        moment=datetime(2020, 6, 1, tzinfo=UTC),
        trust_anchors=tuple(der_of(path) for path in (folder / "CA").glob("*PIV_Root_CA*.crt")),
        intermediates=authorities,
        crls=tuple(path.read_bytes() for path in (folder / "crls").glob("*.crl")),
    )
    leaf = next(path for path in sorted((folder / card).glob("3 *.crt")))
    assert validate_path(der_of(leaf), told, frozenset({oids.TEST_AUTHENTICATION})).verdict is verdict
