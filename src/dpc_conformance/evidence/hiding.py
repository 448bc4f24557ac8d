"""Takes secrets out of records: also those that nobody knew for secrets when the record was made."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from dpc_conformance.evidence.records import ApduExchange, HttpExchange

Some = TypeVar("Some", bound=Any)

PLACES = {
    "url": "url",
    "request_headers": "headers",
    "response_headers": "headers",
    "request_body": "body",
    "response_body": "body",
}
"""What `HttpExchange.secrets_in` calls the field in which a secret was found."""


def without_secrets(record: Some, redact: Callable[[str], str]) -> Some:
    """The dataclass with every text in it redacted; an exchange then says where the secret travelled.

    What holds nothing to redact is returned as it is.
    """
    if isinstance(record, ApduExchange):
        return record  # whoever speaks to the card hides its PIN; its digits stand in hexadecimal by chance
    held = {field.name: getattr(record, field.name) for field in fields(record)}
    changed = {name: shown for name, value in held.items() if (shown := _hide(value, redact)) != value}
    if not changed:
        return record
    if isinstance(record, HttpExchange):
        found = (*record.secrets_in, *(PLACES[name] for name in changed if name in PLACES))
        changed["secrets_in"] = tuple(dict.fromkeys(found))
    return replace(record, **changed)


def _hide(value: Any, redact: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {name: _hide(held, redact) for name, held in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_hide(held, redact) for held in value)
    if is_dataclass(value):
        return without_secrets(value, redact)
    return value
