"""Names that a tag can be: a requirement of the catalogue, a step of the documented story, a plain word."""

import re

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.story import STORY_STEPS

LOOKS_LIKE_AN_ID = re.compile(r"[A-Z]{2,}(-[A-Za-z0-9]+)+")


def is_requirement(tag: str) -> bool:
    """Whether the catalogue has a requirement of this id."""
    return tag in load_catalogue()


def is_story_step(tag: str) -> bool:
    """Whether this is the id of a documented step."""
    return tag in STORY_STEPS
