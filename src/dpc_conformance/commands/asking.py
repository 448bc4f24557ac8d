"""Questions in the terminal: a default, help on `?`, back on `<`; the answers may come from a pipe as well."""

import sys
from collections.abc import Callable
from typing import TypeVar

import click

HELP, BACK = "?", "<"
HOW_TO_ANSWER = f"Enter takes what stands in [brackets], {HELP} explains, {BACK} goes back, ^C stops and loses nothing."
Value = TypeVar("Value")


class Back(Exception):
    """The person wants to go back to the question before."""


class NoMoreAnswers(Exception):
    """The answers came from somewhere that has no more of them."""


def ask(question: str, parse: Callable[[str], Value], explanation: str, default: str = "") -> Value:
    """The answer to a question, asked again until `parse` takes it; ValueError from `parse` is told as it is.

    Raises Back, NoMoreAnswers; click.Abort on ^C.
    """
    while True:
        answer = line(f"{question}{f' [{default}]' if default else ''}: ")
        if answer == HELP:
            click.echo(explanation)
            continue
        if answer == BACK:
            raise Back
        try:
            return parse(answer or default)
        except ValueError as problem:
            click.echo(str(problem))


def text(what: str) -> Callable[[str], str]:
    """Parses anything but nothing."""

    def parse(answer: str) -> str:
        if not answer.strip():
            raise ValueError(f"expected {what}")
        return answer.strip()

    return parse


def line(prompt: str) -> str:
    """What is typed, without its end. Raises click.Abort on ^C, NoMoreAnswers."""
    click.echo(prompt, nl=False)
    try:
        typed = sys.stdin.readline()
    except KeyboardInterrupt:
        click.echo()
        raise click.Abort from None
    if not typed:
        click.echo()
        raise NoMoreAnswers
    return typed.strip()
