"""Every kind of source gives the same certificates, each once, however it is cut."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from populations import bundle, certificates, pem, tarred, zipped
from populations import folder as make_folder
from populations import parquet as make_parquet

from dpc_conformance.audit import archives, folder, parquet, pem_file
from dpc_conformance.audit.slices import Slice, Source, SourceError
from dpc_conformance.audit.sources import open_source

MAKERS: dict[str, Callable[[Path], Path]] = {
    "folder": lambda path: make_folder(path / "folder"),
    "bundle": lambda path: bundle(path / "all.pem"),
    "zip": lambda path: zipped(path / "all.zip"),
    "tar": lambda path: tarred(path / "all.tar", make_folder(path / "folder"), "w"),
    "compressed tar": lambda path: tarred(path / "all.tgz", make_folder(path / "folder"), "w:gz"),
    "parquet": lambda path: make_parquet(path / "all.parquet"),
}


def everything(source: Source) -> list[bytes]:
    return sorted(entry.der or b"" for piece in source.slices() for entry in source.read(piece))


@pytest.mark.parametrize("kind", MAKERS)
def test_each_certificate_comes_once(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = MAKERS[kind](tmp_path)
    whole = everything(open_source(path))
    assert whole == sorted(certificates())
    for module, name, size in (
        (pem_file, "SLICE_OCTETS", 1777),
        (pem_file, "CHUNK", 64),
        (folder, "SLICE_FILES", 7),
        (archives, "SLICE_MEMBERS", 7),
        (parquet, "SLICE_ROWS", 1),
    ):
        monkeypatch.setattr(module, name, size)
    source = open_source(path)
    pieces = list(source.slices())
    assert [piece.number for piece in pieces] == list(range(len(pieces)))
    assert len(pieces) > (0 if kind == "compressed tar" else 3)
    assert everything(source) == whole


def test_where_an_entry_stands_can_be_found_again(tmp_path: Path) -> None:
    path = bundle(tmp_path / "all.pem")
    source = open_source(path)
    entry = list(source.read(next(source.slices())))[5]
    offset = int(entry.where.removeprefix("octet "))
    assert path.read_bytes()[offset:].startswith(pem(certificates()[5])[:40])


def test_a_damaged_block_is_an_entry_without_octets_and_the_next_one_is_read(tmp_path: Path) -> None:
    good = pem(certificates()[0])
    cut = good[: len(good) // 2]
    (tmp_path / "all.pem").write_bytes(good + cut.replace(b"M", b"*") + b"\n" + good + cut)
    source = open_source(tmp_path / "all.pem")
    entries = [entry for piece in source.slices() for entry in source.read(piece)]
    assert [entry.der == certificates()[0] for entry in entries] == [True, False, True, False]
    assert "base64" in entries[1].problem


def test_a_source_that_is_none_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("nothing of the kind")
    for path in (tmp_path / "text", tmp_path / "missing"):
        with pytest.raises(SourceError, match=path.name):
            open_source(path)


def test_the_column_must_be_clear(tmp_path: Path) -> None:
    path = make_parquet(tmp_path / "all.parquet")
    assert open_source(path, "der") == open_source(path)
    with pytest.raises(SourceError, match="no column name of octets; there are: der"):
        open_source(path, "name")


def test_slices_say_how_much_of_the_work_they_are(tmp_path: Path) -> None:
    source = open_source(bundle(tmp_path / "all.pem"))
    assert sum(piece.weight for piece in source.slices()) == (tmp_path / "all.pem").stat().st_size
    assert replace(Slice(0, 0, 1, 1), weight=2).weight == 2
