"""Chromium itself, driven by Playwright in a thread of its own: a private home, one way out, nothing left behind."""

import contextlib
import os
import shutil
import signal
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from dpc_conformance.reference.programs.installed import program
from dpc_conformance.roles.errors import MachineLacks

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Answer = TypeVar("Answer")
PROGRAM = PACKAGE = "chromium"
START_SECONDS = 30
WITHOUT_WINDOW = "--headless=new"
DONE_WITHOUT = (
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "PreloadTopChromeWebUI",
    "Translate",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
)
"""What looks for the Internet, or makes pages of the browser's own in each window: they cost more than the one that is
looked at. Of two such lists Chromium heeds the last: what counts in Playwright's is here."""
HABITS = ("--disable-gpu", f"--disable-features={','.join(DONE_WITHOUT)}")


class Chromium:
    """A running browser, of which each context is a session of its own. What is asked of it is done in its thread."""

    def __init__(self, user_data: Path, environment: Mapping[str, str], proxy: str, headed: bool = False) -> None:
        """With windows where it is `headed`; the environment names the screen then.

        Raises MachineLacks, with the package that is missing.
        """
        executable = program(PROGRAM, PACKAGE)
        self._thread = ThreadPoolExecutor(1, "chromium")
        self._playwright: Any = None
        self._closed = False
        self.group = 0
        """Its process group, which it leads."""
        try:
            habits = HABITS if headed else (WITHOUT_WINDOW, *HABITS)
            starting = self._thread.submit(self._start, executable, user_data, environment, proxy, habits)
            self._browser = starting.result()
            self.group = _group_of(user_data)
        except BaseException:
            self.close()
            raise

    def do(self, action: Callable[[], Answer]) -> Answer:
        """Do something with Playwright's objects, which belong to the thread; what it raises comes through.

        Raises MachineLacks where the browser has died.
        """
        try:
            return self._thread.submit(action).result()
        except Exception:
            if not self.alive:
                raise MachineLacks("chromium has died: see whether this machine has memory left for it") from None
            raise

    @property
    def browser(self) -> "Browser":
        """Playwright's; to be used inside `do`."""
        return self._browser

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._playwright is None or self._browser.is_connected()

    def close(self) -> None:
        """End the browser and the thread; once more does nothing."""
        if self._closed:
            return
        self._closed = True
        self._thread.submit(self._stop).result()
        self._thread.shutdown()

    def _start(
        self, executable: Path, user_data: Path, environment: Mapping[str, str], proxy: str, habits: tuple[str, ...]
    ) -> "Browser":
        try:
            from playwright.sync_api import Error, sync_playwright
        except ImportError:
            raise MachineLacks("playwright is not installed: pip install 'dpc-conformance[browser]'") from None
        self._playwright = sync_playwright().start()
        try:
            first = self._playwright.chromium.launch_persistent_context(
                user_data,
                executable_path=executable,
                headless=WITHOUT_WINDOW in habits,
                ignore_default_args=["--headless"],
                args=list(habits),
                chromium_sandbox=os.geteuid() != 0,  # it does not run as root otherwise
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", **environment},
                proxy={"server": proxy},
                timeout=START_SECONDS * 1000,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except Error as problem:
            raise MachineLacks(f"chromium does not start: {str(problem).splitlines()[0]}") from None
        browser: Browser = first.browser
        return browser

    def _stop(self) -> None:
        if self._playwright is None:
            return
        with contextlib.suppress(ProcessLookupError):
            if self.group:
                os.killpg(self.group, signal.SIGKILL)
        with contextlib.suppress(Exception):  # whatever Playwright says of a browser that is gone
            self._playwright.stop()


def _group_of(user_data: Path) -> int:
    """The process group of the browser with that folder, which leads one of its own. Raises LookupError."""
    wanted = f"--user-data-dir={user_data}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        words = _words_of(folder)
        if wanted in words and not any(word.startswith(b"--type=") for word in words):
            return int(folder.name)
    raise LookupError("chromium is not among the processes of this machine")


def _words_of(process: Path) -> list[bytes]:
    try:
        return (process / "cmdline").read_bytes().split(b"\0")
    except OSError:  # it has ended meanwhile
        return []


def remove(folder: Path) -> None:
    """A folder into which the last of the browser's processes may still write."""
    for _ in range(10):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
