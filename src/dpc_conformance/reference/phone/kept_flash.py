"""A permanent memory that outlasts the program: a file that is written anew with every change."""

import json
from pathlib import Path
from typing import Any

from dpc_conformance.reference.kept_file import keep
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
        keep(self._file, {each: self.read(each) for each in self.names()})
