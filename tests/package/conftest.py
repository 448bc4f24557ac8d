"""The reports folder of a small run."""

from pathlib import Path

import pytest
from small_run import write_run


@pytest.fixture(scope="session")
def reports(tmp_path_factory) -> Path:
    """The reports folder; nobody changes it."""
    folder = tmp_path_factory.mktemp("run") / "reports"
    write_run(folder)
    return folder
