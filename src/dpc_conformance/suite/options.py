"""What a worker can be told on its command line; `dpc run` fills these in, a person with bare `pytest` may."""

from pathlib import Path

import pytest

DEFAULT_SEED = "dpc"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the suite's options to pytest's."""
    group = parser.getgroup("dpc", "Derived PIV Credentials conformance")
    group.addoption("--target", type=Path, metavar="FILE", help="the product under test (TOML); default: the reference")
    group.addoption("--seed", default=DEFAULT_SEED, metavar="TEXT", help="where names, serials and keys come from")
    group.addoption(
        "--fault", action="append", default=[], metavar="NAME", help="swap in a seeded defect of the reference"
    )
    group.addoption("--clock", default=None, metavar="ISO", help="the run's clock at the start, such as 2026-06-01")
    group.addoption("--edition", default=None, metavar="NAME", help="edition of the standard to judge by")
    group.addoption("--scope", default=None, metavar="NAME", help="the programme to assess, such as enrolment")
    group.addoption("--workstation", default=None, metavar="NAME", help="the adapter that plays the workstation")
    group.addoption("--journal", type=Path, metavar="FILE", help="append what happens to this file")
    group.addoption("--evidence", type=Path, metavar="DIR", help="keep what the scenarios leave behind in this folder")
    group.addoption("--leash", type=int, metavar="FD", help="stop when the other end of this pipe is closed")
    group.addoption("--finished", type=Path, metavar="FILE", help="leave out scenarios that this journal saw end")
    group.addoption(
        "--sanity",
        choices=("both", "first", "last", "none"),
        help="run the sanity scenarios first and last whatever is chosen, or only some of them",
    )
    group.addoption(
        "--requirement",
        action="append",
        default=[],
        metavar="ID",
        help="only scenarios of this requirement, with the controls that they need",
    )
    group.addoption(
        "--scenario", action="append", default=[], metavar="ID", help="only the scenario with this node id, likewise"
    )
    group.addoption("--share", default="", metavar="K/N", help="only the K-th of N shares, in whole feature files")
    group.addoption(
        "--sanity-file",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a feature of which only the sanity scenarios run",
    )
