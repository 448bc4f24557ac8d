"""Makes pages: a frame with landmarks around what a role shows, and headers that let nothing else in."""

from functools import cache
from pathlib import Path
from typing import Any

from flask import Response, make_response
from jinja2 import Environment, Template

from dpc_conformance.reference.pages.words import language, words_of

STYLE = (Path(__file__).parent / "style.css").read_bytes()
STYLE_PATH = "/style.css"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
SCRIPTS = "; script-src 'self'; connect-src 'self'"
FRAME = """<!doctype html>
<html lang="{{ lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ _(title) }}</title>
<link rel="stylesheet" href="/style.css">
{% if script %}<script src="{{ script }}" defer></script>
{% endif %}</head>
<body{% if look %} class="{{ look }}"{% endif %}>
<header><p>{{ _(site) }}</p></header>
<main>
<h1>{{ _(title) }}</h1>
{% if problem %}<p class="problem" role="alert">{{ _(problem) }}</p>
{% endif %}"""
ASIDE = """
</main>
<aside>
"""
END = """
</main>
</body>
</html>
"""
END_ASIDE = END.replace("main", "aside")
_ENVIRONMENT = Environment(autoescape=True)


def page(
    site: str, title: str, body: str, status: int = 200, problem: str = "", script: str = "", **values: Any
) -> Response:
    """A page that nothing may keep a copy of, in the visitor's language; `script` is an address of the same server.

    See `html_of` for the rest.
    """
    spoken = language()
    response = make_response(html_of(spoken, site, title, body, problem, script=script, **values), status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = spoken
    response.headers["Vary"] = "Accept-Language"
    response.headers["Content-Security-Policy"] = POLICY + (SCRIPTS if script else "")
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def html_of(
    spoken: str, site: str, title: str, body: str, problem: str = "", look: str = "", beside: str = "", **values: Any
) -> str:
    """The page in the language `spoken`.

    `site` and `title` are English texts, `body` a template in which `_` says an English text; `problem` is an alert
    above it. `look` is wide or phone, `beside` a template of what does not belong to the page's subject.
    """
    return _template(body, beside).render(
        {"lang": spoken, "_": words_of(spoken), "site": site, "title": title, "problem": problem, "look": look} | values
    )


def style() -> Response:
    """The style sheet."""
    return Response(STYLE, content_type="text/css; charset=utf-8")


@cache
def _template(body: str, beside: str) -> Template:
    """Compiled once for all scenarios."""
    return _ENVIRONMENT.from_string(FRAME + body + (ASIDE + beside + END_ASIDE if beside else END))
