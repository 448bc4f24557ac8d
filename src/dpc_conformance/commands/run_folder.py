"""The folder of a run that is over: its journal, the statement drawn from it, and how it is named."""

from pathlib import Path

from pydantic import ValidationError

from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.evidence.journal import Journal, read_journal
from dpc_conformance.reporting.gathered import NoRun
from dpc_conformance.reporting.statement import Statement, build_statement
from dpc_conformance.suite.run_files import RunFiles


def journal_in(folder: Path) -> Journal:
    """The journal of the run in a folder. BadInput where there is none."""
    try:
        return read_journal(RunFiles(folder).journal)
    except OSError:
        raise BadInput(f"{folder}: expected the folder of a run, with its journal.jsonl") from None


def statement_in(folder: Path) -> Statement:
    """The statement of the run in a folder, drawn from its journal. BadInput where there is none to be drawn."""
    try:
        return build_statement(journal_in(folder))
    except NoRun:
        raise BadInput(f"{folder}: expected the journal of a run that began") from None
    except (CatalogueError, ValidationError):
        raise BadInput(f"{folder}: the run does not fit this version of the suite") from None
