"""Path results from memory are those of the path library, for good certificates and for every mutant."""

import random
from dataclasses import replace
from typing import Any

import pytest

from dpc_conformance.checks import path
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.path import Verdict, path_of, validate_path
from dpc_conformance.checks.path_memory import PathMemory
from dpc_conformance.faults.certificates.encoding import integer
from dpc_conformance.faults.certificates.material import CA, CA_NAME, ROOT, ROOT_NAME, SERIAL, crl, evidence, good
from dpc_conformance.faults.mutants import goldens, mutants
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.crl import read_crl
from dpc_conformance.formats.crl_serials import revoked_serials
from dpc_conformance.formats.der import DerError


def remembering(**changes: Any) -> CertificateContext:
    context = CertificateContext(**{**evidence(), **changes})
    return replace(context, path_memory=PathMemory(context))


def sisters(count: int) -> list[bytes]:
    dice = random.Random(3)
    return [replace(good(), serial=integer(dice.getrandbits(120) | 1 << 120)).signed() for _ in range(count)]


def test_every_mutant_gets_the_result_of_the_library() -> None:
    context = remembering()
    for case in goldens() + mutants():
        der = case.make()
        try:
            view = read_certificate(der)
        except DerError:
            continue
        assert path_of(view, context) == validate_path(der, context), case.description


def test_the_library_is_asked_once_for_certificates_that_differ_in_nothing_that_matters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bytes] = []

    def counted(der: bytes, *rest: Any) -> path.PathResult:
        asked.append(der)
        return validate_path(der, *rest)

    monkeypatch.setattr(path, "validate_path", counted)
    context = remembering()
    for der in sisters(5):
        assert path_of(read_certificate(der), context).verdict is Verdict.VALID
    assert len(asked) == 1


def test_a_revoked_certificate_among_many_is_found() -> None:
    ders = sisters(4)
    serial = read_certificate(ders[2]).serial
    context = remembering(crls=(crl(ROOT, ROOT_NAME), crl(CA, CA_NAME, serial)))
    verdicts = [path_of(read_certificate(der), context).verdict for der in ders]
    assert verdicts == [Verdict.VALID, Verdict.VALID, Verdict.REVOKED, Verdict.VALID]


def test_the_set_of_serials_is_that_of_the_view() -> None:
    for serials in ((), (SERIAL,), (1, 255, 1 << 150, SERIAL)):
        made = crl(CA, CA_NAME, *serials)
        assert revoked_serials(made) == read_crl(made).serials == set(serials)
