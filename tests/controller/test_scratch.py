"""Where a worker keeps what it needs while it runs."""

import shutil
from types import SimpleNamespace

import pytest

from dpc_conformance.suite import worker


@pytest.fixture(autouse=True)
def file_system(monkeypatch, tmp_path):
    """In memory, as far as the worker knows."""
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(worker, "MEMORY", tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=worker.ROOM + 1))
    return tmp_path


def test_it_is_in_memory_where_there_is_room(file_system) -> None:
    assert worker.memory() == file_system


def test_it_is_where_the_user_wants_it(monkeypatch) -> None:
    monkeypatch.setenv("TMPDIR", "/elsewhere")
    assert worker.memory() is None


def test_a_small_memory_is_left_alone(monkeypatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=worker.ROOM))
    assert worker.memory() is None


def test_a_machine_need_not_have_one(monkeypatch, file_system) -> None:
    monkeypatch.setattr(worker, "MEMORY", file_system / "missing")
    assert worker.memory() is None
