"""The short way through a certificate gives the very view that the careful reader gives, or gives up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpc_conformance.faults.mutants import Mutant, goldens, mutants
from dpc_conformance.formats.certificate import read_carefully, read_certificate
from dpc_conformance.formats.certificate_view import CertificateView
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.quick_certificate import read_quickly

GOOD = tuple(golden.make() for golden in goldens())


def careful(der: bytes) -> CertificateView | DerError:
    try:
        return read_carefully(der)
    except DerError as error:
        return error


def agree(der: bytes) -> bool:
    """Whether the short way was taken; whoever takes it must see what the careful reader sees."""
    quick = read_quickly(der)
    if quick is None:
        return False
    view = careful(der)
    assert isinstance(view, CertificateView), view
    assert tuple(quick) == tuple(view)
    return True


@pytest.mark.parametrize("case", goldens() + mutants(), ids=lambda case: case.description)
def test_both_readers_agree(case: Mutant) -> None:
    agree(case.make())


def test_ordinary_certificates_take_the_short_way() -> None:
    taken = [agree(der) for der in GOOD]
    assert sum(taken) >= len(taken) - 1


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(GOOD), st.lists(st.tuples(st.integers(0, 4096), st.integers(0, 255)), min_size=1, max_size=3))
def test_they_agree_on_whatever_octets_are_changed(der: bytes, changes: list[tuple[int, int]]) -> None:
    changed = bytearray(der)
    for place, octet in changes:
        changed[place % len(der)] = octet
    agree(bytes(changed))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(GOOD), st.integers(0, 2048), st.binary(max_size=3), st.integers(0, 3))
def test_they_agree_when_octets_are_missing_or_too_many(der: bytes, place: int, more: bytes, fewer: int) -> None:
    place %= len(der)
    agree(der[:place] + more + der[place + fewer :])


def test_every_octet_of_a_certificate_changed_by_one_bit() -> None:
    der = GOOD[0]
    for place in range(len(der)):
        for bit in (0x01, 0x20, 0x80):
            changed = bytearray(der)
            changed[place] ^= bit
            agree(bytes(changed))


def test_two_views_of_one_certificate_are_two_views() -> None:
    der = GOOD[0]
    assert read_certificate(der) != read_certificate(der)
