"""The browser's own dialogs at a sign-in, answered with keys as a person would: the PIN, and which certificate."""

import threading
import time

from dpc_conformance.adapters.browser.observed_card import ObservedCard
from dpc_conformance.adapters.browser.x_screen import XScreen

PIN_DIALOG = "Unlock Security Device"
"""How Chromium calls the window in which it asks for the PIN."""
REFLECTION_SECONDS = 0.6
"""Chromium takes no answer to a dialog that has been there for less than half a second."""
QUIET_SECONDS, GLANCE_SECONDS = 1.0, 0.05
"""When nothing was asked for so long, nothing will be."""


class Dialogs:
    """What its holder does at the screen during one sign-in. The PIN goes to xdotool's standard input, nowhere else."""

    def __init__(self, screen: XScreen, card: ObservedCard, pin: str | None) -> None:
        """`pin` None: its holder cancels instead of typing it."""
        self._screen, self._card, self._pin = screen, card, pin
        self._answered = ""
        """The window in which the PIN was asked for."""
        self._pressed = 0.0

    def attend(self) -> bool:
        """Answer what is asked now, if anything is; to be called again and again. Raises MachineLacks.

        True when the card does not take the PIN, so that it is asked for again: its holder stops the page, and then
        leaves. Whoever cancels before goes on without a certificate, and the browser remembers that for this site.
        """
        window = self._window()
        if window and self._card.refuses:
            return True
        if window and window != self._answered:
            self._answer(window, self._pin)
        elif not window and self._card.took_the_pin and not self._card.keys:
            self._choose_the_first()
        return False

    def leave(self) -> None:
        """Cancel what is asked although nobody waits for the page any more: the PIN, once for each certificate."""
        quiet, pause = self._now(), threading.Event()
        while self._now() - quiet < QUIET_SECONDS:
            window = self._window()
            if window:
                quiet = self._now()
                self._answer(window, None)
            pause.wait(GLANCE_SECONDS)

    def _window(self) -> str:
        found = self._screen.xdotool.run("search", "--onlyvisible", "--name", f"^{PIN_DIALOG}$")
        return found.output.decode().partition("\n")[0]

    def _answer(self, window: str, pin: str | None) -> None:
        self._answered = window
        self._screen.xdotool.run("windowfocus", "--sync", window)
        if pin is None:
            self._screen.xdotool.run("key", "Escape")
        else:
            self._screen.xdotool.run("type", "--file", "-", stdin=f"{pin}\n".encode())

    def _choose_the_first(self) -> None:
        """Of the certificates in the other dialog, which is no window of its own. A card has one for TLS clients."""
        if self._now() - self._pressed >= REFLECTION_SECONDS:
            self._pressed = self._now()
            self._screen.xdotool.run("key", "Return")

    def _now(self) -> float:
        """The machine's clock on purpose: this waits for a real browser, not for something of the run."""
        return time.monotonic()
