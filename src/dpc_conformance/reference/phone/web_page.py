"""A web page as a person on the phone sees it."""

from html.parser import HTMLParser

import httpx

from dpc_conformance.roles.screens import Screen


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.title, self.texts, self.choices = "", list[str](), list[str]()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag not in ("meta", "link", "br", "img", "input", "hr"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text or {"script", "style"} & set(self._open):
            return
        if "title" in self._open:
            self.title += text
        elif {"a", "button"} & set(self._open):
            self.choices.append(text)
        else:
            self.texts.append(text)


def page(response: httpx.Response) -> Screen:
    """The page's title, text, links and buttons, with HTTP status and address."""
    reader = _Reader()
    reader.feed(response.text)
    reader.close()
    return Screen(
        reader.title,
        "\n".join(reader.texts),
        tuple(reader.choices),
        status=response.status_code,
        address=str(response.request.url),
    )
