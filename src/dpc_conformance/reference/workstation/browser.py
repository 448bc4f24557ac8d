"""A browser without a window: one cookie jar, redirects, pages; clients are handed in."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import ScreenShown
from dpc_conformance.protocols.unanswered import UNANSWERED
from dpc_conformance.reference.workstation.page import Button, Form, Page
from dpc_conformance.reference.workstation.page_reader import read_page
from dpc_conformance.roles.errors import RefusedAtTls, ServerNotTrusted
from dpc_conformance.roles.screens import Screen

MOST_REDIRECTS = 10
_KEEP_METHOD = (307, 308)
_EXPIRED = Screen("The page has expired", "The form that brought it would have to be sent again.")
_PNG = "data:image/png;base64,"


class TooManyRedirects(Exception):
    """A site sends the browser round in circles."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address} redirects without end")


@dataclass(frozen=True)
class _Request:
    method: str
    address: str
    data: dict[str, str] | None = None
    files: Mapping[str, bytes] | None = None


@dataclass(frozen=True)
class _Shown:
    page: Page
    screen: Screen
    request: _Request
    kept: bool
    """Whether the browser may have the page still when somebody comes back to it (RFC 9111 §5.2.2.5)."""


class Browser:
    """One browser session: cookies, the current page and those before it."""

    def __init__(
        self, http: httpx.Client, cookies: CookieJar, recorder: Recorder, clock: RunClock, device: str
    ) -> None:
        """`http` must use `cookies` and follow no redirects; `device` names the screen in the records."""
        self._http, self._recorder, self._clock, self._device = http, recorder, clock, device
        self.cookies = cookies
        self._history: list[_Shown] = []

    @property
    def page(self) -> Page:
        """The current page. LookupError when nothing was opened."""
        return self._current().page

    def open(self, address: str, special: httpx.Client | None = None) -> Screen:
        """Go to an address; `special` is used for that address's origin, the ordinary client for every other."""
        return self._go("GET", address, None, special)

    def absolute(self, address: str) -> str:
        """An address as written on the current page, made absolute."""
        return urljoin(self._current().screen.address, address)

    def follow(self, caption: str) -> Screen:
        """Follow the link, press the button or tick the box with that caption. LookupError when there is none."""
        for link in self.page.links:
            if link.caption == caption:
                return self.open(self.absolute(link.address))
        for form in self.page.forms:
            for button in form.buttons:
                if button.caption == caption:
                    return self._submit(form, button)
        if self._tick(caption):
            return self._current().screen
        raise LookupError(f"there is no {caption!r} on the page {self._current().screen.title!r}")

    def fill(self, label: str, value: str) -> None:
        """Fill the field with that label, or select the option with those words. LookupError when there is none."""
        for found in self.page.fields():
            if found.label.rstrip(":* ") == label and found.kind not in ("radio", "checkbox"):
                if found.kind == "select" and value not in found.options:
                    raise LookupError(f"{label!r} does not offer {value!r}")
                found.value = found.options.get(value, value)
                return
        raise LookupError(f"there is no field {label!r} on the page {self._current().screen.title!r}")

    def upload(self, form: Form, files: Mapping[str, bytes]) -> Screen:
        """Send a form with a file for each of its fields."""
        return self._go("POST", self.absolute(form.action), None, None, files)

    def go_back(self) -> Screen:
        """The page before the current one. LookupError where there is none.

        A page of a history list is shown as it was kept, however old (RFC 9111 §6).
        """
        if len(self._history) < 2:
            raise LookupError("there is no page before this one")
        self._history.pop()
        before = self._current()
        if before.kept:
            return self._look(before)
        if before.request.method == "GET":
            return self.load_again()
        return self._look(replace(before, page=Page(), screen=_EXPIRED))

    def load_again(self) -> Screen:
        """The current page, asked for as it was. LookupError when nothing was opened."""
        asked = self._current().request
        self._history.pop()
        return self._go(asked.method, asked.address, asked.data, None, asked.files)

    def close(self) -> None:
        """Forget the session."""
        self._http.close()

    def _current(self) -> _Shown:
        if not self._history:
            raise LookupError("no page is open")
        return self._history[-1]

    def _tick(self, caption: str) -> bool:
        for form in self.page.forms:
            for found in form.fields:
                if found.label == caption and found.kind in ("radio", "checkbox"):
                    for other in form.fields:
                        if found.kind == "radio" and other.name == found.name:
                            other.ticked = False
                    found.ticked = True
                    return True
        return False

    def _submit(self, form: Form, button: Button) -> Screen:
        address, data = self.absolute(form.action), form.data(button)
        if form.method == "post":
            return self._go("POST", address, data, None)
        return self._go("GET", str(httpx.URL(address, params=data)), None, None)

    def _go(
        self,
        method: str,
        address: str,
        data: dict[str, str] | None,
        special: httpx.Client | None,
        files: Mapping[str, bytes] | None = None,
    ) -> Screen:
        origin = _origin(address)
        for _ in range(MOST_REDIRECTS):
            client = special if special is not None and _origin(address) == origin else self._http
            response = client.request(method, address, data=data, **_multipart(files))
            if not response.has_redirect_location:
                return self._show(_Request(method, address, data, files), response)
            address = urljoin(address, response.headers["location"])
            if response.status_code not in _KEEP_METHOD:
                method, data, files = "GET", None, None
        raise TooManyRedirects(address)

    def _show(self, request: _Request, response: httpx.Response) -> Screen:
        page = (
            read_page(response.text) if "html" in response.headers.get("content-type", "") else Page(text=response.text)
        )
        pictures = tuple(filter(None, (self._picture(source, request.address) for source in page.pictures)))
        screen = Screen(page.title, page.text, page.choices(), pictures, response.status_code, request.address)
        kept = "no-store" not in response.headers.get("cache-control", "")
        self._history.append(_Shown(page, screen, request, kept))
        return self._look(self._history[-1])

    def _look(self, shown: _Shown) -> Screen:
        self._history[-1], screen, redact = shown, shown.screen, self._recorder.redact
        self._recorder.record(
            ScreenShown(self._clock.now(), self._device, redact(screen.title), redact(screen.text), screen.choices)
        )
        return screen

    def _picture(self, source: str, page: str) -> bytes:
        """PNG bytes, empty for what is no PNG or cannot be had: the page is shown without it."""
        try:
            address = urljoin(page, source)
            if address.startswith(_PNG):
                return b64decode(address.removeprefix(_PNG))
            if urlsplit(address).scheme not in ("http", "https"):
                return b""
            response = self._http.get(address)
        except (ValueError, *UNANSWERED, ServerNotTrusted, RefusedAtTls):
            return b""
        return response.content if response.headers.get("content-type", "").startswith("image/png") else b""


def _multipart(files: Mapping[str, bytes] | None) -> dict[str, Any]:
    """The arguments for httpx. The boundary is a hash of what it separates: the same run sends the same bytes."""
    if files is None:
        return {}
    boundary = sha256(b"".join(files.values())).hexdigest()
    parts = {name: (name, content, "application/octet-stream") for name, content in files.items()}
    return {"files": parts, "headers": {"Content-Type": f"multipart/form-data; boundary={boundary}"}}


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port
