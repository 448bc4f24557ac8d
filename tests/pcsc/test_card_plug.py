"""`dpc card plug` as a user calls it: the card is there for other programs until the command is stopped."""

import os
import re
import shutil
import signal
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from running_command import running

from dpc_conformance.adapters.card_trust import read_trust
from dpc_conformance.adapters.token_secrets_file import read_token_secrets
from dpc_conformance.commands.card import card
from dpc_conformance.formats import containers

LAST = ("dpc card check", "administration_algorithm")
"""How the last line begins."""
SECONDS = 10
DERIVED = containers.DERIVED_PIV_AID


def plugged(*options):
    """The running command, and what it said."""
    return running("card", "plug", *options, last=LAST)


def environment(said):
    """The variable that a user is told to export."""
    [(name, value)] = re.findall(r"^export (\w+)=(.*)$", said, re.M)
    return {name: value}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["^C", "SIGTERM"])
@pytest.mark.usefixtures("daemon")
def test_other_programs_use_the_card_until_it_is_stopped(client, number):
    with plugged("--algorithm", "RSA-2048", "--pin", "975310") as (process, said):
        assert "A PIV Card (RSA-2048) of Grace Goode is in the reader 'Virtual PIV 00 00' until ^C.\n" in said
        assert "# The PIN is 975310.\n" in said
        where = environment(said)
        name = client.ask("opensc-tool", "--reader", "Virtual PIV 00 00", "--name", **where)
        assert name == "Personal Identity Verification Card\n"
        verify = ("yubico-piv-tool", "--reader", "Virtual PIV", "--action", "verify-pin", "--pin", "975310")
        assert "Successfully verified PIN" in client.ask(*verify, **where)
        process.send_signal(number)
        assert process.wait(SECONDS) == 0
        assert process.stderr.read() == ""
        [socket] = where.values()
        assert not Path(socket).parent.exists()


@pytest.mark.usefixtures("daemon")
def test_a_daemon_that_dies_ends_it_with_a_sentence(processes):
    with plugged() as (process, said):
        [socket] = environment(said).values()
        [daemon] = processes(str(Path(socket).parent))
        os.kill(daemon, signal.SIGKILL)
        assert process.wait(SECONDS) == 3
        assert process.stderr.read() == "the PC/SC daemon ended\n"


@pytest.mark.usefixtures("daemon")
def test_what_it_says_about_a_token_is_what_a_target_needs(client, tmp_path):
    with plugged("--token", "--reader-name", "Lab") as (process, said):
        target, secrets = said.split("# In a target file:\n")[1].split("# In secrets.toml beside it:\n")
        read = read_token_secrets(client.file("secrets.toml", secrets.encode()), ValueError)
        assert read.administration_algorithm == containers.AES_128
        settings = tomllib.loads(target)["roles"]["token"]
        assert settings == {"adapter": "pcsc", "reader": "Lab 00 00", "secrets_file": "secrets.toml"}
        select = f"00A40400{len(DERIVED):02X}{DERIVED.hex()}00"
        verify = f"0020008008{read.activation_secret.encode().ljust(8, bytes([0xFF])).hex()}"
        apdus = ("--send-apdu", select, "--send-apdu", verify)
        answers = client.ask("opensc-tool", "--reader", "Lab 00 00", *apdus, **environment(said))
        assert answers.count("SW1=0x90, SW2=0x00") == 2


@pytest.mark.usefixtures("daemon")
def test_a_card_image_and_its_pin(icam_cards, client):
    folder = next(path for path in sorted(icam_cards.iterdir()) if (path / "1 - Discovery Object").exists())
    with plugged("--image", str(folder)) as (_, said):
        assert f"The card image {folder} is in the reader" in said
        listed = client.ask("pkcs15-tool", "--reader", "Virtual PIV 00 00", "--dump", **environment(said))
        assert "[Certificate for PIV Authentication]" in listed


@pytest.mark.usefixtures("daemon")
def test_the_authorities_above_a_new_card_are_written(tmp_path):
    folder = tmp_path / "authorities"
    with plugged("--trust", str(folder)) as (_, said):
        assert f"dpc card check --reader 'Virtual PIV 00 00' --trust {folder}\n" in said
        trust = read_trust(folder, None, frozenset())
    assert (len(trust.anchors), len(trust.intermediates)) == (1, 3)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--image", "none"], "none: expected the folder of a card image, there is none"),
        (["--image", "none", "--token"], "name either --image or --token"),
        (["--algorithm", "RSA-1024"], "--algorithm RSA-1024: expected one of P-256, P-384, RSA-2048"),
        (["--algorithm", "P-256", "--token"], "--algorithm: the keys of a card image, and of a token, are as they are"),
        (["--pin", "12345"], "--pin: expected six to eight digits"),
        (["--pin", "123456", "--token"], "--pin: a token has a new activation secret each time"),
        (["--trust", "x", "--image", "none"], "--trust: the authorities of a card image are not in it"),
        (["--trust", "/proc/none"], "--trust /proc/none: expected a folder that can be written: No such file"),
        (["--reader-name", ""], "--reader-name: expected up to 60 printable ASCII characters"),
        (["--reader-name", "a\nb"], "--reader-name: expected up to 60 printable ASCII characters"),
        (["--reader-name", 'a"'], "--reader-name: expected a name without"),
    ],
)
def test_bad_input_is_one_sentence(options, said):
    result = CliRunner().invoke(card, ["plug", *options])
    assert result.exit_code == 4
    assert result.stderr.startswith(f"Error: {said}")
    assert result.stderr.count("\n") == 1


def test_without_pcscd_a_sentence_names_its_package(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    result = CliRunner().invoke(card, ["plug"])
    assert result.exit_code == 4
    sentence = "Error: there is no PC/SC daemon (pcscd): install the packages pcscd and vsmartcard-vpcd\n"
    assert result.stderr == sentence
