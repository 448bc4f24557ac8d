"""Libraries of ours for other people's programs are compiled once, and say what is missing when they cannot be."""

import shutil

import pytest

from dpc_conformance.reference.programs.preload import bind_to_loopback, compiled
from dpc_conformance.roles.errors import MachineLacks


def test_the_library_is_compiled_once(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    library = bind_to_loopback(tmp_path)
    assert library.is_relative_to(tmp_path / "dpc-conformance")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert bind_to_loopback(tmp_path) == library


def test_without_a_cache_folder_the_library_is_compiled_each_time(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/none")
    assert bind_to_loopback(tmp_path).parent == tmp_path


def test_without_a_compiler_a_sentence_says_what_it_is_for(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MachineLacks, match="no C compiler, .* open to the whole network: install gcc"):
        bind_to_loopback(tmp_path)


def test_what_does_not_compile_is_quoted(monkeypatch, tmp_path):
    source = tmp_path / "broken.c"
    source.write_text("#include <no-such-header.h>\n")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(MachineLacks, match=r"broken.c does not compile here, .*no-such-header"):
        compiled(source, tmp_path, "nothing works")
