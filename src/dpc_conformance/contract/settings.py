"""The clauses on an adapter's settings: unknown keys and wrong values get a sentence, secrets stay hidden."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic.fields import FieldInfo

from dpc_conformance.adapters.adapter import Adapter
from dpc_conformance.contract.clause import Clause, broken, kept
from dpc_conformance.target import Target, TargetError
from dpc_conformance.target_roles import RoleChoice

SOUNDS_SECRET = re.compile(r"(^|_)(pin|puk|password|passphrase|secret|token|api_key|private_key)$")
WRONG_VALUE = {"no": ["such", "value"]}
UNKNOWN_KEY = "no_such_key"


def settings_clauses(adapter: Adapter, target: Target | None) -> Iterator[Clause]:
    """What the model says by itself; with a target also how the adapter reads its table."""
    yield from _hidden(adapter)
    yield _unknown_key(adapter, target)
    if target is not None:
        yield from _wrong_values(adapter, target)


def hidden_values(adapter: Adapter, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The secrets that stand in a table itself."""
    fields = adapter.settings.model_fields
    return tuple(str(value) for name, value in settings.items() if name in fields and not fields[name].repr)


def _hidden(adapter: Adapter) -> Iterator[Clause]:
    for name, field in adapter.settings.model_fields.items():
        if not SOUNDS_SECRET.search(name):
            continue
        if _is_hidden(field):
            yield kept(f"settings.{name}", "is hidden from texts")
        else:
            yield broken(f"settings.{name}", "sounds like a secret; expected Field(repr=False)")


def _is_hidden(field: FieldInfo) -> bool:
    return not field.repr or "Secret" in str(field.annotation)


def _unknown_key(adapter: Adapter, target: Target | None) -> Clause:
    config = adapter.settings.model_config
    if config.get("extra") != "forbid":
        return broken("settings", 'an unknown key is not refused; expected ConfigDict(extra="forbid")')
    if target is None:
        return kept("settings", "an unknown key is refused")
    said = refusal(adapter, target, {**target.roles[adapter.role].settings, UNKNOWN_KEY: 1})
    return _judged("settings", said, UNKNOWN_KEY, "an unknown key is refused and named", ())


def _wrong_values(adapter: Adapter, target: Target) -> Iterator[Clause]:
    settings = target.roles[adapter.role].settings
    secrets = hidden_values(adapter, settings)
    for name in adapter.settings.model_fields:
        said = refusal(adapter, target, {**settings, name: WRONG_VALUE})
        yield _judged(f"settings.{name}", said, name, "a wrong value is refused in one sentence", secrets)


def refusal(adapter: Adapter, target: Target, settings: Mapping[str, Any]) -> str | BaseException | None:
    """What `read` says to a table: a sentence, what else it raised, or None where it took it."""
    roles = {**target.roles, adapter.role: RoleChoice(adapter.name, settings)}
    try:
        adapter.read(settings, replace(target, roles=roles))
    except TargetError as problem:
        return str(problem)
    except Exception as problem:  # whatever it is, it breaks the contract
        return problem
    return None


def _judged(subject: str, said: str | BaseException | None, key: str, holds: str, secrets: tuple[str, ...]) -> Clause:
    if said is None:
        return broken(subject, f"{key} was taken; expected a TargetError")
    if isinstance(said, BaseException):
        return broken(subject, f"raised {type(said).__name__}; expected a TargetError")
    if "\n" in said or key not in said:
        return broken(subject, f"expected one sentence that names {key}")
    if any(secret in said for secret in secrets):
        return broken(subject, "a secret stands in the sentence")
    return kept(subject, holds)
