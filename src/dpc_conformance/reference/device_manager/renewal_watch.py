"""Asks for a new request in good time: nothing renews a derived credential but its holder, with the card."""

from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.device_manager.held import HeldCredentials
from dpc_conformance.reference.device_manager.notifier import RENEWAL, Notifier
from dpc_conformance.reference.device_manager.register import ManagedDevice

DUE_AFTER = 0.8
"""The part of a certificate's lifetime after which it is time."""


class RenewalWatch:
    """A job on the run's clock for each authentication certificate that a phone reports: its holder is asked once."""

    def __init__(
        self, held: HeldCredentials, notifier: Notifier, clock: RunClock, due_after: float = DUE_AFTER
    ) -> None:
        self._held, self._notifier, self._clock, self._due_after = held, notifier, clock, due_after

    def plan(self, managed: ManagedDevice, certificate: bytes) -> None:
        """Ask when that certificate (DER) has lived long enough, if the phone still has it then. ValueError."""
        parsed = x509.load_der_x509_certificate(certificate)
        begin, end = parsed.not_valid_before_utc, parsed.not_valid_after_utc
        self._clock.at(begin + self._due_after * (end - begin), lambda: self.remind(managed, certificate))

    def remind(self, managed: ManagedDevice, certificate: bytes) -> None:
        """Ask for a new request, unless there was one."""
        if self._held.holds(managed.device.device_id, certificate):
            self._notifier.tell(managed, RENEWAL)
