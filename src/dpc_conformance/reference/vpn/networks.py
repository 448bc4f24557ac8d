"""Two networks of one scenario with a cable between them: devices are outside, the organisation's page is inside."""

import os
from functools import cached_property
from pathlib import Path

from dpc_conformance.reference.programs.command import Command
from dpc_conformance.reference.programs.installed import program
from dpc_conformance.reference.programs.program import DoesNotStart, Plan, Program
from dpc_conformance.reference.programs.programs import Programs
from dpc_conformance.roles.errors import MachineLacks

OUTSIDE, GATEWAY, INSIDE = "192.0.2.2", "192.0.2.1", "198.51.100.1"
"""Where devices are, where they find the gateway, and where the page is that only a tunnel leads to."""
TUNNEL_DEVICE = Path("/dev/net/tun")
UP = "the network is up"
KEEP = f"{{ip}} link set lo up && echo {UP} && exec {{sleep}} infinity"
UTIL_LINUX, IPROUTE = "util-linux", "iproute2"
NSENTER, IP, CURL = Command("nsenter", UTIL_LINUX), Command("ip", IPROUTE), Command("curl", "curl")
SECONDS = "5"


class Networks:
    """Network namespaces that end with their programs; nothing of the machine's own network is touched."""

    def __init__(self, programs: Programs) -> None:
        self._programs = programs

    @cached_property
    def _both(self) -> tuple[Program, Program]:
        """Whoever keeps the outside and the inside there."""
        if not TUNNEL_DEVICE.exists():
            raise MachineLacks(f"there is no {TUNNEL_DEVICE}, and without it no tunnel: load the kernel's module tun")
        if os.geteuid() != 0:
            raise MachineLacks("a tunnel needs networks of its own, which this user may not make: run as root")
        outside, inside = self._keeper("outside"), self._keeper("inside")
        cable = ("link", "add", "inner", "netns", str(inside.process), "type", "veth", "peer", "name", "outer")
        _expect_done(IP.run(*cable, "netns", str(outside.process)).words)
        for keeper, device, address in ((inside, "inner", GATEWAY), (outside, "outer", OUTSIDE)):
            self._set(keeper, "address", "add", f"{address}/24", "dev", device)
            self._set(keeper, "link", "set", device, "up")
        self._set(inside, "address", "add", f"{INSIDE}/32", "dev", "lo")
        return outside, inside

    def outside(self, *words: str | Path) -> tuple[str | Path, ...]:
        """A command line for the outside. Raises MachineLacks."""
        return _within(self._both[0], words)

    def inside(self, *words: str | Path) -> tuple[str | Path, ...]:
        """A command line for the inside. Raises MachineLacks."""
        return _within(self._both[1], words)

    def reaches_page(self) -> bool:
        """Whether somebody outside gets the page that is inside."""
        _, *words = self.outside(CURL.find(), "--silent", "--max-time", SECONDS, f"http://{INSIDE}/")
        return NSENTER.run(*words).code == 0

    def _keeper(self, name: str) -> Program:
        keep = KEEP.format(ip=IP.find(), sleep=program("sleep", "coreutils"))
        plan = Plan(name, (program("unshare", UTIL_LINUX), "--net", program("sh", "dash"), "-c", keep), _is_up)
        try:
            return self._programs.start(self._programs.folder(name), lambda _: plan)
        except DoesNotStart as problem:
            raise MachineLacks(f"a tunnel needs networks of its own, which cannot be made here: {problem}") from None

    def _set(self, keeper: Program, *words: str) -> None:
        _, *within = _within(keeper, (IP.find(), *words))
        _expect_done(NSENTER.run(*within).words)


def _is_up(line: str) -> bool:
    return UP in line


def _within(keeper: Program, words: tuple[str | Path, ...]) -> tuple[str | Path, ...]:
    return (NSENTER.find(), "--target", str(keeper.process), "--net", *words)


def _expect_done(complaint: str) -> None:
    if complaint:
        raise MachineLacks(f"a tunnel needs networks of its own, which cannot be set up here: {complaint.strip()}")
