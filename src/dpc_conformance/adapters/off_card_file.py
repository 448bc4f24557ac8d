"""What stands behind the URL in a real token's Key History, fetched over the network."""

import httpx

from dpc_conformance.protocols.unanswered import UNANSWERED

SECONDS = 10.0
MOST_BYTES = 1 << 20
"""Twenty certificates need a twentieth of it."""


def fetch(url: str, client: httpx.Client | None = None) -> bytes | None:
    """The file; None when nobody answers, or not with a file of sensible size. Redirections are not followed."""
    if not url.startswith(("http://", "https://")):
        return None
    try:
        with client or httpx.Client(timeout=SECONDS) as http, http.stream("GET", url) as answer:
            if answer.status_code != httpx.codes.OK:
                return None
            content = b""
            for part in answer.iter_bytes():
                content += part
                if len(content) > MOST_BYTES:
                    return None
            return content
    except UNANSWERED:
        return None
