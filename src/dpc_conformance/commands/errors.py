"""What a command says when its input is wrong."""

import click

BAD_INPUT = 4
"""Exit code for a file, option or device that is not what the command needs."""


class BadInput(click.ClickException):
    """One sentence on stderr that names the input and what was expected; exit code 4, no traceback."""

    exit_code = BAD_INPUT
