"""The files of a run's reports folder."""

import shutil
from dataclasses import dataclass
from pathlib import Path


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
    def report(self) -> Path:
        """The Allure report, one file."""
        return self.folder / "index.html"

    @property
    def summary(self) -> Path:
        """The one-page summary."""
        return self.folder / "summary.html"

    @property
    def statement(self) -> Path:
        """The verdicts for programs."""
        return self.folder / "statement.json"

    @property
    def junit(self) -> Path:
        """The scenarios for CI servers."""
        return self.folder / "junit.xml"

    def prepare(self) -> None:
        """Make the folder and clear what an earlier run left; files of others stay. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for file in (self.journal, self.log, self.report, self.summary, self.statement, self.junit):
            file.unlink(missing_ok=True)
        shutil.rmtree(self.allure_results, ignore_errors=True)
        self.allure_results.mkdir()
