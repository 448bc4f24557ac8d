"""A private PC/SC daemon: on loopback only, without root's rights, beside others, and gone afterwards."""

import os
import pwd
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from dpc_conformance.adapters import private_pcscd as private
from dpc_conformance.adapters.pcsc import PcscUnavailable
from dpc_conformance.adapters.private_pcscd import private_pcscd
from dpc_conformance.roles.errors import CardRemoved

LISTEN = "0A"
SECONDS = 10
DIES = """
import os, signal, sys
from dpc_conformance.adapters.private_pcscd import private_pcscd
with private_pcscd() as daemon:
    print(daemon.socket, flush=True)
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGKILL)
"""


class EmptyCard:
    """Knows no command, and leaves the reader when told to."""

    def transmit(self, command):
        if command == b"\x00\xff\x00\x00":
            raise CardRemoved
        return b"\x6d\x00"

    def reset(self):
        pass


def listening_addresses(port):
    """The addresses, in hexadecimal as the kernel lists them, on which somebody listens at that port."""
    lines = [line.split() for path in ("tcp", "tcp6") for line in Path("/proc/net", path).read_text().splitlines()]
    places = [fields[1].split(":") for fields in lines if fields[3] == LISTEN]
    return [address for address, number in places if int(number, 16) == port]


def test_it_listens_on_the_loopback_address_only(daemon):
    for port in (daemon.port, daemon.port + 1):
        assert listening_addresses(port) == ["0100007F"]


def test_it_has_not_the_rights_of_root(daemon, processes):
    [owner] = processes(str(daemon.socket.parent)).values()
    assert owner == (os.getuid() or pwd.getpwnam("nobody").pw_uid)


def test_two_live_beside_each_other_and_leave_nothing(daemon, client, processes):
    with private_pcscd("Second") as second, second.holding(EmptyCard()):
        assert not {second.port, second.port + 1} & {daemon.port, daemon.port + 1}
        seen = client.ask("opensc-tool", "--list-readers", **second.environment)
        assert "Yes             Second 00 00" in seen
        assert "Virtual PIV" not in seen
    assert not second.socket.parent.exists()
    assert processes(str(second.socket.parent)) == {}
    assert listening_addresses(second.port) == []


def test_a_card_that_goes_away_by_itself_has_left_the_reader(client):
    with private_pcscd("Second") as second, second.holding(EmptyCard()):
        client.ask("opensc-tool", "--reader", second.reader, "--send-apdu", "00FF0000", rc=1, **second.environment)
        assert second.log.wait_for(lambda log: not log.occupied, SECONDS)


def test_the_reader_is_empty_when_what_was_done_with_the_card_has_failed():
    with private_pcscd("Second") as second:
        with pytest.raises(LookupError), second.holding(EmptyCard()):
            raise LookupError
        assert not second.log.occupied


def test_it_ends_with_whoever_started_it(processes):
    with subprocess.Popen(
        [sys.executable, "-c", DIES], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as starter:
        folder = Path(starter.stdout.readline().strip()).parent
        [process] = processes(str(folder))
        watched = os.pidfd_open(process)
        starter.stdin.close()
        ended, _, _ = select.select([watched], [], [], SECONDS)
    os.close(watched)
    shutil.rmtree(folder)
    assert ended


def test_a_taken_port_is_left_for_another(monkeypatch):
    with socket.socket() as taken:
        taken.bind((private.LOOPBACK, 0))
        taken.listen()
        ports = [taken.getsockname()[1], private._free_pair_of_ports()]
        monkeypatch.setattr(private, "_free_pair_of_ports", iter(ports).__next__)
        with private_pcscd("Second") as second:
            assert second.port == ports[1]


def test_without_the_daemon_a_sentence_names_its_package(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    with pytest.raises(PcscUnavailable, match=r"no PC/SC daemon \(pcscd\): install the packages pcscd and vsmart"):
        private_pcscd().__enter__()


def test_without_the_driver_a_sentence_names_its_package(monkeypatch):
    monkeypatch.setattr(private, "DRIVER_FOLDERS", ())
    with pytest.raises(PcscUnavailable, match=r"no reader driver .* \(vpcd\): install the packages pcscd and vsmart"):
        private_pcscd().__enter__()


def test_without_a_user_for_it_root_is_told_so(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(private, "UNPRIVILEGED", "no-such-user")
    with pytest.raises(PcscUnavailable, match="not run as root, and there is no user no-such-user here"):
        private_pcscd().__enter__()


def test_only_root_makes_the_folder_that_the_daemon_wants(monkeypatch, tmp_path):
    monkeypatch.setattr(private, "RUN_FOLDER", tmp_path / "pcscd")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(PcscUnavailable, match=f"wants the folder .* sudo mkdir {tmp_path}/pcscd"):
        private_pcscd().__enter__()


def test_a_path_that_no_socket_can_have_is_refused(monkeypatch, tmp_path):
    folder = tmp_path / ("x" * 100)
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with pytest.raises(PcscUnavailable, match=r"pcscd.comm is too long .*: set TMPDIR"):
        private_pcscd().__enter__()


def test_a_daemon_that_does_not_start_is_quoted(monkeypatch):
    monkeypatch.setattr(private, "START", 'echo "no such option"; exit 1')
    with pytest.raises(PcscUnavailable, match="pcscd does not start: no such option"):
        private_pcscd().__enter__()


def test_without_a_compiler_a_sentence_says_what_it_is_for(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name, **more: which(name, **more) if name == "pcscd" else None)
    with pytest.raises(PcscUnavailable, match="no C compiler, .* open to the whole network: install gcc"):
        private_pcscd().__enter__()
