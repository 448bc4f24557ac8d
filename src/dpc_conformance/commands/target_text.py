"""A target file as text: what was answered, each claim under a line that says what it means."""

from collections.abc import Iterator, Mapping
from typing import Any

import tomli_w

from dpc_conformance.catalogue.claims import Claims
from dpc_conformance.target_roles import REFERENCE

HEAD = """\
# Written by `dpc target new`. `dpc target check` says what a run with it would do.

"""
ROLES_HEAD = (
    "# Which adapter plays a role, with its settings; the reference plays the others. `dpc adapter list` has them.\n"
)
CLAIMS_HEAD = "# What the product does: it decides which requirements apply.\n"


def target_text(values: Mapping[str, Any]) -> str:
    """The file, from values by the keys of their questions. Empty ones are left out."""
    top = {key: values[key] for key in ("name", "scope", "edition", "reviews", "waivers") if values.get(key)}
    parts = [HEAD + tomli_w.dumps(top)]
    product = _table(values, "product.")
    if product:
        parts.append(tomli_w.dumps({"product": product}))
    roles = {role: _table(values, f"roles.{role}.") for role in values.get("roles", ())}
    played = {role: table for role, table in roles.items() if table.get("adapter", REFERENCE) != REFERENCE}
    if played:
        parts.append(ROLES_HEAD + tomli_w.dumps({"roles": played}))
    parts.append(CLAIMS_HEAD + "\n".join(_explained(tomli_w.dumps({"claims": _claims(values)}))) + "\n")
    return "\n".join(parts)


def claims_of(values: Mapping[str, Any]) -> Claims:
    """The claims that were answered."""
    return Claims.model_validate(_claims(values))


def _claims(values: Mapping[str, Any]) -> dict[str, Any]:
    claimed = {key.removeprefix("claims."): value for key, value in values.items() if key.startswith("claims.")}
    # An empty set says something, except where a claim follows from others when nothing is said.
    return {key: value for key, value in claimed.items() if value != [] or Claims.model_fields[key].default is not None}


def _table(values: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    found = {key.removeprefix(prefix): value for key, value in values.items() if key.startswith(prefix)}
    return {key: value for key, value in found.items() if value not in ("", [])}


def _explained(text: str) -> Iterator[str]:
    for line in text.splitlines():
        field = Claims.model_fields.get(line.partition(" = ")[0])
        if field and field.description:
            yield f"# {' '.join(field.description.split())}"
        yield line
