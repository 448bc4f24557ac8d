"""OCSP requests as they come over HTTP (RFC 6960 appendix A.1)."""

import base64
from typing import Any
from urllib.parse import unquote

LONGEST_REQUEST = 65_536
"""Bytes of an OCSP request; more than that is no request."""


def posted(environ: dict[str, Any]) -> bytes:
    """The request that a POST carries. ValueError for an empty or endless one."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if not 0 < length <= LONGEST_REQUEST:
        raise ValueError("an empty or endless request")
    return bytes(environ["wsgi.input"].read(length))


def in_address(path: str) -> bytes:
    """The request that a GET carries in its path, behind the responder's own name. ValueError where there is none."""
    return base64.b64decode(unquote(path).lstrip("/").partition("/")[2], validate=True)
