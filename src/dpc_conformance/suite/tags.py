"""Every requirement id and every step of the story is a registered tag; a misspelled one stops the collection."""

import difflib
import re
from collections.abc import Callable, Iterator

import pytest
from _pytest.mark.expression import Expression
from pytest_bdd.gherkin_parser import GherkinDocument, Tag

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.story import STORY_STEPS
from dpc_conformance.evidence.events import SANITY_CLOSES, SANITY_OPENS
from dpc_conformance.suite.identifiers import LOOKS_LIKE_AN_ID

CONTROL = "control"
KEYED = ("epic:", "severity:")


class WrongExpression(ValueError):
    """An expression of -k or -m that cannot be read, or that names an id that nothing is tagged with."""


def pytest_configure(config: pytest.Config) -> None:
    """Register the tags, so that --strict-markers and `pytest --markers` know them."""
    config.addinivalue_line("markers", "tag(name): a tag with a colon in it, such as @severity:critical")
    config.addinivalue_line("markers", f"{SANITY_OPENS}: opens a run of `dpc run`")
    config.addinivalue_line("markers", f"{SANITY_CLOSES}: closes a run of `dpc run`")
    config.addinivalue_line("markers", f"{CONTROL}: has to succeed beside the refusals of its feature")
    for step in sorted(STORY_STEPS):
        config.addinivalue_line("markers", f"{step}: step of the documented story")
    for requirement in load_catalogue():
        config.addinivalue_line("markers", f"{requirement.id}: {requirement.text}")


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag: str, function: Callable[..., object]) -> bool | None:
    """pytest cuts a registered marker's name at its colon, so a keyed tag becomes the marker `tag`."""
    if ":" not in tag:
        return None
    pytest.mark.tag(name=tag)(function)
    return True


def registered(config: pytest.Config) -> set[str]:
    """The names of all registered markers."""
    return {line.partition(":")[0].partition("(")[0].strip() for line in config.getini("markers")}


def misspelled_tags(document: GherkinDocument, config: pytest.Config) -> list[str]:
    """A sentence for each tag that nobody registered, with the nearest right one."""
    known = registered(config)
    return [
        f"{tag.location.line}: @{name} is not {_what(name)}{_nearest(name, known, '@')}"
        for tag in tags_of(document)
        if (name := tag.name.removeprefix("@")) not in known and not name.startswith(KEYED)
    ]


def expect_sound(option: str, expression: str) -> None:
    """WrongExpression when pytest will not understand what `-k` or `-m` says; an empty one says nothing."""
    try:
        Expression.compile(expression)
    except SyntaxError as error:
        raise WrongExpression(f"{option} {expression}: {error.msg} at column {error.offset or 1}") from None


def expect_known_ids(expression: str) -> None:
    """WrongExpression when an expression of `-m` holds a misspelled id: it would select nothing without a word."""
    known = {*STORY_STEPS, *(requirement.id for requirement in load_catalogue())}
    for word in re.findall(r"[^\s()]+", expression):
        if LOOKS_LIKE_AN_ID.fullmatch(word) and word not in known:
            raise WrongExpression(f"-m {word}: expected {_what(word)}{_nearest(word, known)}")


def tags_of(document: GherkinDocument) -> Iterator[Tag]:
    """Every tag of a file, where it stands."""
    yield from document.feature.tags
    for child in document.feature.children:
        if child.rule:
            yield from child.rule.tags
        for inner in child.rule.children if child.rule else [child]:
            if inner.scenario:
                yield from inner.scenario.tags
                for examples in inner.scenario.examples:
                    yield from examples.tags


def _what(name: str) -> str:
    if LOOKS_LIKE_AN_ID.fullmatch(name):
        return "the id of a requirement or of a step of the story"
    return "a tag registered in pytest.ini"


def _nearest(name: str, known: set[str], mark: str = "") -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f"; did you mean {mark}{close[0]}?" if close else ""
