"""A screen of the phone, drawn as a web page: the phone itself keeps what it says and has no pixels."""

from dpc_conformance.reference.console import templates
from dpc_conformance.reference.pages.page import html_of
from dpc_conformance.roles.captions import Captions
from dpc_conformance.roles.screens import Screen


def draw(screen: Screen, words: Captions) -> str:
    """HTML of the screen alone, in English, with the captions that it has on its platform."""
    asks = "secret" if screen.title == words.choose_secret else ""
    return html_of(
        "en", words.app, screen.title, templates.PHONE, look="phone", base="", token="", shown=str, code="",
        lines=screen.text.splitlines(), choices=screen.choices, asks=asks,
    )  # fmt: skip
