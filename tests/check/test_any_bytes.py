"""Whatever stands in a file, the answer is findings or one sentence, never a crash."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpc_conformance.catalogue.conflicts import chosen_options
from dpc_conformance.catalogue.editions import Edition
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.inputs import Reader
from dpc_conformance.commands.judging import Bench
from dpc_conformance.commands.surroundings import Surroundings
from dpc_conformance.faults.mutants import CERTIFICATE, CRL, OCSP_RESPONSE, Kind, goldens

KINDS: tuple[Kind, ...] = (CERTIFICATE, CRL, OCSP_RESPONSE)
SEEDS = [bytes(one.make()) for kind in KINDS for one in goldens(kind)[:3]]
BENCH = Bench(Surroundings(datetime(2026, 11, 23, tzinfo=UTC)), Edition.FINAL_2014, chosen_options({}, "a test"))


@st.composite
def damaged(draw: Any) -> bytes:
    """A good object with some octets changed, or cut off."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 4))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(1, len(data)))])


def judge(name: str, data: bytes) -> None:
    try:
        items = Reader().parsed(name, data)
    except BadInput:
        return
    for item in items:
        judged = BENCH.judged(item)
        assert judged.rows or judged.notes


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_damaged_objects(data: bytes) -> None:
    judge("damaged.der", data)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.sampled_from(["any.der", "any.pem", "any.p7c"]), st.binary(max_size=200))
def test_any_bytes(name: str, data: bytes) -> None:
    judge(name, data)
    judge(name, b"-----BEGIN PKCS7-----\n" + data + b"\n-----END PKCS7-----\n")
