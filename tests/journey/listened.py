"""Runs of `dpc` in which a listener writes down every secret where it is made or used."""

import os
import subprocess
import sys
from pathlib import Path

from leaks import noted

HERE = Path(__file__).parent


def run_of(folder, chosen, expected, faults=(), features="features/journey", target="", **variables):
    """The reports of a run with everything that can be written, and what was secret in it."""
    reports, secrets = folder / "reports", folder / "secrets.jsonl"
    environment = {**os.environ, "PYTHONPATH": str(HERE), "DPC_TEST_SECRETS": str(secrets), **variables}
    command = [sys.executable, str(HERE / "listened_run.py"), "run", "--seed", "leaks", "--reports", str(reports)]
    command += [features, *(word for name in faults for word in ("--fault", name))]
    command += ["-k", chosen] * bool(chosen) + ["--target", target] * bool(target)
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert ended.returncode == expected, ended.stdout + ended.stderr
    (reports / "console.txt").write_text(ended.stdout + ended.stderr)
    return reports, noted(secrets)
