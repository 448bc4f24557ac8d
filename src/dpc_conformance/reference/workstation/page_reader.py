"""From HTML to a page, with the standard library's parser."""

from html.parser import HTMLParser

from dpc_conformance.reference.workstation.page import TICKS, Button, Field, Form, Link, Page

_SILENT = frozenset({"script", "style", "head", "template", "title"})
_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "li", "form", "br", "tr", "main", "section", "label", "button", "dt", "dd"}
)


def read_page(html: str) -> Page:
    """Parse; whatever is not HTML comes out as text without links."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.finish()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._words: list[str] = []
        self._titles: dict[str, str] = {}
        self._silent: list[str] = []
        self._capture: dict[str, list[str]] = {}
        self._labels: list[tuple[str, str, list[Field]]] = []
        self._label_for, self._labelled = "", list[Field]()
        self._link: dict[str, str] = {}
        self._button: dict[str, str] = {}
        self._form: Form | None = None
        self._select: Field | None = None
        self._option = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self._words.append("\n")
        if tag in _SILENT:
            self._silent.append(tag)
        if tag in ("h1", "title", "a", "button", "label", "option"):
            self._capture[tag] = []
        if tag == "a":
            self._link = given
        elif tag == "button":
            self._button = given
        elif tag == "label":
            self._label_for, self._labelled = given.get("for", ""), []
        elif tag == "form":
            classes = frozenset(given.get("class", "").split())
            self._form = Form(given.get("action", ""), given.get("method", "get").lower(), classes=classes)
            self.page.forms.append(self._form)
        elif tag in ("input", "textarea"):
            self._input(given)
        elif tag == "select":
            self._select = self._add(Field(given.get("name", ""), "select", "", given.get("id", "")))
        elif tag == "option" and self._select is not None:
            self._option = given.get("value", "")
            if "selected" in given or not self._select.options:
                self._select.value = self._option
        elif tag == "img" and given.get("src"):
            self.page.pictures.append(given["src"])

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            self._silent.remove(tag)
        said = _squeeze("".join(self._capture.pop(tag, [])))
        if tag in ("h1", "title"):
            self._titles.setdefault(tag, said)
        elif tag == "a" and "href" in self._link:
            self.page.links.append(Link(said, self._link["href"], frozenset(self._link.get("class", "").split())))
        elif tag == "button" and self._form is not None and self._button.get("type", "submit") == "submit":
            self._form.buttons.append(Button(said, self._button.get("name", ""), self._button.get("value", "")))
        elif tag == "label":
            self._labels.append((self._label_for, said, self._labelled))
            self._labelled = []
        elif tag == "option" and self._select is not None:
            self._select.options[said] = self._option or said
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._form = None
        if tag in _BLOCKS:
            self._words.append("\n")

    def handle_data(self, data: str) -> None:
        # The words of an option are not part of the label around its select.
        for tag in ["option"] if "option" in self._capture else list(self._capture):
            self._capture[tag].append(data)
        if not self._silent:
            self._words.append(data)

    def finish(self) -> Page:
        for wanted, said, inside in self._labels:
            for form in self.page.forms:
                for found in form.fields:
                    if found in inside or (wanted and found.identifier == wanted):
                        found.label = said
        lines = (_squeeze(line) for line in "".join(self._words).split("\n"))
        self.page.text = "\n".join(line for line in lines if line)
        self.page.title = self._titles.get("h1") or self._titles.get("title", "")
        return self.page

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text").lower()
        if kind in ("submit", "button", "image"):
            if self._form is not None and kind == "submit":
                caption = given.get("value", "Submit")
                self._form.buttons.append(Button(caption, given.get("name", ""), caption))
            return
        value = given.get("value", "on" if kind in TICKS else "")
        label = given.get("aria-label", given.get("placeholder", ""))
        self._add(Field(given.get("name", ""), kind, value, given.get("id", ""), label, "checked" in given))

    def _add(self, found: Field) -> Field:
        if self._form is not None:
            self._form.fields.append(found)
        self._labelled.append(found)
        return found


def _squeeze(text: str) -> str:
    return " ".join(text.split())
