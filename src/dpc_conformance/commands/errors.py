"""What a command says when its input is wrong."""

import click

BAD_INPUT = 4
"""Exit code for a file, option or device that is not what the command needs."""
BROKE = 3
"""Exit code where the input is right and the machine gave way: a full disk, a program that cannot be started."""


class BadInput(click.ClickException):
    """One sentence on stderr that names the input and what was expected; exit code 4, no traceback."""

    exit_code = BAD_INPUT


class CannotGoOn(click.ClickException):
    """One sentence on stderr that says what gave way; exit code 3, no traceback."""

    exit_code = BROKE
