"""How a seeded defect of the removable token is declared: a function that changes its parts before it is handed out."""

from collections.abc import Callable, Mapping
from functools import wraps

from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import containers
from dpc_conformance.reference.card.application import PivApplication
from dpc_conformance.reference.card.commands import Handler
from dpc_conformance.reference.card.pins import Pin
from dpc_conformance.reference.card.wire import Command
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.token.virtual_token import VirtualToken

Change = Callable[[VirtualToken], None]


def token_fault(name: str, trips: set[str], breaks: Mapping[str, str] | None = None) -> Callable[[Change], Change]:
    """Declare a defect of every token of a scenario; the arguments are those of `fault`."""

    def declare(change: Change) -> Change:
        @wraps(change)
        def swap(scene: Scene) -> None:
            scene.on_token.append(change)

        fault(name, trips, breaks)(swap)
        return change

    return declare


def replace_secret(token: VirtualToken, kind: type[Pin]) -> None:
    """The activation secret becomes one of that kind, with the same value, format and number of tries."""
    pins = token.application.pins.by_reference
    pins[containers.APPLICATION_PIN] = _of_kind(pins[containers.APPLICATION_PIN], kind)


def replace_unblocking_key(token: VirtualToken, kind: type[Pin]) -> None:
    """The same for the unblocking key."""
    pins = token.application.pins
    pins.puk = _of_kind(pins.unblocking_key(), kind)


def wrap_handler(
    token: VirtualToken, instruction: int, around: Callable[[PivApplication, Command, Handler], bytes]
) -> None:
    """`around` answers that instruction, and may call the handler that did so before."""
    handlers = token.application.handlers
    before = handlers[instruction]
    handlers[instruction] = lambda application, command: around(application, command, before)


def the_holder(application: PivApplication, _command: Command) -> bool:
    """Whether the activation secret was verified."""
    return application.pins.verified


def administer_for(token: VirtualToken, instruction: int, whom: Callable[[PivApplication, Command], bool]) -> None:
    """For whom `whom` says so, that instruction works as if 9B had been authenticated."""

    def admit(application: PivApplication, command: Command, before: Handler) -> bytes:
        key = application.administration
        if key is None or key.authenticated or not whom(application, command):
            return before(application, command)
        key.authenticated = True
        try:
            return before(application, command)
        finally:
            key.authenticated = False

    wrap_handler(token, instruction, admit)


def _of_kind(pin: Pin, kind: type[Pin]) -> Pin:
    return kind(pin.secret, pin.limit, pin.format)
