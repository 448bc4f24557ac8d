"""Whoever can bring down what issuer and phones depend on."""

from collections.abc import Callable
from typing import Protocol


class Outages(Protocol):
    """Brings down one thing at a time, and puts it back. Each verb raises NotSupported where nobody can do that."""

    def begin(self, what: str) -> None:
        """It is out of order until `end`. ValueError for what is not one of these:

        certification-authority (it signs nothing), records (the issuer's are full), slow-status-services (CRLs and OCSP
        take requests and do not answer), issuer-clock-fast, issuer-clock-slow, phone-clock-fast, phone-clock-slow (by
        four minutes, one more than Common Policy CP §6.8 allows).
        """

    def cut_once(self, where: str) -> None:
        """The network breaks once: before-certificate, after-certificate, before-receipt or after-receipt.

        `before` a certificate or a receipt means that the request never reaches the issuer, `after` that the answer
        never reaches the phone. ValueError for another place.
        """

    def while_signing(self, happens: Callable[[], None]) -> None:
        """That happens while the certification authority works on the next certificate."""

    def end(self) -> None:
        """Everything works again, also when nothing was out of order."""
