"""tools/prepare on machines that lack something: one sentence for each lost thing, and the rest goes on.

The machine is made of stand-ins on the PATH, so that nothing is installed; `calls` notes what was asked of them.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
USED = ("bash", "env", "cat", "dirname", "basename", "grep", "sed", "tail", "sha256sum", "mkdir", "chmod", "cp")

PYTHON = """#!/usr/bin/env bash
# A Python that makes a .venv in which the Python notes what pip is asked to install.
case "$*" in
    --version) echo "Python 3.11.99" ;;
    "-m venv"*) mkdir -p .venv/bin; cp "$STANDINS/venv-python" .venv/bin/python
                echo "VIRTUAL_ENV=$PWD/.venv" >.venv/bin/activate ;;
esac
"""
VENV_PYTHON = """#!/usr/bin/env bash
case "$*" in
    *"import smartcard"* | *"import playwright"*) exit 1 ;;
    *"pip install"*)
        echo "pip ${*: -1}" >>"$CALLS"
        case "$*" in *"$PIP_FAILS"*) echo "error: it does not build" >&2; exit 1 ;; esac
        : >.venv/bin/dpc; chmod +x .venv/bin/dpc ;;
esac
"""
DPKG_QUERY = """#!/usr/bin/env bash
for word; do case " $INSTALLED " in *" $word "*) printf installed ;; esac; done
"""
APT_GET = """#!/usr/bin/env bash
echo "apt-get $*" >>"$CALLS"
[ -z "$APT_SAYS" ] || { echo "$APT_SAYS" >&2; exit 100; }
"""
APT_GET_BRINGS_PYTHON = """#!/usr/bin/env bash
echo "apt-get $*" >>"$CALLS"
case "$*" in *python3-venv) cp "$STANDINS/python-to-come" "$STANDINS/python3" ;; esac
"""
SUDO = """#!/usr/bin/env bash
exec "$@"
"""
WITHOUT_STARTING = """#!/usr/bin/env bash
echo "no service starts: $1" >>"$CALLS"
shift
exec "$@"
"""
SYSTEMCTL = """#!/usr/bin/env bash
echo "systemctl $*" >>"$CALLS"
exit "${SYSTEMCTL_FAILS:-0}"
"""
NODE = """#!/usr/bin/env bash
echo v22.1.0
"""
PCSC = "pcscd vsmartcard-vpcd libpcsclite1 gcc libc6-dev"
CLIENTS = (
    "opensc opensc-pkcs11 yubico-piv-tool gnutls-bin p11-kit p11-kit-modules libengine-pkcs11-openssl "
    "openssh-client curl"
)
EST_CLIENTS = "strongswan-pki libstrongswan-standard-plugins"
USE = "nginx freeradius hostapd apache2-bin eapoltest libfaketime"
TUNNELS = "charon-systemd libcharon-extra-plugins libstrongswan-extra-plugins iproute2"
BROWSER = "libnss3-tools"
WINDOW = "xvfb xdotool"
MAIL = "gpgsm dirmngr gpg-agent"
ALL_PACKAGES = (
    f"libzbar0 openssl chromium libpcsclite-dev {PCSC} {CLIENTS} {BROWSER} {WINDOW} {EST_CLIENTS} {USE} {TUNNELS} scep "
    f"{MAIL}"
)


@dataclass
class Machine:
    """A checkout and the programs the machine has."""

    checkout: Path
    programs: Path
    environment: dict[str, str]

    def has(self, **programs: str) -> None:
        for name, text in programs.items():
            file = self.programs / name.replace("_", "-")
            file.write_text(text, "utf-8")
            file.chmod(0o755)

    def lacks(self, *names: str) -> None:
        for name in names:
            (self.programs / name).unlink()

    def prepare(self, expected: int = 0) -> list[str]:
        """What it says, line by line."""
        answer = subprocess.run(
            [self.checkout / "tools/prepare"], env=self.environment, capture_output=True, text=True, check=False
        )
        assert answer.returncode == expected, answer.stderr
        assert answer.stdout == ""
        return answer.stderr.splitlines()

    @property
    def calls(self) -> list[str]:
        """What was asked of pip and apt, and forgets it."""
        file = Path(self.environment["CALLS"])
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return lines


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Debian with everything, used by somebody who is not root and has no sudo."""
    checkout, programs = tmp_path / "checkout", tmp_path / "programs"
    programs.mkdir()
    (checkout / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools/prepare", checkout / "tools")
    shutil.copy(ROOT / "pyproject.toml", checkout)
    shutil.copytree(ROOT / "requirements", checkout / "requirements")
    for name in USED:
        found = shutil.which(name)
        assert found
        (programs / name).symlink_to(found)
    environment = {
        "PATH": str(programs),
        "HOME": str(tmp_path),
        "LANG": os.environ.get("LANG", "C"),
        "STANDINS": str(programs),
        "CALLS": str(tmp_path / "calls"),
        "INSTALLED": ALL_PACKAGES,
        "PIP_FAILS": "nothing",
        "APT_SAYS": "",
    }
    made = Machine(checkout, programs, environment)
    made.has(python3=PYTHON, venv_python=VENV_PYTHON, dpkg_query=DPKG_QUERY, apt_get=APT_GET, node=NODE, npm=NODE)
    made.has(id="#!/bin/sh\necho 1000\n")
    quiet = checkout / "tools/without-starting-services"
    quiet.write_text(WITHOUT_STARTING)
    quiet.chmod(0o755)
    return made


def test_everything_there(machine: Machine) -> None:
    said = machine.prepare()
    assert said == [
        "prepare: making .venv with Python 3.11.99",
        "prepare: installing the pinned Python packages (half a minute the first time)",
        "prepare: done",
    ]
    extras = ["pip requirements/card.txt", "pip requirements/browser.txt"]
    assert machine.calls == ["pip requirements/checkout.txt", "pip .", *extras]


def test_a_second_call_installs_nothing_and_says_nothing(machine: Machine) -> None:
    machine.prepare()
    assert machine.calls
    assert machine.prepare() == []
    machine.environment["PATH"] = f"{machine.checkout}/.venv/bin:{machine.environment['PATH']}"  # as make calls it
    assert machine.prepare() == []
    assert machine.calls == []


def test_no_root_and_no_sudo(machine: Machine) -> None:
    machine.environment["INSTALLED"] = ""
    said = machine.prepare()
    assert said[2:] == [
        "prepare: libzbar0 cannot be installed (not root, and there is no sudo), "
        "so QR codes are read by one decoder instead of two",
        "prepare: openssl cannot be installed (not root, and there is no sudo), "
        "so the suite's own tests compare nothing with OpenSSL's, and the credential is not used for mail",
        "prepare: chromium cannot be installed (not root, and there is no sudo), "
        "so there is no conformance statement as PDF, and nobody looks at pages in a browser",
        f"prepare: {MAIL} cannot be installed (not root, and there is no sudo), "
        "so the credential is not used for mail: two programs made by others judge each",
        "prepare: gcc libc6-dev libpcsclite-dev cannot be installed (not root, and there is no sudo), "
        "so cards in a PC/SC reader cannot be tested (the virtual card can)",
        f"prepare: {PCSC} cannot be installed (not root, and there is no sudo), "
        "so the virtual card cannot be plugged into PC/SC",
        f"prepare: {CLIENTS} cannot be installed (not root, and there is no sudo), "
        "so the suite's own tests hand the card to no program made by others",
        f"prepare: {BROWSER} cannot be installed (not root, and there is no sudo), "
        "so nobody signs in with the card in a real browser",
        f"prepare: {WINDOW} cannot be installed (not root, and there is no sudo), "
        "so nobody types the PIN into a browser's own dialog",
        f"prepare: {EST_CLIENTS} cannot be installed (not root, and there is no sudo), "
        "so the suite's own tests let nobody but curl enrol at the issuer with a client made by others",
        "prepare: scep cannot be installed (not root, and there is no sudo), so no phone enrols at a product over SCEP",
        f"prepare: {USE} cannot be installed (not root, and there is no sudo), "
        "so the credential is put to work nowhere: no web server and no wireless network takes it",
        f"prepare: {TUNNELS} cannot be installed (not root, and there is no sudo), "
        "so no tunnel is opened with the credential",
        "prepare: done",
    ]
    assert machine.calls == ["pip requirements/checkout.txt", "pip ."]
    assert machine.prepare() == []


def test_a_package_that_was_installed_by_hand_is_noticed(machine: Machine) -> None:
    machine.environment["INSTALLED"] = "libzbar0 openssl chromium"
    machine.prepare()
    machine.environment["INSTALLED"] = ALL_PACKAGES
    machine.prepare()
    assert "pip requirements/card.txt" in machine.calls


def test_sudo_installs_what_is_missing(machine: Machine) -> None:
    machine.has(sudo=SUDO)
    machine.environment["INSTALLED"] = "gcc libc6-dev libpcsclite-dev"
    assert "prepare: installing with apt: libzbar0" in machine.prepare()
    assert machine.calls[2:6] == [
        "no service starts: /usr/sbin/policy-rc.d",
        "apt-get -qq update",
        "no service starts: /usr/sbin/policy-rc.d",
        "apt-get -qq install -y --no-install-recommends libzbar0",
    ]


def test_daemon_and_clients_are_installed_apart_from_each_other(machine: Machine) -> None:
    machine.has(sudo=SUDO)
    machine.environment["INSTALLED"] = f"libzbar0 openssl chromium libpcsclite-dev gcc libc6-dev libpcsclite1 {CLIENTS}"
    assert "prepare: installing with apt: pcscd vsmartcard-vpcd" in machine.prepare()
    machine.environment["INSTALLED"] = f"libzbar0 openssl chromium libpcsclite-dev {PCSC} curl"
    assert f"prepare: installing with apt: {CLIENTS.removesuffix(' curl')}" in machine.prepare()


def test_services_that_come_along_do_not_begin_at_the_next_boot(machine: Machine) -> None:
    machine.has(sudo=SUDO, systemctl=SYSTEMCTL)
    machine.environment["INSTALLED"] = ALL_PACKAGES.replace(" nginx freeradius", "").replace(" charon-systemd", "")
    machine.prepare()
    called = [call for call in machine.calls if call.startswith("systemctl")]
    assert called == [f"systemctl --quiet disable {name}" for name in ("nginx", "freeradius", "strongswan")]


def test_a_service_that_cannot_be_switched_off_is_named(machine: Machine) -> None:
    machine.has(sudo=SUDO, systemctl=SYSTEMCTL)
    machine.environment |= {"INSTALLED": ALL_PACKAGES.replace(" hostapd", ""), "SYSTEMCTL_FAILS": "1"}
    assert (
        "prepare: the service hostapd is not switched off for the next boot: sudo systemctl disable hostapd"
        in machine.prepare()
    )


def test_apt_that_fails_is_quoted(machine: Machine) -> None:
    machine.has(sudo=SUDO)
    machine.environment |= {"INSTALLED": "", "APT_SAYS": "E: Unable to locate package"}
    said = machine.prepare()
    lost = "so QR codes are read by one decoder instead of two"
    assert f"prepare: libzbar0 cannot be installed (E: Unable to locate package), {lost}" in said
    assert said[-1] == "prepare: done"


def test_no_node_and_none_to_be_had(machine: Machine) -> None:
    machine.lacks("node", "npm")
    machine.environment["PIP_FAILS"] = "requirements/report.txt"
    assert machine.prepare()[-2:] == [
        "prepare: Node cannot be installed (see .venv/node.log), "
        "so there is no Allure report, only the conformance statement",
        "prepare: done",
    ]
    assert machine.calls[-1] == "pip requirements/report.txt"


def test_pyscard_that_does_not_build(machine: Machine) -> None:
    machine.environment["PIP_FAILS"] = "requirements/card.txt"
    assert machine.prepare()[-2:] == [
        "prepare: pyscard does not build here (see .venv/pyscard.log), "
        "so cards in a PC/SC reader cannot be tested (the virtual card can)",
        "prepare: done",
    ]


def test_playwright_that_is_not_to_be_had(machine: Machine) -> None:
    machine.environment["PIP_FAILS"] = "requirements/browser.txt"
    assert machine.prepare()[-2:] == [
        "prepare: Playwright cannot be installed (see .venv/playwright.log), "
        "so nobody signs in with the card in a real browser",
        "prepare: done",
    ]


def test_packages_that_cannot_be_installed_end_it(machine: Machine) -> None:
    machine.environment["PIP_FAILS"] = "requirements/checkout.txt"
    lost = "the Python packages cannot be installed (pip's words are above), so nothing can run"
    assert machine.prepare(expected=1)[-1] == f"prepare: {lost}"
    machine.environment["PIP_FAILS"] = "nothing"
    assert machine.prepare()[-1] == "prepare: done"


def test_no_python_with_venv(machine: Machine) -> None:
    machine.has(python3="#!/bin/sh\nexit 1\n")
    assert machine.prepare(expected=1) == [
        "prepare: python3-venv cannot be installed (not root, and there is no sudo), "
        "so nothing can run: Python 3.11 or newer with its venv module is not here"
    ]


def test_an_environment_that_was_moved_is_made_again(machine: Machine, tmp_path: Path) -> None:
    machine.prepare()
    moved = Machine(machine.checkout.rename(tmp_path / "elsewhere"), machine.programs, machine.environment)
    assert "prepare: making .venv with Python 3.11.99" in moved.prepare()


def test_on_a_machine_without_python_root_installs_it_first(machine: Machine) -> None:
    machine.lacks("python3")
    machine.has(python_to_come=PYTHON, apt_get=APT_GET_BRINGS_PYTHON, id="#!/bin/sh\necho 0\n")
    assert machine.prepare()[:2] == [
        "prepare: installing with apt: python3-venv",
        "prepare: making .venv with Python 3.11.99",
    ]
    assert "apt-get -qq install -y --no-install-recommends python3-venv" in machine.calls
