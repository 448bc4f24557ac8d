"""Casts the reference system that a person tries by hand: one scene that goes on with the machine's clock."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from flask import Flask

from dpc_conformance.adapters.adapter import SceneChange
from dpc_conformance.casting import on_stage
from dpc_conformance.clock import LiveClock, RunClock, machine_now
from dpc_conformance.entropy import SystemEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import Record
from dpc_conformance.reference.card.stock import ReferenceCardStock
from dpc_conformance.reference.console.app import build_console
from dpc_conformance.reference.console.system import RoleShown, System
from dpc_conformance.reference.kept_state import KeptState, kept_state
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.pki.status import StatusService
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.serving.description import Described
from dpc_conformance.reference.serving.server import WebServer, listening_on
from dpc_conformance.reference.stage import (
    HTTP,
    HTTPS,
    ORDINARY_HOSTS,
    SIGN_IN,
    SIGN_IN_HOSTS,
    STATUS_HOST,
    ReferenceStage,
)
from dpc_conformance.roles.cast import Cast

CONSOLE = ("console", HTTP)
NOT_SERVED = "other-issuer.dpc.example"
"""Only scenarios have a second issuer."""
TOKEN_BYTES = 32
PHONE = "phone"
"""The cardholder's, which is kept; who tries the system by hand gets no other."""
PLACES = (
    *((host, HTTPS) for host in ORDINARY_HOSTS if host != NOT_SERVED),
    *((host, SIGN_IN) for host in SIGN_IN_HOSTS if host != NOT_SERVED),
    (STATUS_HOST, HTTP),
)
"""Hosts and ports of the system; the last is the HTTP proxy behind which CRLs, OCSP and repository are."""


class ClockGoesBack(ValueError):
    """The clock was to begin before the moment at which it stood."""


NAMES = {
    "idp.dpc.example": "identity provider",
    "issuer.dpc.example": "issuer",
    "mdm.dpc.example": "device manager",
    "app.dpc.example": "web application",
    "help.dpc.example": "instructions",
}


@dataclass(frozen=True)
class Served:
    """A system that runs: who plays, where each host and port really is, and the root of its TLS certificates."""

    cast: Cast
    clock: LiveClock
    places: Mapping[tuple[str, int], int]
    tls_root: x509.Certificate
    authorities: tuple[x509.Certificate, ...]
    """The certificates of the PKI's CAs, root first."""
    folder: Path
    """Where its files are; gone at the end, unless they are kept."""
    mail_port: int
    applications: tuple[Described, ...]
    """Every application that has routes, the ordinary port of a host first."""
    console: Flask
    move: Callable[[timedelta], None]
    """Moves the clock forward. ValueError when asked to go back."""


class ForgetfulRecorder(Recorder):
    """Keeps nothing: nobody judges what happens here, and it may go on for weeks."""

    def record(self, record: Record) -> None:
        """Let the listeners hear it."""
        self.note(record)


@contextmanager
def serve_system(
    folder: Path | None,
    starts: datetime | None,
    ports: Mapping[tuple[str, int], int],
    swaps: Iterable[SceneChange],
) -> Iterator[Served]:
    """The system as long as the block runs, with what `folder` keeps, and nothing kept without one.

    `starts` is the clock's time, where it is not the machine's. The cardholder is told to set up a smart card. Raises
    StateError, ClockGoesBack, OSError for a port that is taken.
    """
    with ExitStack() as stack:
        machine = machine_now()
        state = stack.enter_context(kept_state(folder, starts or machine)) if folder else None
        clock = LiveClock(_time(state, starts, machine))

        def keep_time() -> None:
            if state is not None:
                state.keep(clock.now() - machine_now())

        keep_time()
        stage = _stage(state, clock, machine, ports)
        stack.callback(stage.close)
        stage.clock = clock
        scene = Scene(stage, clock, ForgetfulRecorder(), state.scene_entropy if state else SystemEntropy())
        if state is not None:
            _remember(scene, state)
        cast = stack.enter_context(on_stage(stage, scene, swaps))
        cast.device_manager.target(cast.cardholder)
        stack.callback(keep_time)
        stack.enter_context(clock.going())

        def move(by: timedelta) -> None:
            clock.advance(by)
            keep_time()

        authorities = tuple(each.certificate for each in stage.pki.authorities)
        places = {place: _port(stage, *place) for place in PLACES}
        applications = tuple(_applications(stage))
        console = build_console(System(cast, _roles(applications, places), authorities, move, _token()))
        listener = stack.enter_context(listening_on(ports.get(CONSOLE, 0)))
        server = WebServer(lambda: clock, None, listener=listener)
        stack.callback(server.close)
        server.serve(console)
        [root] = stage.pki.tls_roots
        yield Served(
            cast, clock, {CONSOLE: server.port, **places}, root, authorities, folder or stage.folder, stage.mail.port,
            applications, console, move,
        )  # fmt: skip


def _token() -> str:
    return SystemEntropy().bytes(TOKEN_BYTES).hex()


def _roles(applications: Iterable[Described], places: Mapping[tuple[str, int], int]) -> list[RoleShown]:
    return [
        RoleShown(each.name, f"{each.address}/", places[urlsplit(each.address).hostname or "", _port_in(each)])
        for each in applications
    ]


def _port_in(each: Described) -> int:
    return SIGN_IN if each.asks else HTTPS


def _time(state: KeptState | None, starts: datetime | None, machine: datetime) -> datetime:
    if state is None or state.ahead is None:
        return starts or machine
    goes_on = machine + state.ahead
    if starts is not None and starts < goes_on:
        raise ClockGoesBack(f"the clock of this system shows {goes_on:%Y-%m-%d %H:%M:%S} and does not go back")
    return starts or goes_on


def _stage(
    state: KeptState | None, clock: RunClock, machine: datetime, ports: Mapping[tuple[str, int], int]
) -> ReferenceStage:
    if state is None:
        return ReferenceStage(clock.now(), machine, SystemEntropy(), ports=ports)
    return ReferenceStage(state.made, state.made, state.entropy, state.folder, ports)


def _remember(scene: Scene, state: KeptState) -> None:
    """Issuer, revocations, cards, managed phones and the cardholder's own phone are those of the last time.

    Raises StateError.
    """
    scene.records = state.folder
    flash = state.flash()
    scene.flash_of = lambda name: flash if name == PHONE else Flash()
    state.keep_devices(scene.device_manager.register, scene.device_manager.held)
    pki, entropy = scene.stage.pki, scene.entropy
    scene.status = StatusService(pki, scene.clock, entropy.branch("status"), state.revocations())
    # As the card was made at the first start, so that it is the same one.
    scene.stock = ReferenceCardStock(
        pki, scene.status, RunClock(state.made), entropy.branch("cards"), scene.stage.pool.scenario(),
        scene.people_register,
    )  # fmt: skip


def _applications(stage: ReferenceStage) -> Iterator[Described]:
    ordinary = ((host, HTTPS, server.app) for host, server in stage.ordinary.items())
    asking = ((host, SIGN_IN, server.app) for host, server in stage.sign_in.items())
    for host, port, app in (*ordinary, *asking):
        if isinstance(app, Flask):
            asks = port == SIGN_IN
            name = f"{NAMES[host]}, certificate" if asks else NAMES[host]
            yield Described(name, f"https://{host}{f':{port}' if asks else ''}", app, asks)


def _port(stage: ReferenceStage, host: str, port: int) -> int:
    if (host, port) == (STATUS_HOST, HTTP):
        return stage.status.port
    return stage.names.resolve(host, port)[1]
