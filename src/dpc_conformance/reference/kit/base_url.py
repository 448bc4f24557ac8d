"""Where a kit's status service is found: the URL that stands in the certificates of its cards."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

HTTP_PORT = 80
PROFILED_HOST = re.compile(r"([a-z0-9-]+\.)+[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class BaseUrl:
    """`text` has no slash at its end; `host` is host and port as they stand in a request; `path` may be empty."""

    text: str
    host: str
    path: str

    @property
    def fits_profile(self) -> bool:
        """Whether it may stand in the certificates of a PIV Card: a DNS name and port 80 (Common Policy profiles)."""
        return PROFILED_HOST.fullmatch(self.host.lower()) is not None

    @classmethod
    def parse(cls, text: str) -> "BaseUrl":
        """ValueError, with what was expected, for a URL that cannot stand in a certificate.

        CRLs and OCSP are reached over plain http: a certificate is what TLS would need first (RFC 5280 §8).
        """
        try:
            parts = urlsplit(text.rstrip("/"))
            port = parts.port
        except ValueError:
            raise ValueError("expected a URL such as http://status.lab.example:8080") from None
        if parts.scheme != "http":
            raise ValueError("expected a URL that begins with http://, since TLS cannot come before revocation status")
        if not parts.hostname or not text.isascii() or not text.isprintable() or " " in text or port == 0:
            raise ValueError("expected a URL with a host, such as http://status.lab.example:8080")
        if parts.query or parts.fragment or parts.username is not None or "?" in text or "#" in text:
            raise ValueError("expected a URL without user, query and fragment")
        name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        host = name if port in (None, HTTP_PORT) else f"{name}:{port}"
        return cls(f"http://{host}{parts.path}", host, parts.path)
