"""What every web application of the reference does for its visitors: no foreign forms, no endless bodies, HTTPS."""

from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

MOST_BYTES = 1024 * 1024
"""Bytes that a request body may have; where less will do, the page itself says so."""
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN = frozenset({"same-origin", "none"})
"""Values of Sec-Fetch-Site (W3C Fetch Metadata) for what a page of this site, or the person, has asked for."""
HSTS = "max-age=63072000; includeSubDomains"
"""Two years (RFC 6797 §6.1)."""


def guard(app: Flask, own_visitors_only: bool) -> None:
    """Have the application refuse and answer accordingly.

    `own_visitors_only` is for ports where a certificate alone decides: a browser shows it to whoever sends it there.
    """
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.before_request(refuse_foreign_forms)
    if own_visitors_only:
        app.before_request(refuse_foreign_visitors)
    app.after_request(protect_the_answer)


def refuse_foreign_forms() -> ResponseReturnValue | None:
    """A browser that sends a form from the page of another site is refused; so is one that hides where it comes from.

    Programs send neither header. With them the cookie does not travel either: it is SameSite.
    """
    if request.method in HARMLESS:
        return None
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = site in OWN if site is not None else origin is None or _same(origin)
    return None if own else Response("This form was sent from another site.\n", 403, content_type="text/plain")


def refuse_foreign_visitors() -> ResponseReturnValue | None:
    """A browser that a page of another site has sent here is refused, whatever it is to do."""
    foreign = request.headers.get("Sec-Fetch-Site") == "cross-site"
    return Response("Another site has sent you here.\n", 403, content_type="text/plain") if foreign else None


def protect_the_answer(response: Response) -> Response:
    """From now on browsers come by https; they take content for what it is called, keep nothing, and frame nothing."""
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = HSTS
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    return response


def _same(origin: str) -> bool:
    parts = urlsplit(origin)
    return (parts.scheme, parts.netloc) == (request.scheme, request.host)
