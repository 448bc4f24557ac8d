"""Pages in one Chromium that gets nothing from anywhere else, looked at by axe-core and by keyboard."""

from contextlib import contextmanager

from dpc_conformance.adapters.browser.chromium import Chromium
from dpc_conformance.reference.pages.page import POLICY, STYLE

ADDRESS = "https://any.dpc.example/"
HEADERS = {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}
HEIGHT = 800
WIDTHS = {"wide": 1280, "at 200 %": 640, "narrow": 375}
"""CSS pixels; a page of 1280 has 640 of them at 200 %."""
LIGHT = {"wide": "light", "at 200 %": "dark", "narrow": "light"}
DARK = {"wide": "dark", "at 200 %": "light", "narrow": "dark"}
"""In which scheme a page is looked at in each width: half of all, since axe-core takes its time."""
LOOK = """async () => {
  const found = await axe.run(document, { preload: false, resultTypes: ["violations"] });
  const said = found.violations.map((each) => each.id + ": " + each.nodes.map((node) => node.target).join(", "));
  if (document.documentElement.scrollWidth > innerWidth) said.push("scrolls sideways");
  return said;
}"""
BEFORE_THE_FIRST = """() => {
  window.stops = [];
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
STOP = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  if (at === document.body || window.stops.includes(at)) return null;
  window.stops.push(at);
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 2;
  return { element: at.outerHTML.slice(0, 80), seen };
}"""
STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, [tabindex]")]
  .filter((each) => each.type !== "hidden" && each.checkVisibility()).length"""


class Inspector:
    """Shows pages (HTML) one after the other in the same document, whose policy is that of the pages, and says what is
    wrong with them. axe-core comes in once, through the browser's tools, which no policy holds up."""

    def __init__(self, chromium, axe):
        self._chromium = chromium
        self._page = chromium.do(lambda: self._open(axe))

    def violations(self, html, schemes):
        """What axe-core has to say, in each width: sentences, none where all is well."""
        return self._chromium.do(lambda: self._look(html, schemes))

    def out_of_reach(self, html):
        """What cannot be reached with the tabulator key, or does not show that it was."""
        return self._chromium.do(lambda: self._walk(html))

    def picture(self, html, scheme, height):
        """What a window of that height shows without scrolling (PNG)."""
        return self._chromium.do(lambda: self._take(html, scheme, height))

    def _open(self, axe):
        page = self._chromium.browser.contexts[0].pages[0]
        page.route("**/*", self._answer)
        page.goto(ADDRESS)
        page.evaluate(axe)
        return page

    def _answer(self, route):
        if route.request.url == f"{ADDRESS}style.css":
            route.fulfill(body=STYLE, headers={"content-type": "text/css"})
        elif route.request.url == ADDRESS:
            route.fulfill(body="<!doctype html>", headers=HEADERS)
        else:
            route.abort()

    def _look(self, html, schemes):
        self._page.set_content(html)
        said = []
        for width, scheme in schemes.items():
            self._page.set_viewport_size({"width": WIDTHS[width], "height": HEIGHT})
            self._page.emulate_media(color_scheme=scheme)
            said += [f"{width}, {scheme}: {each}" for each in self._page.evaluate(LOOK)]
        return said

    def _walk(self, html):
        self._page.set_content(html)
        self._page.evaluate(BEFORE_THE_FIRST)
        reached, said = 0, []
        while stop := self._next():
            reached += 1
            said += [] if stop["seen"] else [f"focus is not seen on {stop['element']}"]
        expected = self._page.evaluate(STOPS)
        return said + ([] if reached == expected else [f"{reached} of {expected} controls are reached"])

    def _next(self):
        self._page.keyboard.press("Tab")
        return self._page.evaluate(STOP)

    def _take(self, html, scheme, height):
        self._page.set_viewport_size({"width": WIDTHS["wide"], "height": height})
        self._page.emulate_media(color_scheme=scheme)
        self._page.set_content(html)
        return self._page.screenshot()


@contextmanager
def inspecting(folder, axe):
    """An inspector as long as the block runs. Raises MachineLacks."""
    chromium = Chromium(folder, {"HOME": str(folder)}, "http://127.0.0.1:9")
    try:
        yield Inspector(chromium, axe)
    finally:
        chromium.close()
