"""The values of `dpc check`'s options, read and refused in one sentence each."""

from collections.abc import Callable
from datetime import UTC, datetime

import click

from dpc_conformance.commands.errors import BadInput

YEARS = range(1970, 2200)


def moment(_context: click.Context, parameter: click.Parameter, text: str | None) -> datetime | None:
    """A moment in UTC from ISO 8601; a date alone means midnight, no zone means UTC. BadInput."""
    if text is None:
        return None
    try:
        read = datetime.fromisoformat(text)
        if read.year not in YEARS:
            raise ValueError(text)
    except ValueError:
        expected = "expected a moment such as 2026-06-01T12:00:00Z"
        raise BadInput(f"{parameter.opts[0]} {text}: {expected}") from None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def choices(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> dict[str, str]:
    """`name=value` pairs as a dictionary. BadInput for anything else."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not (name and equals and value):
            raise BadInput(f"--option {text}: expected name=value, such as rsa-4096=common-policy")
        found[name] = value
    return found


def known(option: str, value: str, among: tuple[str, ...]) -> str:
    """The value, if it is one of those. BadInput names them."""
    if value not in among:
        raise BadInput(f"--{option} {value}: expected one of {', '.join(among)}")
    return value


def password_asker(interactive: Callable[[], bool]) -> Callable[[str], bytes | None]:
    """Asks a person for the password of a PKCS#12 file, without showing it; nobody is asked where nobody sits."""

    def ask(name: str) -> bytes | None:
        if not interactive():
            return None
        answer: str = click.prompt(f"Password of {name}", hide_input=True, default="", show_default=False, err=True)
        return answer.encode()

    return ask
