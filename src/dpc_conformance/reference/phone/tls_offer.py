"""Which versions of TLS the phone offers, on the web and to wireless networks."""

import ssl
from dataclasses import dataclass

VERSIONS = {"TLSv1.2": ssl.TLSVersion.TLSv1_2, "TLSv1.3": ssl.TLSVersion.TLSv1_3}


@dataclass
class TlsOffer:
    """`newest` is TLSv1.2 or TLSv1.3; TLS 1.2 is always among them."""

    newest: str = "TLSv1.3"

    @property
    def version(self) -> ssl.TLSVersion:
        """The newest one for Python's ssl. KeyError for a name that is none."""
        return VERSIONS[self.newest]
