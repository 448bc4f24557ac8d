"""The tutorials and how-tos do what they say: their files are written, their commands run, their output comes."""

import re
import socket
import tomllib
from datetime import timedelta

import pytest
from pages import changed, commands, follow

from dpc_conformance import HOME
from dpc_conformance.adapters.adapter import GROUP
from dpc_conformance.clock import machine_now

DOCS = HOME / "docs"
PAGES = sorted(DOCS.glob("tutorial-*.md")) + sorted(DOCS.glob("how-to-*.md"))


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def test_the_tutorial_for_qa(here, run) -> None:
    follow(page("tutorial-qa.md"), here, run)


def test_the_tutorial_for_vendors(here, run) -> None:
    soon = machine_now().date() + timedelta(days=30)
    text = re.sub(r"(?m)^expires = .*$", f"expires = {soon}", page("tutorial-vendor.md"))
    follow(text, here, run)


def test_a_rule(checkout, run_there) -> None:
    follow(page("how-to-rule.md"), checkout, run_there)


def test_a_fault(checkout, run_there) -> None:
    follow(page("how-to-fault.md"), checkout, run_there)


def test_an_adapter(here, run) -> None:
    def installed(words: list[str]) -> tuple[int, str]:
        """What `pip install .` would write down about the distribution."""
        project = tomllib.loads((here / "pyproject.toml").read_text("utf-8"))["project"]
        about = here / f"our_adapters-{project['version']}.dist-info"
        about.mkdir(exist_ok=True)
        (about / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n")
        entries = "".join(f"{name} = {place}\n" for name, place in project["entry-points"][GROUP].items())
        (about / "entry_points.txt").write_text(f"[{GROUP}]\n{entries}")
        return run(words)

    with socket.create_server(("127.0.0.1", 0)) as portal:
        address = f"127.0.0.1:{portal.getsockname()[1]}"
        follow(page("how-to-adapter.md").replace("127.0.0.1:8443", address), here, installed)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_is_short_and_its_links_lead_somewhere(path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 125
    links = re.findall(r"\]\(([^):#]+)\)", text)
    assert [each for each in links if not (path.parent / each).exists()] == []


def test_a_difference_fits_in_one_place_only() -> None:
    assert changed("a\nb\n", " a\n+c\n") == "a\nc\nb\n"
    with pytest.raises(AssertionError):
        changed("a\na\n", " a\n+c\n")


def test_a_console_has_exit_codes_and_output() -> None:
    first, second = commands("$ dpc run   # exit code 2: a part\nINCOMPLETE\n$ dpc plan # by requirement\n")
    assert (first.words, first.code, first.output) == (["dpc", "run"], 2, ["INCOMPLETE"])
    assert (second.words, second.code, second.output) == (["dpc", "plan"], 0, [])
