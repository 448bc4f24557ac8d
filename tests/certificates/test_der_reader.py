"""The DER reader: what it reads, what it notes, what it refuses, and that nothing makes it fall over."""

import contextlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.judgement import findings, judge_certificate
from dpc_conformance.faults.certificates import encoding
from dpc_conformance.faults.certificates.material import NOW, ca_template, card, evidence, good
from dpc_conformance.formats import der
from dpc_conformance.formats.crl import read_crl
from dpc_conformance.formats.der_values import integer, oid
from dpc_conformance.formats.ocsp import read_ocsp
from dpc_conformance.formats.request import read_request

GOOD = good().signed()
# Without anchors and CRLs: path validation belongs to a library and costs a thousand times as much.
CONTEXT = CertificateContext(moment=NOW, issuer=ca_template().signed(), card_certificate=card(), person="Alex Example")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("0101ff", ""),
        ("010101", "neither 00 nor FF"),
        ("02020001", "not minimal"),
        ("0202ff80", "not minimal"),
        ("0200", "without contents"),
        ("02810101", "more octets than needed"),
        ("0282000101", "more octets than needed"),
        ("03020780", ""),
        ("03020781", "unused bits are not zero"),
        ("03020980", "wrong count"),
        ("0500", ""),
        ("050100", "NULL with contents"),
        ("06032a8001", "not minimal"),
        ("06022a86", "ends within an arc"),
        ("3106020102020101", "not in order"),
        ("2403040100", "constructed OCTET STRING"),
        ("1000", "not constructed"),
    ],
)
def test_departures_are_noted(data: str, reason: str) -> None:
    noted = der.survey(bytes.fromhex(data))
    assert [one.reason for one in noted if reason in one.reason] if reason else not noted


@pytest.mark.parametrize("data", ["30800000", "3005", "1f8101", "308500000000ff", "30", "3082"])
def test_what_cannot_be_read_is_refused(data: str) -> None:
    with pytest.raises(der.DerError):
        der.survey(bytes.fromhex(data))


def test_nesting_has_a_bound() -> None:
    nested = b""
    for _ in range(der.MAXIMUM_DEPTH + 2):
        nested = encoding.sequence(nested)
    with pytest.raises(der.DerError, match="deep"):
        der.survey(nested)


@given(st.integers(-(1 << 200), 1 << 200))
@example(-128)
@settings(max_examples=60, deadline=None)
def test_integers_come_back(value: int) -> None:
    encoded = encoding.integer(value)
    assert der.survey(encoded) == []
    assert integer(encoded[2:]) == value


@given(st.integers(0, 2), st.integers(0, 39), st.lists(st.integers(0, 1 << 40), max_size=8))
@settings(max_examples=60, deadline=None)
def test_object_identifiers_come_back(first: int, second: int, rest: list[int]) -> None:
    dotted = ".".join(str(arc) for arc in (first, second, *rest))
    encoded = encoding.oid(dotted)
    assert der.survey(encoded) == []
    assert oid(encoded[2:]) == dotted


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(1, 255)), min_size=1, max_size=4))
@settings(max_examples=400, deadline=None)
def test_flipped_octets_only_ever_raise_findings(changes: list[tuple[int, int]]) -> None:
    changed = bytearray(GOOD)
    for place, mask in changes:
        changed[place] ^= mask
    found = judge_certificate(bytes(changed), CONTEXT)
    assert bytes(changed) == GOOD or findings(found)


@given(st.integers(0, len(GOOD)), st.binary(max_size=12), st.integers(0, 6))
@settings(max_examples=200, deadline=None)
def test_inserted_and_removed_octets_only_ever_raise_findings(place: int, inserted: bytes, removed: int) -> None:
    changed = GOOD[:place] + inserted + GOOD[place + removed :]
    assert changed == GOOD or findings(judge_certificate(changed, CONTEXT))


@pytest.mark.parametrize("read", [read_crl, read_request, read_ocsp])
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_the_other_readers_raise_nothing_else(read, data) -> None:  # type: ignore[no-untyped-def]
    base = evidence()["crls"][0]
    place = data.draw(st.integers(0, len(base) - 1))
    changed = base[:place] + data.draw(st.binary(max_size=6)) + base[place + 1 :]
    with contextlib.suppress(der.DerError):
        read(changed)
