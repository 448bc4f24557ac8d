"""The smart-card computer: browser, card reader and network, started at the first use and kept for the worker."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cryptography import x509

from dpc_conformance.adapters.browser.chromium import Chromium, remove
from dpc_conformance.adapters.browser.gateway import Gateway
from dpc_conformance.adapters.browser.home import Home
from dpc_conformance.adapters.browser.login_desk import LoginDesk
from dpc_conformance.adapters.browser.x_screen import XScreen
from dpc_conformance.adapters.pcsc import PcscUnavailable
from dpc_conformance.adapters.private_pcscd import private_pcscd
from dpc_conformance.protocols.network import Names
from dpc_conformance.reference.programs.guard import Guard
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import MachineLacks

PASSABLE = 0o711
"""Nobody else can list the folder; pcscd, which gives up root's rights, can pass through it."""


class Computer:
    """One browser and one reader. Everything is private to it, and gone when it is closed or whoever has it dies."""

    def __init__(self, names: Names, roots: list[x509.Certificate], headed: bool = False) -> None:
        """`roots` are those of the web servers that the browser trusts; it has windows where it is `headed`.

        Raises MachineLacks.
        """
        self.names, self.roots = names, list(roots)
        self._open = ExitStack()
        try:
            folder = Path(tempfile.mkdtemp(prefix="dpc-browser-"))
            folder.chmod(PASSABLE)
            self._open.callback(remove, folder)
            self._guard = Guard(folder)
            self._open.callback(self._guard.leave)
            self._home = home = Home(folder, self.roots, headed)
            self.screen = self._switched_on(folder) if headed else None
            self._daemon = self._open.enter_context(private_pcscd(below=folder))
            self.desk = LoginDesk(home.login_desk)
            self._open.callback(self.desk.close)
            gateway = Gateway(names)
            self._open.callback(gateway.close)
            self._proxy = gateway.address
            self.chromium = self._start()
            self._open.callback(self._stop)
        except PcscUnavailable as lack:
            self.close()
            raise MachineLacks(str(lack)) from None
        except BaseException:
            self.close()
            raise

    @contextmanager
    def holding(self, card: Card) -> Iterator[None]:
        """The card is in the reader as long as the block runs. Raises MachineLacks."""
        with ExitStack() as reader:
            try:
                reader.enter_context(self._daemon.holding(card))
            except (PcscUnavailable, OSError) as problem:
                raise MachineLacks(f"the card cannot be plugged into PC/SC: {problem}") from None
            yield

    def renew(self) -> None:
        """A new browser, where the old one has died. Raises MachineLacks."""
        if not self.chromium.alive:
            self._stop()
            self.chromium = self._start()

    def close(self) -> None:
        """End everything and remove its files."""
        self._open.close()

    def _switched_on(self, folder: Path) -> XScreen:
        screen = XScreen(folder)
        self._open.callback(screen.close)
        return screen

    def _start(self) -> Chromium:
        shown = self.screen.environment if self.screen else {}
        environment = {**self._home.environment, **self._daemon.environment, **shown}
        started = Chromium(self._home.new_user_data(), environment, self._proxy, headed=self.screen is not None)
        self._guard.runs(started.group)
        return started

    def _stop(self) -> None:
        self.chromium.close()
        self._guard.ended(self.chromium.group)


class Office:
    """Where scenarios find the computer; one that was set up for other servers is set up anew."""

    def __init__(self, headed: bool = False) -> None:
        """Its browser has windows where it is `headed`."""
        self._headed = headed
        self._computer: Computer | None = None

    def computer(self, names: Names, roots: list[x509.Certificate]) -> Computer:
        """The computer for a scenario that begins, started where it is not. Raises MachineLacks."""
        if self._computer is not None and self._computer.roots != roots:
            self.close()
        if self._computer is None:
            self._computer = Computer(names, roots, self._headed)
        self._computer.renew()
        return self._computer

    def close(self) -> None:
        """Shut it down."""
        if self._computer is not None:
            self._computer.close()
            self._computer = None
