"""Short hashes by which a text is known again in another run, or by another version of the suite."""

import json
from dataclasses import fields
from hashlib import sha256
from typing import Any

from dpc_conformance.catalogue.requirement import Requirement

LENGTH = 16
"""Hexadecimal digits: enough to tell texts apart, short enough for a person to compare."""


def digest_of_requirement(requirement: Requirement) -> str:
    """Of everything that the catalogue says about a requirement; its order of fields does not matter."""
    return digest({each.name: _plain(getattr(requirement, each.name)) for each in fields(Requirement)})


def digest(value: Any) -> str:
    """Of anything that JSON can hold, half a character (a lone surrogate) included."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode(errors="backslashreplace")).hexdigest()[:LENGTH]


def _plain(value: Any) -> Any:
    return list(map(str, value)) if isinstance(value, tuple) else None if value is None else str(value)
