"""The conformance statement as PDF: printed by a headless Chromium, where the machine has one."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
TIME_LIMIT = 120
"""Seconds of the machine's time that printing may take."""
QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--no-pdf-header-footer",
)
"""Nothing but printing: no update, no look-up, no window, no line with the date and the path of the file."""


class NoPdf(Exception):
    """The PDF was not made; the message is one sentence: what is missing, and what there is instead."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"{missing}, so there is no statement.pdf; statement.html prints the same.")


def print_pdf(page: Path, pdf: Path) -> None:
    """Print a page that needs nothing but itself. Raises NoPdf; then there is no file, not even half a one."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise NoPdf("Chromium is not installed")
    # Only root needs this, and only because the sandbox refuses root.
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="dpc-pdf-", ignore_cleanup_errors=True) as folder:
        printed = Path(folder) / "statement.pdf"
        profile = f"--user-data-dir={Path(folder) / 'profile'}"
        command = [program, *QUIET, *sandbox, profile, f"--print-to-pdf={printed}", page.absolute().as_uri()]
        try:
            subprocess.run(command, capture_output=True, timeout=TIME_LIMIT, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoPdf(f"Chromium did not print the statement ({error})") from None
        if not printed.is_file():
            raise NoPdf("Chromium did not print the statement")
        growing = pdf.with_name(f".{pdf.name}.part")
        shutil.copyfile(printed, growing)
        growing.replace(pdf)
