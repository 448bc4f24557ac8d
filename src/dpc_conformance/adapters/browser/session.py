"""One session of the browser: a page, what is done on it, and what is seen of it. Lives in the browser's thread."""

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from dpc_conformance.adapters.browser.dialogs import Dialogs
from dpc_conformance.adapters.browser.net_errors import error_of
from dpc_conformance.adapters.browser.traffic import Traffic
from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import HandshakeRefused, Screenshot, ScreenShown
from dpc_conformance.formats.qr_symbols import qr_symbols
from dpc_conformance.protocols.network import Names
from dpc_conformance.protocols.redaction import url_without_secrets
from dpc_conformance.reference.workstation.page import Form, Link, Page
from dpc_conformance.reference.workstation.page_reader import read_page
from dpc_conformance.roles.errors import Unreachable
from dpc_conformance.roles.screens import Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Response

TO_BE_SENT_AGAIN = "ERR_CACHE_MISS"
"""Of a page that was the answer to a form: the browser asks whether to send it again."""
TIME_LIMIT = 10_000
"""Milliseconds of the machine's time that a page may take."""
GLANCE = 50
"""Milliseconds between two looks at the screen: what appears there, beside the page, no event of the page tells."""
LET_GO = "link => link.addEventListener('click', () => link.blur(), { once: true })"
"""The link that was clicked does not take the keys that are meant for a dialog."""
VIEW = (Path(__file__).parent / "page_view.js").read_text(encoding="utf-8")
TICKS = "input[type=radio], input[type=checkbox]"
SECRET_PLACES = "img, svg, canvas, video, input, textarea, output"
"""What a screenshot does not show: a picture may carry a secret, and a field."""


class Session:
    """Cookies, cache and history of its own."""

    def __init__(self, browser: "Browser", names: Names, recorder: Recorder, clock: RunClock, device: str) -> None:
        self._recorder, self._clock, self._device = recorder, clock, device
        self._context = browser.new_context()
        self._context.set_default_timeout(TIME_LIMIT)
        self._page = self._context.new_page()
        self._traffic = Traffic(self._context, self._page, names, recorder, clock, device)
        self.screen = Screen("", "")

    def open(self, address: str) -> Screen:
        """Go there. Raises Unreachable, ServerNotTrusted, RefusedAtTls."""
        return self._go(lambda: self._page.goto(address, wait_until="load"), address)

    def choose(self, caption: str) -> Screen:
        """Follow the link, press the button or tick the box. LookupError when there is none."""
        exact = re.compile(rf"^\s*{re.escape(caption)}\s*$")
        for role in ("link", "button"):
            found = self._page.get_by_role(role, name=exact)
            if found.count():
                return self._go(lambda found=found: self._click(found.first))  # type: ignore[misc]
        ticks = self._page.get_by_label(exact).and_(self._page.locator(TICKS))
        if ticks.count():
            ticks.first.check()
            return self.screen
        raise LookupError(f"there is no {caption!r} on the page {self.screen.title!r}")

    def fill(self, label: str, value: str) -> None:
        """Fill a field or select an option. LookupError when there is none."""
        fields = self._page.get_by_label(re.compile(rf"^\s*{re.escape(label)}[:* ]*$"))
        found = fields.and_(self._page.locator(f"input:not({TICKS.replace(', ', '):not(')}), select, textarea"))
        if not found.count():
            raise LookupError(f"there is no field {label!r} on the page {self.screen.title!r}")
        if found.first.evaluate("field => field.tagName") != "SELECT":
            found.first.fill(value)
            return
        if value not in found.first.locator("option").all_inner_texts():
            raise LookupError(f"{label!r} does not offer {value!r}")
        found.first.select_option(label=value)

    def page(self) -> Page:
        """The page as its markup says, for what a person does not have to see."""
        return read_page(self._page.content())

    def follow(
        self, link: Link, certificate: bytes, used: Callable[[], bool], dialogs: Dialogs | None = None
    ) -> Screen:
        """Follow a link that asks for a certificate. `used` tells whether the card has signed for this one (DER).

        `dialogs` are those that a browser with windows opens meanwhile.
        """
        found = self._page.locator(f"a[href='{link.address}']").first
        address = str(found.evaluate("link => link.href"))
        return self._go(lambda: self._click(found, dialogs), address, (certificate, used))

    def send_files(self, form: Form, files: Mapping[str, bytes]) -> Screen:
        """Put the files into the fields of the form of these classes, and send it."""
        place = self._page.locator("".join(["form", *(f".{each}" for each in sorted(form.classes))])).first
        for name, content in files.items():
            part = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
            field = place.locator(f"input[name='{name}']")
            if not field.count():
                place.evaluate(NEW_FIELD, name)
            field.set_input_files(part)  # type: ignore[arg-type]
        return self._go(lambda: self._click(place.locator("button[type=submit]").first))

    def press_back(self) -> Screen:
        """The page before, or the browser's own where it may not keep that one. LookupError where there is none."""
        from playwright.sync_api import Error

        self._traffic.begin()
        try:
            answer = self._page.go_back(wait_until="load")
        except Error as error:
            if _name_of(error) != TO_BE_SENT_AGAIN:
                raise
            self._wait_for_own_page()
            return self._look(0)
        self._traffic.write_down()
        if answer is None:
            raise LookupError("there is no page before this one")
        return self._look(answer.status)

    def load_again(self) -> Screen:
        """The current page once more; a form that brought it is sent again. Raises Unreachable, ServerNotTrusted."""
        return self._go(lambda: self._page.reload(wait_until="load"), self._page.url)

    def go_back(self, to: str) -> None:
        """After a sign-in that came to nothing, to the page before, to try again; a form is sent once more for it."""
        if self._page.url != to:
            self._go(self._back_or_again, to)

    def close(self) -> None:
        """Leave nothing of the session behind; it is never used again."""
        self._context.close()

    def _back_or_again(self) -> "Response | None":
        from playwright.sync_api import Error

        try:
            return self._page.go_back(wait_until="load")
        except Error as error:
            if _name_of(error) != TO_BE_SENT_AGAIN:
                raise
        self._wait_for_own_page()
        return self._page.reload(wait_until="load")

    def _wait_for_own_page(self) -> None:
        """The browser is about to show its own about a form that would be sent again; only from there it is."""
        self._page.wait_for_function("location.protocol == 'chrome-error:'")

    def _click(self, what: "Locator", dialogs: Dialogs | None = None) -> "Response | None":
        with self._page.expect_navigation(wait_until="load") as navigation:
            if dialogs is None:
                what.click()
            else:
                self._click_and_attend(what, dialogs, navigation.is_done)
        return navigation.value

    def _click_and_attend(self, what: "Locator", dialogs: Dialogs, done: Callable[[], bool]) -> None:
        what.evaluate(LET_GO)
        what.click(no_wait_after=True)
        while not done():
            if dialogs.attend():
                self._traffic.stop()
                dialogs.leave()
            self._page.wait_for_timeout(GLANCE)

    def _go(
        self,
        action: Callable[[], "Response | None"],
        address: str = "",
        signing: tuple[bytes, Callable[[], bool]] | None = None,
    ) -> Screen:
        from playwright.sync_api import Error

        self._traffic.begin()
        answer, problem = None, ""
        try:
            answer = action()
        except Error as error:
            problem = _name_of(error)
        certificate, used = signing or (None, lambda: False)
        self._traffic.write_down(address if used() else "", certificate)
        if answer is None:
            raise self._refused(address or self._page.url, problem, signing is not None)
        return self._look(answer.status)

    def _refused(self, address: str, problem: str, with_certificate: bool) -> Exception:
        place, name = self._traffic.failure() or (address, problem)
        error = error_of(place, name, with_certificate)
        if not isinstance(error, Unreachable):
            url = url_without_secrets(place, self._recorder)
            self._recorder.record(HandshakeRefused(self._clock.now(), self._device, url, error.reason))
        return error

    def _look(self, status: int) -> Screen:
        seen = self._page.evaluate(VIEW)
        title, text, choices = seen["title"], seen["text"], tuple(seen["choices"])
        pictures = (self._page.screenshot(full_page=True),) if seen["pictures"] else ()
        self.screen = Screen(title, text, choices, pictures, status, self._page.url)
        redact, now = self._recorder.redact, self._clock.now()
        self._recorder.record(ScreenShown(now, self._device, redact(title), redact(text), choices))
        if not self._recorder.has_secret(text) and not any(map(_shows_code, pictures)):
            hidden = [self._page.locator(SECRET_PLACES)]
            picture = self._page.screenshot(full_page=True, mask=hidden, mask_color="#808080")
            self._recorder.record(Screenshot(now, self._device, picture))
        return self.screen


NEW_FIELD = """(form, name) => {
  const field = Object.assign(document.createElement("input"), { type: "file", name, hidden: true });
  form.append(field);
}"""


def _shows_code(picture: bytes) -> bool:
    """Whether there is a QR code: a password or a code to be typed may stand beside it, and no page says where."""
    return bool(qr_symbols(Image.open(io.BytesIO(picture))))


def _name_of(error: Exception) -> str:
    """Chromium's name of a network error in what Playwright says; empty where it names none."""
    found = re.search(r"net::(ERR_\w+)", str(error))
    return found[1] if found else ""
