"""Names, dates, lengths and extensions come back from DER as they went in."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from dpc_conformance.faults.certificates import encoding, names
from dpc_conformance.faults.certificates.material import good
from dpc_conformance.formats import der, oids
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.der_values import moment
from dpc_conformance.formats.names import read_general_names, read_name

QUICK = settings(max_examples=80, deadline=None)
KINDS = (oids.COMMON_NAME, oids.ORGANIZATION, oids.ORGANIZATIONAL_UNIT)
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
ASCII = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60)
ATTRIBUTES = st.lists(st.tuples(st.sampled_from(KINDS), TEXT), max_size=6)
ARCS = st.lists(st.integers(0, 1 << 28), min_size=1, max_size=6)


@given(ATTRIBUTES)
@QUICK
def test_names_come_back(attributes: list[tuple[str, str]]) -> None:
    encoded = names.name(*(names.attribute(kind, encoding.utf8(value)) for kind, value in attributes))
    read = read_name(encoded)
    assert [(one.oid, one.text) for one in read.attributes()] == attributes
    assert read.defects == ()
    assert read.der == encoded


@given(st.lists(ASCII, min_size=1, max_size=5))
@QUICK
def test_general_names_come_back(uris: list[str]) -> None:
    encoded = encoding.sequence(*(names.uri(uri) for uri in uris), names.upn(encoding.utf8("a@b")), names.fasc_n())
    whole = der.expect(encoded, 0, len(encoded), der.SEQUENCE, "names", [])
    read = read_general_names(encoded, whole)
    assert [one.text for one in read[:-2]] == uris
    assert (read[-2].type_oid, read[-2].text) == (oids.MS_UPN, "a@b")
    assert (read[-1].type_oid, read[-1].value) == (oids.PIV_FASC_N, names.FASC_N)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2049, 12, 31)))  # noqa: DTZ001  hypothesis wants them naive
@QUICK
def test_dates_come_back(naive: datetime) -> None:
    when = naive.replace(microsecond=0, tzinfo=UTC)
    for encode, tag in ((encoding.utc_time, der.UTC_TIME), (encoding.generalized_time, der.GENERALIZED_TIME)):
        assert moment(tag, encode(when)[2:]) == when


@given(st.binary(max_size=70_000))
@settings(max_examples=30, deadline=None)
def test_lengths_come_back(contents: bytes) -> None:
    encoded = encoding.octets(contents)
    defects: list[der.Defect] = []
    element = der.read(encoded, 0, len(encoded), defects)
    assert (encoded[element.start : element.stop], element.stop, defects) == (contents, len(encoded), [])


@given(st.lists(ARCS, unique_by=tuple, min_size=1, max_size=5), st.binary(max_size=300))
@settings(max_examples=25, deadline=None)
def test_private_extensions_come_back(kinds: list[list[int]], value: bytes) -> None:
    template = good()
    dotted = [".".join(str(arc) for arc in (1, 3, 6, 1, 4, 1, 99999, *arcs)) for arcs in kinds]
    for kind in dotted:
        template = template.adding(kind, encoding.octets(value))
    view = read_certificate(template.signed())
    assert view.defects == ()
    assert [one.oid for one in view.extensions[-len(dotted) :]] == dotted
    assert {one.value for one in view.extensions[-len(dotted) :]} == {encoding.octets(value)}


@given(st.integers(1, (1 << 159) - 1))
@settings(max_examples=25, deadline=None)
def test_serials_come_back(serial: int) -> None:
    assert read_certificate(replace(good(), serial=encoding.integer(serial)).signed()).serial == serial
