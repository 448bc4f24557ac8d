"""Origins of web addresses (RFC 6454 §4)."""

from urllib.parse import urlsplit

NOWHERE = ("", "", 0)
DEFAULT_PORTS = {"https": 443, "http": 80}


def origin(address: str) -> tuple[str, str, int]:
    """Scheme, host and port, the scheme's default port filled in; NOWHERE for what is no web address."""
    try:
        parts = urlsplit(address)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
    except (ValueError, KeyError):
        return NOWHERE
    return (parts.scheme, parts.hostname.lower(), port) if parts.hostname else NOWHERE


def same_origin(one: str, other: str) -> bool:
    """Whether both are web addresses of one origin."""
    return origin(one) == origin(other) != NOWHERE
