"""The pinned Python packages are those that pyproject.toml declares, with hashes and without addresses."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS, GROUPS = PROJECT["project"]["optional-dependencies"], PROJECT["dependency-groups"]


def pins(name: str) -> dict[str, str]:
    """Version by package of a lock file."""
    text = (ROOT / "requirements" / name).read_text("utf-8")
    return {canonicalize_name(found[1]): found[2] for found in re.finditer(r"^([\w.-]+)==([^\s;]+)", text, re.M)}


def unsatisfied(lock: str, declared: list[str]) -> list[str]:
    """The declared requirements for which a lock has no version, or one outside the declared range."""
    pinned = pins(lock)
    wanted = [Requirement(text) for text in declared]
    return [
        str(each)
        for each in wanted
        if not each.specifier.contains(pinned.get(canonicalize_name(each.name), "0"), prereleases=True)
    ]


@pytest.mark.parametrize(
    ("lock", "declared"),
    [
        ("checkout.txt", PROJECT["project"]["dependencies"]),
        ("checkout.txt", GROUPS["dev"]),
        ("checkout.txt", EXTRAS["zbar"]),
        ("card.txt", EXTRAS["card"]),
        ("report.txt", EXTRAS["report"]),
        ("browser.txt", EXTRAS["browser"]),
        ("browser.txt", GROUPS["browser"]),
    ],
)
def test_a_lock_holds_what_is_declared(lock: str, declared: list[str]) -> None:
    assert unsatisfied(lock, declared) == [], "run `make locks`"


@pytest.mark.parametrize("extra", ["browser", "card", "report"])
def test_an_extra_is_declared_alike_in_both_places(extra: str) -> None:
    listed = (ROOT / "requirements" / f"{extra}.in").read_text("utf-8").split("\n")[:-1]
    assert listed == [*EXTRAS[extra], *GROUPS.get(extra, [])]


@pytest.mark.parametrize("lock", ["browser.txt", "checkout.txt", "card.txt", "report.txt"])
def test_every_pin_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_the_report_generator_is_pinned_without_addresses() -> None:
    text = (ROOT / "src/dpc_conformance/reporting/allure_cli/package-lock.json").read_text("utf-8")
    assert '"integrity"' in text
    assert '"resolved"' not in text
