"""The files of a run's reports folder."""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class FolderInUse(Exception):
    """Another run writes into the folder; two would mix their results."""


@dataclass(frozen=True)
class RunFiles:
    """Where everything of a run is written; `folder` is absolute."""

    folder: Path

    @property
    def journal(self) -> Path:
        """What happened, in order."""
        return self.folder / "journal.jsonl"

    @property
    def log(self) -> Path:
        """What the workers printed."""
        return self.folder / "worker.log"

    @property
    def allure_results(self) -> Path:
        """Raw results for the Allure report."""
        return self.folder / "allure-results"

    @property
    def evidence(self) -> Path:
        """What the scenarios left behind: a file of lines for each, and objects."""
        return self.folder / "evidence"

    @property
    def cache(self) -> Path:
        """What pytest remembers of the workers."""
        return self.folder / "cache"

    @property
    def report(self) -> Path:
        """The Allure report, one file."""
        return self.folder / "index.html"

    @property
    def page(self) -> Path:
        """The conformance statement as a page."""
        return self.folder / "statement.html"

    @property
    def pdf(self) -> Path:
        """The conformance statement for print."""
        return self.folder / "statement.pdf"

    @property
    def findings(self) -> Path:
        """What was found in certificates, for code scanning services."""
        return self.folder / "findings.sarif"

    @property
    def statement(self) -> Path:
        """The verdicts for programs."""
        return self.folder / "statement.json"

    @property
    def junit(self) -> Path:
        """Scenarios and requirements for CI servers."""
        return self.folder / "junit.xml"

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """The folder, made and cleared, for one run alone. Raises FolderInUse, OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            _lock(handle)
            self.clear()
            self.allure_results.mkdir()
            yield
        finally:
            os.close(handle)

    @contextlib.contextmanager
    def left_by_a_run(self) -> Iterator[None]:
        """The folder as a run left it, for whoever draws there alone. Raises FolderInUse, OSError."""
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            _lock(handle)
            yield
        finally:
            os.close(handle)

    def clear(self) -> None:
        """Take away what a run wrote; files of others stay. Raises OSError."""
        drawn = (self.report, self.page, self.pdf, self.statement, self.junit, self.findings)
        for file in (self.journal, self.log, *drawn):
            file.unlink(missing_ok=True)
        for folder in (self.allure_results, self.evidence, self.cache):
            if folder.exists():
                shutil.rmtree(folder)


def _lock(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise FolderInUse from None
    except OSError:  # a file system without locks: go on without
        return
