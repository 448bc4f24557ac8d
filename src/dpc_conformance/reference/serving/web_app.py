"""The Flask application of a reference role: made anew for every scenario, so it has to be made quickly."""

from collections.abc import Callable
from typing import ClassVar

from flask import Flask, Response
from werkzeug.exceptions import NotFound
from werkzeug.routing import Rule

from dpc_conformance.reference.pages.page import STYLE_PATH, page, style
from dpc_conformance.reference.serving.safeguards import guard

NO_PAGE = """<p>{{ _("Check the address, or start again where you came from.") }}</p>"""


class Route(Rule):
    """A rule that takes over the URL builders of an equal rule before it; compiling them is most of an app's making.

    `_compile_builder` is werkzeug's own; where a later release has none, every rule compiles its builders again.
    """

    _builders: ClassVar[dict[tuple[str, bool], Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if self.defaults or self.subdomain or self.host:
            return super()._compile_builder(append_unknown)
        key = self.rule, append_unknown
        if key not in self._builders:
            self._builders[key] = super()._compile_builder(append_unknown)
        return self._builders[key]


class WebApp(Flask):
    """Flask without a folder of static files, with the one style sheet and the safeguards that every role has."""

    url_rule_class = Route

    def __init__(self, name: str, own_visitors_only: bool = False) -> None:
        """`name` is the import name of the package whose app it is; for the rest see `safeguards.guard`."""
        super().__init__(name, static_folder=None)
        self.add_url_rule(STYLE_PATH, endpoint="style", view_func=style)
        self.register_error_handler(NotFound, no_page)
        guard(self, own_visitors_only)


def no_page(_problem: NotFound) -> Response:
    """What is at an address at which there is nothing."""
    return page("Example Agency", "There is no such page", NO_PAGE, 404)
