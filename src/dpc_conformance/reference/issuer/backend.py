"""The agency's back-end: the feed of what happens to PIV identity accounts, cards, devices and needs."""

import threading

from dpc_conformance.evidence.lifecycle import AgencyNotice


class Backend:
    """An ordered list of notices that the issuer reads at its own pace (FIPS 201-3 §2.10.1)."""

    def __init__(self) -> None:
        self._notices: list[AgencyNotice] = []
        self._lock = threading.Lock()

    def announce(self, notice: AgencyNotice) -> None:
        """Put a notice on the feed."""
        with self._lock:
            self._notices.append(notice)

    def after(self, position: int) -> tuple[AgencyNotice, ...]:
        """What was announced since somebody had read `position` notices, oldest first."""
        with self._lock:
            return tuple(self._notices[position:])
