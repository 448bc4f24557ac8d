"""The networks of one scenario: devices are outside, and behind each gateway is an inside with a page of its own."""

import ctypes
import os
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dpc_conformance.reference.programs.command import Command
from dpc_conformance.reference.programs.installed import program
from dpc_conformance.reference.programs.program import DoesNotStart, Plan, Program
from dpc_conformance.reference.programs.programs import Programs
from dpc_conformance.roles.errors import MachineLacks

INSIDE = "198.51.100.1"
"""Where a page is that only a tunnel leads to; it is the same address behind every gateway."""
CABLE = "192.0.2.{}"
"""Cables between outside and insides: eight addresses each, the gateway's first, then the devices'."""
TUNNEL_DEVICE = Path("/dev/net/tun")
UP = "the network is up"
KEEP = f"{{ip}} link set lo up && echo {UP} && exec {{sleep}} infinity"
UTIL_LINUX, IPROUTE = "util-linux", "iproute2"
NSENTER, IP, CURL = Command("nsenter", UTIL_LINUX), Command("ip", IPROUTE), Command("curl", "curl")
SECONDS = "5"
CLONE_NEWNET = 0x40000000
"""<linux/sched.h>"""


@dataclass(frozen=True)
class Inside:
    """A network behind a gateway, which devices find at the address `gateway`."""

    keeper: Program
    gateway: str

    def place(self, *words: str | Path) -> tuple[str | Path, ...]:
        """A command line for a program in it."""
        return _within(self.keeper, words)

    def socket_at(self, address: str, port: int) -> socket.socket:
        """A UDP socket of ours that is bound in it. It keeps the network up until it is closed. Raises OSError."""
        with ThreadPoolExecutor(1) as another_thread:  # a network is chosen for a thread, for as long as that lives
            return another_thread.submit(_bound_within, self.keeper.process, address, port).result()


class Networks:
    """Network namespaces that end with their programs; nothing of the machine's own network is touched."""

    def __init__(self, programs: Programs) -> None:
        self._programs = programs
        self._cables = 0

    def outside(self, *words: str | Path) -> tuple[str | Path, ...]:
        """A command line for the outside. Raises MachineLacks."""
        return _within(self._outside, words)

    def inside(self) -> Inside:
        """One more network, at the end of a cable of its own. Raises MachineLacks."""
        outside, inside = self._outside, self._keeper("inside")
        first, outer = 8 * self._cables, f"outer{self._cables}"
        self._cables += 1
        gateway, device = CABLE.format(first + 1), CABLE.format(first + 2)
        ends = ("inner", "netns", str(inside.process), "type", "veth", "peer", "name", outer)
        _expect_done(IP.run("link", "add", *ends, "netns", str(outside.process)).words)
        _set_up(inside, f"address add {gateway}/29 dev inner", "link set inner up", f"address add {INSIDE}/32 dev lo")
        _set_up(outside, f"address add {device}/29 dev {outer}", f"link set {outer} up")
        return Inside(inside, gateway)

    def reaches(self, page: str) -> bool:
        """Whether somebody outside gets the page with that address."""
        _, *words = self.outside(CURL.find(), "--silent", "--fail", "--max-time", SECONDS, page)
        return NSENTER.run(*words).code == 0

    @cached_property
    def _outside(self) -> Program:
        if not TUNNEL_DEVICE.exists():
            raise MachineLacks(f"there is no {TUNNEL_DEVICE}, and without it no tunnel: load the kernel's module tun")
        if os.geteuid() != 0:
            raise MachineLacks("a tunnel needs networks of its own, which this user may not make: run as root")
        return self._keeper("outside")

    def _keeper(self, name: str) -> Program:
        keep = KEEP.format(ip=IP.find(), sleep=program("sleep", "coreutils"))
        plan = Plan(name, (program("unshare", UTIL_LINUX), "--net", program("sh", "dash"), "-c", keep), _is_up)
        try:
            return self._programs.start(self._programs.folder(name), lambda _: plan)
        except DoesNotStart as problem:
            raise MachineLacks(f"a tunnel needs networks of its own, which cannot be made here: {problem}") from None


def _bound_within(process: int, address: str, port: int) -> socket.socket:
    with Path("/proc", str(process), "ns", "net").open("rb") as network:
        if ctypes.CDLL(None, use_errno=True).setns(network.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    bound.bind((address, port))
    return bound


def _is_up(line: str) -> bool:
    return UP in line


def _within(keeper: Program, words: Sequence[str | Path]) -> tuple[str | Path, ...]:
    return (NSENTER.find(), "--target", str(keeper.process), "--net", *words)


def _set_up(keeper: Program, *lines: str) -> None:
    _, *within = _within(keeper, (IP.find(), "-batch", "-"))
    _expect_done(NSENTER.run(*within, stdin="\n".join(lines).encode()).words)


def _expect_done(complaint: str) -> None:
    if complaint:
        raise MachineLacks(f"a tunnel needs networks of its own, which cannot be set up here: {complaint.strip()}")
