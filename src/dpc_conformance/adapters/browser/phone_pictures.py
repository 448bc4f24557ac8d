"""Pictures of the phone's screens: the browser draws them as web pages, each once as long as it is the same."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dpc_conformance.adapters.browser.computer import Computer
from dpc_conformance.reference.console.phone_screen import draw
from dpc_conformance.reference.pages.page import STYLE
from dpc_conformance.roles.captions import Captions
from dpc_conformance.roles.errors import MachineLacks
from dpc_conformance.roles.screens import Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZE = {"width": 420, "height": 760}
MOST_KEPT = 200


@dataclass
class PhonePictures:
    """Draws for all scenarios of a worker; `kept` are the pictures (PNG) by what the page says."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def of(self, screen: Screen, words: Captions, computer: Callable[[], Computer]) -> bytes | None:
        """The screen as PNG; None where no browser starts, which who sits at the workstation is told."""
        html = draw(screen, words)
        if html not in self.kept:
            try:
                chromium = computer().chromium
                picture = chromium.do(lambda: _taken(chromium.browser, html))
            except MachineLacks:
                return None
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[html] = picture
        return self.kept[html]


def _taken(browser: "Browser", html: str) -> bytes:
    """In the page with which the browser began: no session of a person sees any of it."""
    page = browser.contexts[0].pages[0]
    page.set_viewport_size(SIZE)  # type: ignore[arg-type]  # a TypedDict of Playwright's, which need not be there
    page.set_content(html)
    page.add_style_tag(content=STYLE.decode())
    return page.screenshot(full_page=True)
