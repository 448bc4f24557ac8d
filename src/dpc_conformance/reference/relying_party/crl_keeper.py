"""What an operator's timer does for a server that reads CRLs from a file: fetches them again and again."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.roles.errors import Unreachable


class CrlKeeper:
    """Keeps the newest CRL from each address; one that cannot be fetched leaves the older one in its place."""

    def __init__(
        self, http: Callable[[], httpx.Client], addresses: Sequence[str], clock: RunClock, every: timedelta
    ) -> None:
        """Fetches when first asked for CRLs, then `every` so often by the run's clock, once for each movement of it."""
        self.renewed: Callable[[], None] = lambda: None
        """Called when there may be newer ones."""
        self._every = every
        self._http, self._addresses, self._clock = http, addresses, clock
        self._kept: dict[str, bytes] = {}
        self._fetched: datetime | None = None
        clock.watch(self._keep_up)

    def pem(self) -> bytes:
        """All of them."""
        if self._fetched is None:
            self._fetch()
        lists = (x509.load_der_x509_crl(der) for der in self._kept.values())
        return b"".join(each.public_bytes(Encoding.PEM) for each in lists)

    def _keep_up(self) -> None:
        if self._fetched is not None and self._clock.now() - self._fetched >= self._every:
            self._fetch()
            self.renewed()

    def _fetch(self) -> None:
        self._fetched = self._clock.now()
        with self._http() as http:
            for address in self._addresses:
                try:
                    answer = http.get(address)
                except (httpx.HTTPError, Unreachable):
                    continue
                if answer.is_success:
                    self._kept[address] = answer.content
