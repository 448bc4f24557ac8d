"""A file that outlasts the program, which nobody else may read, and which is complete or as it was."""

import json
import os
from pathlib import Path
from typing import Any


def keep(file: Path, content: Any) -> None:
    """Write the content as JSON in place of what `file` held. OSError; TypeError for what JSON cannot hold."""
    draft = file.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
        json.dump(content, opened)
    draft.replace(file)
