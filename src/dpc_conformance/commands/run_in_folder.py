"""A run in its reports folder: signals, the folder's lock, the lines that a person sees, and the reports at the end."""

import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import click

from dpc_conformance.commands.errors import BadInput, CannotGoOn
from dpc_conformance.commands.live_lines import LiveLines
from dpc_conformance.commands.run_reports import draw_reports
from dpc_conformance.commands.run_resumed import keep_choices
from dpc_conformance.suite.conformance_run import RunOptions, carry_out
from dpc_conformance.suite.folder_lock import FolderInUse
from dpc_conformance.suite.process_group import stop_signals
from dpc_conformance.suite.run_files import RunFiles


def run_in_folder(options: RunOptions, named: Path, require_all: bool, history: Path | None = None) -> int:
    """Carry out a run and draw its reports; `named` is the folder as the user typed it. Returns the exit code.

    `history` is the file in which Allure keeps the runs that it compares.

    BadInput where the folder cannot be had or pytest was misused, CannotGoOn where the disk fills up.
    """
    for number in stop_signals():
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup
            signal.signal(number, _stop)
    with held(options.files, named, options.resumed):
        if options.target_file:
            options.files.keep_target(options.target_file)
        if options.person is not None:
            keep_choices(options)
        result = carry_out(options, LiveLines(_say))
        if result.misused:
            options.files.clear()
            raise BadInput(result.broke)
        code = draw_reports(options.files, require_all, history)
        if options.person is not None and result.interrupted:
            _say(f"What was answered is kept; `dpc run --resume {named}` goes on from there.")
        return code


@contextlib.contextmanager
def held(files: RunFiles, named: Path, resumed: bool = False) -> Iterator[None]:
    """The reports folder for this run alone. BadInput where it cannot be had, CannotGoOn where it fills up later."""
    if not resumed and files.answers.exists():
        raise BadInput(
            f"--reports {named}: it holds what a person answered; `dpc run --resume {named}` goes on with it, "
            "another folder begins anew"
        )
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(files.held(resumed))
        except FolderInUse:
            raise BadInput(f"--reports {named}: expected a folder that no other run is writing to") from None
        except OSError as error:
            raise BadInput(f"--reports {named}: expected a folder that can be written: {error.strerror}") from None
        try:
            yield
        except OSError as error:
            raise CannotGoOn(f"{error.filename or named}: {error.strerror or error}; the run could not go on") from None


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(line: str) -> None:
    with contextlib.suppress(BrokenPipeError):  # whoever read along has gone; the run goes on for its reports
        click.echo(line)
