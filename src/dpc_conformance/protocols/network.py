"""Names of a run's hosts: which loopback port stands for which host, and which hosts are cut off."""

from dpc_conformance.roles.errors import Unreachable

LOOPBACK = "127.0.0.1"


class Names:
    """The run's name service: clients ask it instead of DNS, so nothing touches the machine's hosts file."""

    def __init__(self) -> None:
        self._ports: dict[tuple[str, int], int] = {}
        self._cut: set[str] = set()
        self.proxy: str | None = None
        """URL of the loopback proxy that serves every plain-http name; None sends plain http straight to the name."""

    def add(self, host: str, port: int, real_port: int) -> None:
        """`host:port` is served on the loopback interface at `real_port` from now on."""
        self._ports[host.lower(), port] = real_port

    def forget(self, host: str, port: int) -> None:
        """Nothing is served at `host:port` any more."""
        self._ports.pop((host.lower(), port), None)

    def resolve(self, host: str, port: int) -> tuple[str, int]:
        """The loopback address of `host:port`. Raises Unreachable for an unknown name and for one that is cut off."""
        self.check_not_cut(host)
        real_port = self._ports.get((host.lower(), port))
        if real_port is None:
            raise Unreachable(f"{host}:{port}", "no such name in this run")
        return LOOPBACK, real_port

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
