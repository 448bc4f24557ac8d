"""The wheel, built from this checkout and installed into an environment that has nothing else."""

import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NO_INDEX = "connection broken by"
"""What pip says when no package index answers."""


@dataclass(frozen=True)
class Installed:
    """The environment with the wheel; programs in it find neither compiler nor Node on the PATH."""

    environment: Path
    elsewhere: Path

    @property
    def site_packages(self) -> Path:
        """Where the wheel's files are."""
        return next(self.environment.glob("lib/python*/site-packages"))

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the environment's programs from another directory."""
        return subprocess.run(
            [self.environment / "bin" / program, *arguments],
            cwd=self.elsewhere,
            env={
                "PATH": "",
                "HOME": os.environ.get("HOME", str(self.elsewhere)),  # the pool of RSA keys is there
                "PYTHONPYCACHEPREFIX": str(self.environment / "pycache"),
                "LANG": "C.UTF-8",
            },
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [built] = folder.iterdir()
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """The wheel without extras and the versions of the lock, from wheels only; its files cannot be written."""
    folder = tmp_path_factory.mktemp("wheel")
    lock = (ROOT / "requirements/checkout.txt").read_text("utf-8")
    constraints = folder / "constraints.txt"  # without hashes: pip has none for the wheel that was made just now
    constraints.write_text("\n".join(line.rstrip(" \\") for line in lock.splitlines() if "--hash" not in line), "utf-8")
    environment = folder / "environment"
    venv.create(environment)
    pip = [sys.executable, "-m", "pip", "--python", str(environment), "install", "--only-binary=:all:", "--no-compile"]
    answer = subprocess.run(
        [*pip, "--retries=1", f"--constraint={constraints}", str(wheel)], capture_output=True, text=True, check=False
    )
    if answer.returncode and NO_INDEX in answer.stderr:
        pytest.skip("no package index can be reached, so that the wheel cannot be installed into an empty environment")
    assert answer.returncode == 0, answer.stderr
    made = Installed(environment, tmp_path_factory.mktemp("elsewhere"))
    for file in made.site_packages.rglob("*"):
        file.chmod(file.stat().st_mode & ~0o222)
    yield made
    for file in made.site_packages.rglob("*"):
        if file.is_dir():
            file.chmod(0o755)  # so that pytest can remove it
