"""A permanent memory that outlasts the program: a file that is written anew with every change."""

import json
import os
from pathlib import Path
from typing import Any

from dpc_conformance.reference.phone.flash import Flash


class KeptFlash(Flash):
    """What an earlier start left in the file, which nobody else may read."""

    def __init__(self, file: Path) -> None:
        """Reads `file` where it exists. OSError; ValueError when it holds something else."""
        super().__init__()
        self._file = file
        if not file.exists():
            return
        try:
            for name, record in json.loads(file.read_text("utf-8")).items():
                super().write(name, record)
        except (AttributeError, ValueError) as error:
            raise ValueError(f"{file}: expected the memory of a phone that an earlier start left there") from error

    def write(self, name: str, record: Any) -> None:
        """Keep a record in place of the one before; TypeError for what JSON cannot hold."""
        super().write(name, record)
        draft = self._file.with_suffix(".draft")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump({each: self.read(each) for each in self.names()}, file)
        draft.replace(self._file)  # complete or not at all
