"""A target whose card or token lies in a reader, in this process and in those that `dpc run` starts."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from cards_in_reader import InReader, made

HERE = Path(__file__).parent
PYSCARD = HERE / "fake_pyscard"


def _pyscard() -> dict[str, ModuleType]:
    return {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "smartcard"}


@pytest.fixture
def reader_log(tmp_path, monkeypatch) -> Iterator[Path]:
    """The commands that reached the card, one in each line; until the test ends pyscard is a stand-in."""
    log = tmp_path / "commands.txt"
    log.touch()
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, (PYSCARD, HERE))))
    monkeypatch.setenv("READER_LOG", str(log))
    real = _pyscard()
    for name in real:
        del sys.modules[name]
    monkeypatch.syspath_prepend(str(PYSCARD))
    yield log
    for name in _pyscard():
        del sys.modules[name]
    sys.modules.update(real)


@pytest.fixture
def token(monkeypatch, reader_log) -> InReader:
    """The token in the reader."""
    monkeypatch.setenv("READER_HOLDS", "token")
    return made("token")


@pytest.fixture
def card(monkeypatch, reader_log) -> InReader:
    """The card in the reader."""
    monkeypatch.setenv("READER_HOLDS", "card")
    return made("card")


@pytest.fixture
def folder(tmp_path) -> Path:
    """Where target files stand."""
    made_here = tmp_path / "target"
    made_here.mkdir()
    return made_here


@pytest.fixture
def token_target(folder, token) -> Path:
    """A target file for the token, with its secrets beside it."""
    secrets = token.secrets
    (folder / "secrets.toml").write_text(
        f'activation_secret = "{secrets.activation_secret}"\n'
        f'unblocking_key = "{secrets.unblocking_key.hex()}"\n'
        f'administration_key = "{secrets.administration_key.hex()}"\n'
        f"administration_algorithm = {secrets.administration_algorithm}\n"
    )
    target = folder / "token.toml"
    target.write_text(
        'name = "A token"\nscope = "removable-token"\n[claims]\nremovable_token = true\n'
        '[roles.token]\nadapter = "pcsc"\nreader = "Memory"\nsecrets_file = "secrets.toml"\n'
        'trust = "trust"\ncrls = "crls"\n'
    )
    _publish(folder, token)
    return target


def _publish(folder: Path, held: InReader) -> None:
    for name, ending, objects in (("trust", "crt", held.authorities), ("crls", "crl", held.crls)):
        (folder / name).mkdir(exist_ok=True)
        for number, der in enumerate(objects):
            (folder / name / f"{number}.{ending}").write_bytes(der)


@pytest.fixture
def card_target(folder, card) -> Path:
    """A target file for the card, with its PIN and its authorities beside it."""
    (folder / "pin").write_text(card.pin + "\n")
    _publish(folder, card)
    target = folder / "card.toml"
    target.write_text(
        'name = "A card"\n[roles.card]\nadapter = "pcsc"\nreader = "Memory"\npin_file = "pin"\n'
        'trust = "trust"\ncrls = "crls"\n'
    )
    return target
