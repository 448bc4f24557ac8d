"""Signing in on a phone without a card reader, and becoming a managed device."""

from collections.abc import Callable

from dpc_conformance.clock import RunClock
from dpc_conformance.protocols.device_grant import DENIED, DeviceAuthorization, DeviceGrant
from dpc_conformance.protocols.device_management import DeviceManagementClient
from dpc_conformance.reference.phone.flash import Flash

DEVICE = "device"
MORE_POLLS = 5
"""Polls beyond the lifetime of the code after which the app gives up on a provider that never decides."""


class SignInFailed(Exception):
    """The sign-in came to its end without success; the message is what the person is told."""


class SignIn:
    """The device grant and, after it, enrolment with the device manager. Methods raise the network's errors."""

    def __init__(
        self,
        start_grant: Callable[[], DeviceGrant],
        management: DeviceManagementClient,
        flash: Flash,
        clock: RunClock,
        model: str,
        system: str = "",
    ) -> None:
        self._start_grant, self._management, self._flash = start_grant, management, flash
        self._clock, self.model, self.system = clock, model, system
        self.token = ""
        """With which the organisation has the phone enrolled; empty where it was told of the phone otherwise."""
        self._grant: DeviceGrant | None = None
        self.authorization: DeviceAuthorization | None = None
        """The code that is shown, None when no sign-in is going on."""
        if self.enrolled:
            self._management.device_id = flash.read(DEVICE)["device_id"]

    @property
    def enrolled(self) -> bool:
        """Whether the phone is a managed device."""
        return self._flash.read(DEVICE) is not None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the person to whom the phone belongs."""
        device = self._flash.read(DEVICE)
        return tuple(device["names"]) if device else ()

    def start(self) -> DeviceAuthorization:
        """Ask the identity provider for a code. Raises DeviceGrantFailed."""
        self._grant = self._start_grant()
        self.authorization = self._grant.start()
        return self.authorization

    def wait(self) -> None:
        """Wait until the sign-in is decided, then enrol. Raises SignInFailed, DeviceGrantFailed, ManagementRefused."""
        if self._grant is None or self.authorization is None:
            raise LookupError("no sign-in was started")
        polls = self.authorization.expires_in // max(1, self.authorization.interval) + MORE_POLLS
        answer = self._grant.poll(self._clock, at_most=polls)
        self._grant, self.authorization = None, None
        if not answer.decided or answer.error:
            raise SignInFailed(
                "The sign-in was refused." if answer.error == DENIED else "The code has expired. Sign in again."
            )
        device = self._management.enrol(answer.id_token, self.model, self.system, self.token)
        self._flash.write(DEVICE, {"device_id": device.device_id, "names": [device.account, *device.names]})

    def forget(self) -> None:
        """The phone is not managed any more."""
        self._management.device_id = ""
        self._flash.write(DEVICE, None)
