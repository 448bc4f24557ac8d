"""The README's commands for vendors are those that the tutorials run, and the others run here."""

import re

from pages import Command, blocks, carry_out, commands

from dpc_conformance import HOME

FIRST, LAST = "## Your product: a target", "## Certificates by themselves"


def commands_of(page: str) -> list[Command]:
    return [each for block in blocks(page) if block.kind == "console" for each in commands(block.text)]


def test_the_commands_of_the_readme_do_what_it_says(here, run) -> None:
    readme = (HOME / "README.md").read_text("utf-8")
    asked = [each.words for each in commands_of(readme[readme.index(FIRST) : readme.index(LAST)])]
    followed = [each.words for each in commands_of((HOME / "docs" / "tutorial-vendor.md").read_text("utf-8"))]
    others = [words for words in asked if words not in followed]
    assert len(asked) - len(others) >= 6
    for words in others:
        command, _, _ = " ".join(words).partition(" > ")
        carry_out(Command(command.split(), 0, [""]), run)


def test_every_tutorial_is_named_where_its_readers_look() -> None:
    named = "".join((HOME / each).read_text("utf-8") for each in ("README.md", "CONTRIBUTING.md"))
    pages = {each.name for each in (HOME / "docs").glob("*.md")} | {"ci/README.md"}
    assert pages <= set(re.findall(r"\(docs/([\w/.-]+\.md)\)", named))
