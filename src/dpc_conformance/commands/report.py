"""`dpc report`: draw the reports of a run again, from its folder or from a package."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
from pydantic import ValidationError

from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.opened_package import unpacked
from dpc_conformance.commands.run_reports import Drawing, differences_now, draw
from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.reporting.console import Terminal, print_summary
from dpc_conformance.reporting.gathered import NoRun
from dpc_conformance.reporting.pdf import NoPdf, print_pdf
from dpc_conformance.suite.folder_lock import FolderInUse, locked
from dpc_conformance.suite.run_files import RunFiles


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), metavar="DIR", help="Where to write; default: the run's folder.")
@click.option(
    "--history", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Runs that Allure compares with."
)
@click.option("--pdf/--no-pdf", default=True, help="Print the statement with Chromium, where there is one.")
def report(run: Path, to: Path | None, history: Path | None, pdf: bool) -> int:
    """Draw all reports of a run again, without running anything.

    RUN is the reports folder of a run, or a package of `dpc package`; what is in a package is drawn into a folder that
    --to names. Everything comes from the journal and the evidence, and from today's suite: where suite or catalogue are
    not those of the run, the reports say so, and verdicts may differ. Ends with the exit code of the run as drawn.

    \b
    Examples:
      dpc report reports
      dpc report reports --history history.jsonl
      dpc report agency-issuer.zip --to agency-issuer
    """
    if run.is_dir():
        return _draw_folder(run, to, history, pdf)
    if not run.exists():
        raise BadInput(f"{run}: expected the reports folder of a run, or a package")
    if to is None:
        raise BadInput("--to: expected a folder to draw the package into")
    with unpacked(run) as (content, signature):
        return _draw_copy(content, to, history, pdf, signature)


def _draw_folder(run: Path, to: Path | None, history: Path | None, pdf: bool) -> int:
    if to is not None and to.absolute() != run.absolute():
        return _draw_copy(run, to, history, pdf, ())
    files = RunFiles(run.absolute())
    _expect_journal(run)
    with _held(locked(files.folder), run):
        return _draw(run, files, history, pdf, ())


def _draw_copy(content: Path, to: Path, history: Path | None, pdf: bool, signature: tuple[str, ...]) -> int:
    """Make another folder a run's folder, and draw there."""
    _expect_journal(content)
    files = RunFiles(to.absolute())
    with _held(files.held(), to):
        shutil.copyfile(content / "journal.jsonl", files.journal)
        if (content / "evidence").is_dir():
            shutil.copytree(content / "evidence", files.evidence)
        return _draw(to, files, history, pdf, signature)


def _draw(named: Path, files: RunFiles, history: Path | None, pdf: bool, signature: tuple[str, ...]) -> int:
    try:
        drawn = draw(files, _drawing(files, history, signature))
    except (NoRun, CatalogueError) as problem:
        raise BadInput(f"{named}: {problem}") from None
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise BadInput(f"{named}: the run does not fit this suite: {where}: {first['msg']}") from None
    notes = [*drawn.statement.differences, *drawn.lacking, *_printed(files, pdf)]
    print_summary(drawn.statement, Terminal(), drawn.report, tuple(notes))
    return int(drawn.statement.exit_code)


def _drawing(files: RunFiles, history: Path | None, signature: tuple[str, ...]) -> Drawing:
    changed = differences_now(files.journal)
    return Drawing(files.journal, EvidenceFolder(files.evidence), history, changed, signature)


def _printed(files: RunFiles, wanted: bool) -> Iterator[str]:
    """Print the statement; a sentence where it cannot be."""
    if not wanted:
        return
    try:
        print_pdf(files.page, files.pdf)
        yield f"statement: {files.pdf}"
    except NoPdf as reason:
        yield str(reason)


def _expect_journal(folder: Path) -> None:
    if not (folder / "journal.jsonl").is_file():
        raise BadInput(f"{folder}: expected the reports folder of a run, with its journal.jsonl")


@contextlib.contextmanager
def _held(folder: contextlib.AbstractContextManager[None], named: Path) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(folder)
        except FolderInUse:
            raise BadInput(f"{named}: expected a folder that no run is writing to") from None
        except OSError as error:
            raise BadInput(f"{named}: expected a folder that can be written: {error.strerror}") from None
        yield
