"""The PIN on its way to the card's module."""

import socket
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from dpc_conformance.adapters.browser.login_desk import LOOKED, NEEDED, LoginDesk


@pytest.fixture
def path():
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder, "desk")


@pytest.fixture
def desk(path):
    with closing(LoginDesk(path)) as desk:
        yield desk


@pytest.fixture
def asked(desk, path):
    def asked(what=NEEDED):
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(path))
            line.sendall(what)
            return line.recv(100)

    return asked


def test_the_pin_is_told_once(desk, asked):
    with desk.typing("123456"):
        assert [asked(), asked()] == [b"123456", b""]


def test_no_pin_is_told_when_nobody_signs_in(desk, asked):
    with desk.typing("123456"):
        assert asked(LOOKED) == b""
    assert asked() == b""


def test_who_types_none_tells_none(desk, asked):
    with desk.typing(None):
        assert asked() == b""


def test_nobody_else_can_ask(desk, path):
    assert path.stat().st_mode & 0o077 == 0
