"""Where the PIN of a real card comes from: a file of the user's or an environment variable, never the target itself."""

import os
import re
from pathlib import Path

PIN = re.compile(r"[0-9]{6,8}")
WANTED = "six to eight digits"


def read_pin(file: Path | None, variable: str | None, where: str, error: type[ValueError]) -> str:
    """The PIN. Raises `error` with a sentence that begins with `where` and holds nothing of what was read."""
    if (file is None) == (variable is None):
        raise error(f"{where}: expected either pin_file or pin_variable, which names an environment variable")
    if file is not None:
        try:
            text, source = file.read_text("utf-8").strip(), f"{where}.pin_file: {file}"
        except (OSError, UnicodeDecodeError):
            raise error(f"{where}.pin_file: {file}: expected a file that can be read") from None
    else:
        text, source = os.environ.get(variable or "", ""), f"{where}.pin_variable: {variable}"
    if not PIN.fullmatch(text):
        raise error(f"{source}: expected {WANTED} in it")
    return text
