"""What the adapters of all roles have in common: a product that is found, prepared, and follows the run's clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.adapters.over_http.connection import Access, Connection, Wrong
from dpc_conformance.adapters.over_http.settings import ProductSettings, Request
from dpc_conformance.adapters.over_http.template import Values
from dpc_conformance.adapters.over_http.verb import Verb, check_request, verbs_in
from dpc_conformance.clock import machine_now
from dpc_conformance.protocols.network import LOOPBACK, Names
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.errors import NotSupported

PREPARED_WITH = ("time", "card_roots", "card_authorities", "status_proxy", "device_manager_key", "mail_server")
CLOCK_WITH = ("time",)
MOST_DRIFT = timedelta(minutes=2)
"""How far the run's clock may be from that of a product which does not follow it, before times cannot be compared."""


@dataclass(frozen=True)
class Product:
    """A product in a role, as its target describes it."""

    role: str
    settings: ProductSettings
    access: Access
    verbs: Mapping[str, Verb]

    def take_part(self, scene: Scene) -> Connection:
        """Have everybody in the scene find and trust the product, and prepare it. Raises the network's errors."""
        self.access.let_out(scene.stage.names)
        scene.workstation_trust += self.access.roots
        scene.more_tls_roots += self.access.roots
        names = Names()  # the tester's own: whoever takes the product's place in a scenario takes no questions to it
        self.access.let_out(names)
        http = self.access.open(names, scene.recorder, scene.clock)
        scene.on_close.append(http.close)
        connection = Connection(self.access.base_url, http)
        self._follow_clock(scene, connection)
        if self.settings.prepare is not None:
            connection.send(self.settings.prepare, Values(_around(scene), {}))
        return connection

    def _follow_clock(self, scene: Scene, connection: Connection) -> None:
        request = self.settings.set_clock
        if request is not None:
            scene.clock.watch(lambda: _tell_time(scene, connection, request))
            return
        behind = machine_now() - scene.clock.now()
        if behind > timedelta():
            # The run's clock stands still between scenarios, the product's does not.
            scene.clock.advance(behind)
        scene.clock.watch(lambda: self._expect_near(scene))

    def _expect_near(self, scene: Scene) -> None:
        if abs(scene.clock.now() - machine_now()) > MOST_DRIFT:
            raise NotSupported(self.role, "follow the run's clock: its target describes no set_clock")


def described(role: str, interface: type, settings: ProductSettings, access: Access, wrong: Wrong) -> Product:
    """Check what the settings describe. Raises `wrong` with the key and the problem."""
    for key, known in (("prepare", PREPARED_WITH), ("set_clock", CLOCK_WITH)):
        request = getattr(settings, key)
        if request is not None:
            check_request(request, known, key, wrong)
    return Product(role, settings, access, verbs_in(role.replace("_", " "), interface, settings.verbs, "verbs", wrong))


def keeping(error: type[ValueError], file: object, role: str) -> Callable[[str], ValueError]:
    """Makes errors that begin with target file and role."""
    return lambda sentence: error(f"{file}: roles.{role}.{sentence}")


def _tell_time(scene: Scene, connection: Connection, request: Request) -> None:
    connection.send(request, Values({"time": scene.clock.now()}, {}))


def _around(scene: Scene) -> dict[str, Any]:
    return {
        "time": scene.clock.now(),
        "card_roots": [each.public_bytes(Encoding.PEM).decode() for each in scene.card_roots],
        "card_authorities": [each.public_bytes(Encoding.PEM).decode() for each in scene.card_authorities],
        "status_proxy": scene.stage.names.proxy or "",
        "device_manager_key": scene.device_manager.statements.public_key,
        "mail_server": f"{LOOPBACK}:{scene.stage.mail.port}",
    }


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL."""
    parts = httpx.URL(url)
    return f"{parts.scheme}://{parts.netloc.decode()}"
