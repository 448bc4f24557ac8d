"""The files of a run's reports folder."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dpc_conformance.suite.folder_lock import locked


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

    @property
    def target_path(self) -> Path:
        """Holds where the target file is, for whoever runs a part of it again; not for others."""
        return self.folder / ".target"

    @property
    def kept_target(self) -> Path | None:
        """Where the target file is; None where that was not kept. Raises OSError."""
        return Path(os.fsdecode(self.target_path.read_bytes())) if self.target_path.exists() else None

    def keep_target(self, file: Path) -> None:
        """Note where the target file is, as the file system spells it. Raises OSError."""
        self.target_path.write_bytes(os.fsencode(file))

    @property
    def answers(self) -> Path:
        """What a person was asked and answered; no run takes it away."""
        return self.folder / "answers.jsonl"

    @property
    def choices(self) -> Path:
        """What the user chose to run, for a run that goes on later."""
        return self.folder / ".choices"

    @property
    def pictures(self) -> Path:
        """Pictures that the suite shows a person."""
        return self.folder / "pictures"

    @property
    def reviews(self) -> Path:
        """What people decided after runs into this folder, for a target to name; no run takes it away."""
        return self.folder / "reviews.toml"

    @contextlib.contextmanager
    def held(self, resumed: bool = False) -> Iterator[None]:
        """The folder, made and cleared unless a run goes on in it, for one run alone. Raises FolderInUse, OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with locked(self.folder):
            if not resumed:
                self.clear()
            self.allure_results.mkdir(exist_ok=True)
            yield

    def clear(self) -> None:
        """Take away what a run wrote; files of others stay. Raises OSError."""
        logs = self.folder.glob(f"{self.log.stem}*{self.log.suffix}")
        drawn = (self.report, self.page, self.pdf, self.statement, self.junit, self.findings)
        for file in (self.journal, *logs, *drawn, self.target_path, self.choices):
            file.unlink(missing_ok=True)
        for folder in (self.allure_results, self.evidence, self.cache, self.pictures):
            if folder.exists():
                shutil.rmtree(folder)
