"""A PC/SC daemon of one's own: its own socket, its own loopback ports, nobody's rights, gone when it is left."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dpc_conformance.adapters.pcsc import PcscUnavailable
from dpc_conformance.adapters.private_pcscd_log import PcscdLog
from dpc_conformance.adapters.vpcd_plug import ATR, LOOPBACK, Plug, plug
from dpc_conformance.reference.programs.preload import bind_to_loopback
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import MachineLacks

SOCKET_VARIABLE = "PCSCLITE_CSOCK_NAME"
"""How every PC/SC client is told which daemon to use. A process reads it once, at its first call."""
READER = "Virtual PIV"
DRIVER = "libifdvpcd.so"
DRIVER_FOLDERS = tuple(Path(base, "pcsc/drivers/serial") for base in ("/usr/lib", "/usr/lib64", "/usr/local/lib"))
PROGRAM_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/sbin")
RUN_FOLDER = Path("/run/pcscd")
UNPRIVILEGED = "nobody"
LONGEST_SOCKET_PATH = 107
PATIENCE_SECONDS = 10.0
ATTEMPTS = 5
INSTALL = "install the packages pcscd and vsmartcard-vpcd"
# The daemon takes its listening socket as systemd hands one over: as descriptor 3, named by a process id.
START = 'exec 3<&0 0</dev/null; LISTEN_PID=$$ exec "$0" --foreground --info --config "$1"'


@dataclass(frozen=True)
class PrivatePcscd:
    """A running daemon with one reader, in which one card at a time can be."""

    socket: Path
    port: int
    reader: str
    """The full name of the reader. The driver has a second one, on the next port, which stays empty."""
    log: PcscdLog = field(repr=False)

    @property
    def environment(self) -> dict[str, str]:
        """What a client's environment needs in addition, to find this daemon."""
        return {SOCKET_VARIABLE: str(self.socket)}

    @contextmanager
    def holding(self, card: Card, atr: bytes = ATR) -> Iterator[Plug]:
        """The card is in the reader, and clients see it, as long as the block runs. Raises PcscUnavailable, OSError."""
        try:
            with plug(card, self.port, atr) as plugged:
                if not self.log.wait_for(lambda log: log.occupied, PATIENCE_SECONDS):
                    raise PcscUnavailable(f"pcscd does not see the card in its reader: {self.log.last}")
                yield plugged
        finally:
            self.log.wait_for(lambda log: not log.occupied, PATIENCE_SECONDS)


@contextmanager
def private_pcscd(reader: str = READER, below: Path | None = None) -> Iterator[PrivatePcscd]:
    """A daemon that has one reader of that name (pcscd adds " 00 00"), and none of the machine's own.

    Its files are in a folder of their own, `below` another one that others can pass through.

    Raises PcscUnavailable with a sentence that says what is missing, OSError.
    """
    program, driver = _installed()
    with tempfile.TemporaryDirectory(prefix="dpc-pcsc-", dir=below) as name:
        folder = Path(name)
        folder.chmod(0o711)  # nobody reads two files in it, and only we can connect to the socket
        address, settings, library = folder / "pcscd.comm", folder / "reader.conf", folder / "preload.so"
        if len(os.fsencode(address)) > LONGEST_SOCKET_PATH:
            raise PcscUnavailable(f"{address} is too long for the path of a socket: set TMPDIR to a shorter folder")
        shutil.copyfile(_loopback_only(folder), library)
        for _ in range(ATTEMPTS):
            port = _free_pair_of_ports()
            settings.write_text(
                f'FRIENDLYNAME "{reader}"\nDEVICENAME /dev/null:{port}\nLIBPATH {driver}\nCHANNELID {port}\n', "utf-8"
            )
            for file in (settings, library):
                file.chmod(0o644)
            with _daemon(program, settings, address, library) as log:
                if not log.wait_for(lambda log: log.ready, PATIENCE_SECONDS):
                    raise PcscUnavailable(f"pcscd does not start: {log.last}")
                if not log.port_taken:  # somebody may have been faster
                    yield PrivatePcscd(address, port, f"{reader} 00 00", log)
                    return
    raise PcscUnavailable("somebody else takes the ports of the card's reader again and again")


@contextmanager
def _daemon(program: Path, settings: Path, address: Path, library: Path) -> Iterator[PcscdLog]:
    """The running daemon; it listens on `address` from the beginning. As root it runs with the rights of nobody."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LISTEN_FDS": "1", "LD_PRELOAD": str(library)}
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(address))
        listening.listen(16)
        process = subprocess.Popen(
            ["/bin/sh", "-c", START, str(program), str(settings)],
            stdin=listening.fileno(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=environment,
            start_new_session=True,  # ^C is for us: the daemon ends after its clients
            **_rights(),
        )
    # Our copy of the socket is closed now: otherwise clients would wait forever for a daemon that died.
    if process.stdout is None:
        raise TypeError("a pipe was asked for")
    log = PcscdLog(process.stdout)
    try:
        yield log
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.join()


def _loopback_only(folder: Path) -> Path:
    """The library that keeps it on loopback: whoever can connect to its port is the card. Raises PcscUnavailable."""
    try:
        return bind_to_loopback(folder)
    except MachineLacks as lack:
        raise PcscUnavailable(str(lack)) from None


def _rights() -> dict[str, Any]:
    """How the daemon is started with fewer rights than root's; nothing for everybody else. Raises PcscUnavailable."""
    if os.geteuid() != 0:
        return {}
    try:
        nobody = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise PcscUnavailable(f"pcscd is not run as root, and there is no user {UNPRIVILEGED} here") from None
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _installed() -> tuple[Path, Path]:
    """Daemon and reader driver. Raises PcscUnavailable."""
    program = shutil.which("pcscd", path=os.pathsep.join((os.environ.get("PATH", os.defpath), *PROGRAM_FOLDERS)))
    driver = next((folder / DRIVER for folder in DRIVER_FOLDERS if (folder / DRIVER).exists()), None)
    if program is None or driver is None:
        missing = "PC/SC daemon (pcscd)" if program is None else "reader driver for virtual cards (vpcd)"
        raise PcscUnavailable(f"there is no {missing}: {INSTALL}")
    # Compiled into the daemon, which wants the folder to exist even where it uses nothing in it.
    if not RUN_FOLDER.is_dir():
        if os.geteuid() != 0:
            raise PcscUnavailable(f"pcscd wants the folder {RUN_FOLDER} to exist: sudo mkdir {RUN_FOLDER}")
        RUN_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    return Path(program), driver


def _free_pair_of_ports() -> int:
    """A port that is free on loopback, as is the one after it. Raises PcscUnavailable."""
    for _ in range(100):
        with socket.socket() as first, socket.socket() as second:
            first.bind((LOOPBACK, 0))
            port: int = first.getsockname()[1]
            try:
                second.bind((LOOPBACK, port + 1))
            except (OSError, OverflowError):
                continue
            return port
    raise PcscUnavailable("there are no two free ports in a row for the card's reader")
