"""A distribution of somebody else's, on the path of this process and of those that `dpc run` starts."""

import os
from pathlib import Path

import pytest

THEIRS = Path(__file__).parent / "theirs"
TARGET = 'name = "Their application"\n[roles.relying_party]\nadapter = "theirs"\n'


@pytest.fixture
def theirs(tmp_path, monkeypatch):
    """Writes a target file that names their adapter, with further lines for its table."""
    monkeypatch.syspath_prepend(str(THEIRS))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(THEIRS), os.environ.get("PYTHONPATH", "")]))

    def written(more: str = "") -> Path:
        file = tmp_path / "product.toml"
        file.write_text(TARGET + more)
        return file

    return written
