"""Names of a run's hosts: which address stands for which host, and which hosts are cut off."""

from dpc_conformance.roles.errors import Unreachable

LOOPBACK = "127.0.0.1"


class Names:
    """The run's name service: clients ask it instead of DNS, so nothing touches the machine's hosts file."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, int], tuple[str, int]] = {}
        self._outside: set[str] = set()
        self._cut: set[str] = set()
        self.proxy: str | None = None
        """URL of the loopback proxy that serves the plain-http names of the run; without it names decide there too."""

    def add(self, host: str, port: int, real_port: int, address: str = LOOPBACK) -> None:
        """`host:port` is served at `real_port` of that address from now on, by default of the loopback interface."""
        self._places[host.lower(), port] = (address, real_port)

    def let_out(self, host: str, port: int, address: str | None = None, real_port: int | None = None) -> None:
        """`host:port` belongs to a product: clients go to `address`, or where the machine's resolver finds the name."""
        self.add(host, port, real_port or port, address or host)
        self._outside.add(f"{host.lower()}:{port}")

    def outside(self) -> tuple[str, ...]:
        """The names that belong to products, with their ports; the proxy does not know them."""
        return tuple(sorted(self._outside))

    def resolve(self, host: str, port: int) -> tuple[str, int]:
        """Where `host:port` is. Raises Unreachable for an unknown name and for one that is cut off."""
        self.check_not_cut(host)
        place = self._places.get((host.lower(), port))
        if place is None:
            raise Unreachable(f"{host}:{port}", "no such name in this run")
        return place

    def cut(self, host: str) -> None:
        """Take the host off the network: every new connection to it fails."""
        self._cut.add(host.lower())

    def restore(self, host: str) -> None:
        """Put the host back on the network."""
        self._cut.discard(host.lower())

    def check_not_cut(self, host: str) -> None:
        """Raises Unreachable while the host is off the network, also for hosts behind the proxy."""
        if host.lower() in self._cut:
            raise Unreachable(host, "the network to it is cut")
