"""What every page has to have for everybody who reads it, and what no page may have: no browser is needed to see it."""

import itertools
import re
from html.parser import HTMLParser

import pytest
from visited import pages_in

from dpc_conformance.casting_served import serve_system
from dpc_conformance.reference.pages.page import POLICY, STYLE

SILENT_FIELDS = {"hidden", "submit"}
VOID = {"meta", "link", "img", "input", "br", "hr"}
NAME = "Microsoft Intune"


class Read(HTMLParser):
    """Elements with their attributes and their texts."""

    def __init__(self, html):
        super().__init__()
        self.found, self._open, self.unclosed = [], [], []
        self.feed(html)
        self.close()
        self.unclosed = [tag for tag, _, _ in self._open]

    def handle_starttag(self, tag, attrs):
        element = (tag, dict(attrs), [])
        self.found.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        for _, _, texts in self._open:
            texts.append(data)

    def all(self, *tags):
        return [(tag, given, " ".join("".join(texts).split())) for tag, given, texts in self.found if tag in tags]


@pytest.fixture(scope="module")
def system():
    """One in which nothing has happened: what people have written stays as it is."""
    with serve_system(None, None, {}, ()) as served:
        yield served


@pytest.fixture(scope="module", params=["en", "nl"])
def visited(request, system):
    answers = pages_in(system, request.param)
    return request.param, {name: (answer, Read(answer.get_data(as_text=True))) for name, answer in answers.items()}


@pytest.fixture
def pages(visited):
    return visited[1]


def test_there_are_pages_of_every_role(pages):
    assert len(pages) > 25
    assert all(answer.content_type == "text/html; charset=utf-8" for answer, _ in pages.values())
    assert all(answer.status_code in (200, 400, 401, 403, 404) for answer, _ in pages.values())
    assert all(not read.unclosed for _, read in pages.values())


def test_language_title_landmarks_and_headings(visited):
    language, pages = visited
    for name, (answer, read) in pages.items():
        [(_, html, _)] = read.all("html")
        assert html["lang"] == language == answer.headers["Content-Language"], name
        assert "Accept-Language" in answer.headers["Vary"], name
        [(_, _, title)] = read.all("title")
        [(_, _, heading)] = read.all("h1")
        assert title == heading != "", name
        assert len(read.all("main")) == len(read.all("header")) == 1, name
        levels = [int(tag[1]) for tag, _, _ in read.all("h1", "h2", "h3", "h4")]
        assert levels[0] == 1, name
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), name
        [viewport] = [given["content"] for _, given, _ in read.all("meta") if given.get("name") == "viewport"]
        assert viewport == "width=device-width, initial-scale=1", name  # nothing that forbids to zoom


def test_every_field_has_a_label_and_every_control_a_name(pages):
    for name, (_, read) in pages.items():
        labels = {given["for"]: text for _, given, text in read.all("label")}
        fields = [
            given for _, given, _ in read.all("input", "select", "textarea")
            if given.get("type") not in SILENT_FIELDS and "hidden" not in given
        ]  # fmt: skip
        assert all(labels.get(each["id"]) for each in fields), name
        assert all(text for _, _, text in read.all("button", "a", "th", "option")), name
        assert all(given.get("alt") for _, given, _ in read.all("img")), name
        assert all(given.get("scope") in ("col", "row") for _, given, _ in read.all("th")), name
        identifiers = [given["id"] for _, given, _ in read.found if "id" in given]
        assert len(identifiers) == len(set(identifiers)), name
        named = [given["aria-labelledby"] for _, given, _ in read.found if "aria-labelledby" in given]
        assert set(named) <= set(identifiers), name
        assert len(named) == len(set(named)), name  # no two parts of a page are called the same


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(pages):
    for name, (answer, read) in pages.items():
        assert read.all("style", "iframe", "object", "embed", "base") == [], name
        assert not [key for _, given, _ in read.found for key in given if key == "style" or key.startswith("on")], name
        assert all(given.get("src", "").startswith("/") and not text for _, given, text in read.all("script")), name
        assert [given["href"] for _, given, _ in read.all("link")] == ["/style.css"], name
        assert all(given["src"].startswith("data:image/png;base64,") for _, given, _ in read.all("img")), name
        policy = answer.headers["Content-Security-Policy"]
        scripts = "; script-src 'self'; connect-src 'self'" if read.all("script") else ""
        assert policy == POLICY + scripts, name
        assert answer.headers["Cache-Control"] == "no-store", name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
    assert "unsafe" not in POLICY
    assert POLICY.startswith("default-src 'none'")


def test_only_the_console_s_overview_has_a_script(pages):
    assert [name for name, (_, read) in pages.items() if read.all("script")] == ["console /"]


def test_what_is_written_is_dutch_for_those_who_want_it(system):
    english, dutch = pages_in(system, "en"), pages_in(system, "nl")
    assert english.keys() == dutch.keys()
    for name in english:
        before, after = (Read(each[name].get_data(as_text=True)) for each in (english, dutch))
        kinds = ("h1", "h2", "button", "label", "a", "p", "li", "caption")
        said = {text for _, _, text in before.all(*kinds) if " " in text and "@" not in text}
        same = said & {text for _, _, text in after.all(*kinds)}
        assert same <= {NAME}, name


def test_what_a_form_sends_is_the_same_in_both(system):
    english, dutch = pages_in(system, "en"), pages_in(system, "nl")
    for name in ("kiosk request", "kiosk reset", "confirmation", "code", "console /phone"):
        sent = [
            [
                (given.get("name"), given.get("value"))
                for _, given, _ in Read(each[name].get_data(as_text=True)).all("button")
            ]
            for each in (english, dutch)
        ]
        assert sent[0] == sent[1], name


def test_who_asks_for_no_language_gets_english(system):
    assert {read.headers["Content-Language"] for read in pages_in(system, "").values()} == {"en"}
    assert {read.headers["Content-Language"] for read in pages_in(system, "fr, nl;q=0.5, en;q=0.2").values()} == {"nl"}


def test_the_style_sheet_is_served_by_every_application(system):
    for each in system.applications:
        answer = each.app.test_client().get("/style.css", base_url=each.address)
        assert (answer.status_code, answer.content_type) == (200, "text/css; charset=utf-8")
    assert b"url(" not in STYLE
    assert b"@import" not in STYLE


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """WCAG 2.2, relative contrast."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "on", "least"),
    [
        ("ink", "paper", 7), ("ink", "sheet", 7), ("quiet", "paper", 4.5), ("quiet", "sheet", 4.5),
        ("accent", "sheet", 4.5), ("on-accent", "accent", 4.5), ("problem", "problem-sheet", 4.5),
        ("line", "sheet", 3), ("accent", "paper", 3),
    ],
)  # fmt: skip
def test_everything_can_be_told_from_what_is_behind_it(scheme, ink, on, least):
    blocks = re.findall(r":root \{([^}]*)\}", STYLE.decode())
    assert len(blocks) == 2
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[scheme]))
    assert contrast(colours[ink], colours[on]) >= least
