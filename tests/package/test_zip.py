"""Every byte of a package counts: whatever is changed, cut off, added, renamed or packed otherwise is found."""

import io
import struct
import zipfile
import zlib
from hashlib import sha256

import pytest

from dpc_conformance.clock import machine_now
from dpc_conformance.reporting.package.manifest import MANIFEST, manifest_of
from dpc_conformance.reporting.package.verify import verify
from dpc_conformance.reporting.package.zip_format import MOST_BYTES, STORED, Entry, end_record
from dpc_conformance.reporting.package.zip_reader import NoZip
from dpc_conformance.reporting.package.zip_writer import Packed, TooBig, pack, zip_bytes

CONTENT = {"a.txt": b"one\n" * 30, "b/c.json": b'{"two": 2}', "b/d.bin": bytes(range(256))}


def package(content=CONTENT, **others: bytes) -> bytes:
    entries = [pack(name, held) for name, held in sorted({**content, **others}.items())]
    return zip_bytes([pack(MANIFEST, manifest_of(entries), compress=False), *entries])


def problems(data: bytes) -> tuple[str, ...]:
    return verify(data, (), machine_now()).problems


def test_a_package_is_whole_and_the_same_every_time():
    assert problems(package()) == ()
    assert package() == package()


def test_it_is_a_zip_that_others_can_read():
    with zipfile.ZipFile(io.BytesIO(package())) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in CONTENT} == CONTENT


@pytest.mark.parametrize("bit", [0, 7])
def test_every_changed_bit_is_found(bit):
    whole = package()
    unseen = []
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1 << bit
        try:
            found = problems(bytes(changed))
        except NoZip:
            continue
        if not found:
            unseen.append(at)
    assert unseen == []


def test_every_truncation_and_every_missing_byte_is_found():
    whole = package()
    for at in range(3, len(whole)):
        assert problems(whole[:at])
        assert problems(whole[:at] + whole[at + 1 :])


@pytest.mark.parametrize("extra", [b"\x00", b"PK\x05\x06", b"x" * 30, b"PK\x05\x06" + bytes(18)])
def test_what_follows_or_stands_before_or_between_is_found(extra):
    whole = package()
    assert problems(whole + extra)
    assert any("follow" in each or "end" in each for each in problems(whole + extra))
    first = whole.index(b"a.txt") - 30
    assert problems(whole[:first] + extra + whole[first:])
    with pytest.raises(NoZip):
        problems(b"#!/bin/sh\n" + whole)


def rebuilt(entries: list[Packed]) -> bytes:
    """A zip in our form whose manifest is that of CONTENT."""
    manifest = manifest_of([pack(name, held) for name, held in CONTENT.items()])
    return zip_bytes([pack(MANIFEST, manifest, compress=False), *entries])


def entries() -> list[Packed]:
    return [pack(name, CONTENT[name]) for name in sorted(CONTENT)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda all_: all_[1:], "the entry a.txt of the manifest is missing"),
        (lambda all_: [*all_, pack("z.txt", b"new")], "the entry z.txt is not in the manifest"),
        (lambda all_: [pack("A2.txt", CONTENT["a.txt"]), *all_[1:]], "the entry A2.txt is not in the manifest"),
        (lambda all_: [pack("a.txt", b"two"), *all_[1:]], "the entry a.txt was changed"),
        (lambda all_: [pack("a.txt", CONTENT["a.txt"], compress=False), *all_[1:]], "a.txt was packed again"),
        (lambda all_: [all_[0], *all_], "two entries are called a.txt"),
        (lambda all_: [*all_, pack("A.TXT", CONTENT["a.txt"])], "two entries are called A.TXT"),
        (lambda all_: list(reversed(all_)), "the entries do not stand in the order of the manifest"),
    ],
    ids=["missing", "added", "renamed", "changed", "packed again", "twice", "twice in other letters", "reordered"],
)
def test_a_manifest_finds_entries_that_are_not_its_own(change, sentence):
    found = problems(rebuilt(change(entries())))
    assert any(sentence in each for each in found), found


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/a", "a/../b", "a\\b", "C:a", "a//b", "a/", "ä", "", ".hidden", "a b"]
)
def test_a_name_that_leads_elsewhere_is_never_written_and_never_read(name):
    with pytest.raises(ValueError, match="cannot be an entry"):
        pack(name, b"x")
    content = b"x"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
    found = verify(stream.getvalue(), (), machine_now())
    assert found.problems
    assert found.read.content == {}


def raw(size: int, packed: bytes, method: int = 8, crc: int = 0) -> bytes:
    """A zip with one entry whose header says what it likes."""
    entry = Entry("bomb", method, crc, len(packed), size, 0)
    header, directory = entry.local_header(), entry.central_header()
    return header + packed + directory + end_record(1, len(directory), len(header) + len(packed))


def test_a_bomb_is_not_unpacked():
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(50_000_000)) + packer.flush()
    found = verify(raw(MOST_BYTES + 1, packed), (), machine_now())
    assert any("so nothing was unpacked" in each for each in found.problems)
    assert found.read.content == {}
    found = verify(raw(10, packed), (), machine_now())
    assert any("cannot be unpacked to what its header says" in each for each in found.problems)


@pytest.mark.parametrize("method", [1, 12, 99])
def test_an_unknown_way_of_packing_is_a_problem(method):
    assert any("cannot be unpacked" in each for each in problems(raw(1, b"x", method, zlib.crc32(b"x"))))


def test_no_more_than_a_package_may_hold_is_written(monkeypatch):
    entry = Packed("a", MOST_BYTES + 1, "", 0, STORED, b"")
    with pytest.raises(TooBig):
        zip_bytes([entry])


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"format": "dpc-package-1", "entries": 3}',
        b'{"format": "other", "entries": []}',
        b"[" * 100_000,
    ],
)
def test_a_manifest_that_is_none_is_one_problem(manifest):
    data = zip_bytes([pack(MANIFEST, manifest, compress=False), *entries()])
    [problem] = problems(data)
    assert problem.startswith("manifest.json")


def test_a_manifest_in_another_form_is_a_changed_one():
    good = manifest_of(entries())
    for changed in (good + b"\n", good.replace(b" ", b""), good.replace(b'"size": 120', b'"size": 120.0')):
        data = zip_bytes([pack(MANIFEST, changed, compress=False), *entries()])
        assert "not written as a package writes it" in problems(data)[0]


def test_a_zip_of_somebody_else_is_no_package():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "one")
    assert problems(stream.getvalue())
    with pytest.raises(NoZip):
        problems(b"%PDF-1.7")


def test_hidden_fields_of_a_zip_are_found():
    """Comments, extra fields and dates hold what no reader shows."""
    for change in (
        lambda info: setattr(info, "comment", b"x"),
        lambda info: setattr(info, "extra", b"\x01\x00\x00\x00"),
    ):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, held in ((MANIFEST, manifest_of(entries())), *sorted(CONTENT.items())):
                info = zipfile.ZipInfo(name)
                change(info)
                archive.writestr(info, held)
        assert problems(stream.getvalue())


def test_an_entry_that_only_the_directory_knows_is_found():
    whole = package()
    end = whole.rindex(b"PK\x05\x06")
    count, size, offset = struct.unpack("<H2L", whole[end + 10 : end + 20])
    more = Entry("z", STORED, 0, 0, 0, 0).central_header()
    assert problems(whole[:end] + more + end_record(count + 1, size + len(more), offset))


def test_the_manifest_tells_its_own_hash():
    seen = verify(package(), (), machine_now())
    assert sha256(manifest_of(entries())).hexdigest() in seen.said[0]
