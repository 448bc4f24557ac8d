"""The status services of the PKI under a tester's hand."""

from typing import Protocol


class StatusServices(Protocol):
    """CRLs and OCSP. Each verb raises NotSupported where the tester cannot cause it."""

    def silence(self) -> None:
        """From now on none of them answers."""

    def revoke_authority(self) -> None:
        """The authority above revokes the CA that issues derived credentials."""

    def replay(self) -> None:
        """From now on the OCSP responder answers again what it answered before, with the nonce of that request."""
