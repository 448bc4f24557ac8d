"""The organisation's own instructions, to which the device manager's setting points."""

from collections.abc import Callable, Iterable
from typing import Any

ADDRESS = "https://help.dpc.example/smart-card"
PAGE = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Your mobile smart card</title></head>
<body><h1>Your mobile smart card</h1>
<p>Go to the kiosk in the lobby of building 3 with your smart card and your phone. The help desk is next to it.</p>
</body></html>
"""


def organisation_help(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:  # noqa: ARG001
    """A web site of one page."""
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(PAGE)))])
    return [PAGE]
