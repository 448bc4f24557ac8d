"""Where officers ask the issuer for a revocation: Common Policy CP §3.4, §4.9.3."""

from typing import Protocol

from dpc_conformance.roles.screens import Screen


class RevocationDesk(Protocol):
    """The issuer's interface for revocation requests by somebody other than the holder."""

    def ask(self, serial: str, reason: str, authenticated: bool = True) -> Screen:
        """Ask for the revocation of the certificate with that serial number (hexadecimal).

        `reason` is a word of RFC 5280 §5.3.1; what is empty is left out of the request. Not `authenticated` means that
        nobody says who asks. Raises NotSupported where the product has no such interface.
        """
