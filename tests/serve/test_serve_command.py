"""`dpc serve` as a user calls it."""

import re
import shlex
import signal
import socket
import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from running_command import running

from dpc_conformance.cli import main
from dpc_conformance.commands.serve import serve
from dpc_conformance.reference.pki.keys import default_folder

SECONDS = 20
LAST = "curl"
REVOKED = "issuer accepts a revoked PIV Card"


def test_it_serves_until_it_is_stopped_and_leaves_what_it_keeps(tmp_path):
    state = tmp_path / "state of mine"
    state.mkdir()
    (state / "rsa").symlink_to(default_folder())  # making keys would take most of the time
    words = ("serve", "--state", str(state), "--fault", REVOKED)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    environment = {"PATH": "/usr/bin:/bin:/usr/sbin", "HOME": str(tmp_path), "TMPDIR": str(temporary)}
    with running(*words, last=LAST, environment=environment) as (process, said):
        told = shlex.split(said.splitlines()[-1])
        assert told[told.index("--cacert") + 1] == str(state / "tls-root.pem")
        _, _, where, port = told[told.index("--connect-to") + 1].split(":")
        assert where == "127.0.0.1"
        context = ssl.create_default_context(cafile=state / "tls-root.pem")
        answer = httpx.get(f"https://127.0.0.1:{port}/", verify=context)
        assert "Sign in with your smart card" in answer.text
        assert f"MAP issuer.dpc.example:443 127.0.0.1:{port}" in said
        again = [sys.executable, "-m", "dpc_conformance", *words]
        refused = subprocess.run(again, capture_output=True, text=True, env=environment, check=False, timeout=SECONDS)
        assert (refused.returncode, refused.stderr) == (4, f"--state {state}: another system is running with it\n")
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 0
        assert process.stderr.read() == ""
    assert not list(temporary.iterdir())
    assert (state / "system.json").stat().st_mode & 0o777 == 0o600
    assert state.stat().st_mode & 0o777 == 0o700


def test_without_a_reader_it_says_what_is_lost(monkeypatch, capsys):
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    monkeypatch.setattr("dpc_conformance.commands.serve.stay", lambda _: None)
    assert main(["serve"]) == 0
    said = capsys.readouterr().out
    sentence = "is in no reader, so a browser cannot sign in with it here; everything else is served: there is no PC/SC"
    assert sentence in said
    assert not re.search("PCSCLITE", said)


def test_a_port_that_is_taken_is_one_sentence(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", f"issuer.dpc.example:443={port}"]) == 3
    said = capsys.readouterr()
    assert said.err == f"the system cannot be served: port {port} of 127.0.0.1 is taken\n"
    assert said.out == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--fault", "issuer accepts"], "--fault issuer accepts: there is no defect"),
        (["--state", "/proc/none"], "--state /proc/none: expected a folder that can be written: No such file"),
        (["--image", "none"], "--image none: expected the folder of a card image, there is none"),
        (["--pin", "123456"], "--pin: only a card image (--image) needs it"),
        (["--trust", "none"], "--trust: only a card image (--image) needs it"),
        (["--image", "none", "--pin", "12"], "--pin: expected six to eight digits"),
        (["--image", "none", "--crls", "none"], "--crls none: expected a folder of CRLs, there is none"),
        (
            ["--port", "issuer=1"],
            "--port issuer=1: expected NAME=PORT, NAME being one of console, idp.dpc.example:443,",
        ),
        (["--port", "idp.dpc.example:443=0"], "--port idp.dpc.example:443=0: expected NAME=PORT"),
        (["--clock", "soon"], "--clock soon: expected"),
        (["--reader-name", ""], "--reader-name: expected up to 60 printable ASCII characters"),
    ],
)
def test_bad_input_is_one_sentence(options, said):
    result = CliRunner().invoke(serve, options)
    assert result.exit_code == 4
    assert result.stderr.startswith(f"Error: {said}")
    assert result.stderr.count("\n") == 1


def test_a_card_image_is_the_cardholders(icam_cards, monkeypatch, capsys):
    monkeypatch.setattr("dpc_conformance.commands.serve.stay", lambda _: None)
    folder = Path(icam_cards) / "46_Golden_FIPS_201-2_PIV"
    options = ["--image", str(folder), "--trust", str(icam_cards / "CA"), "--clock", "2020-06-01"]
    assert main(["serve", *options]) == 0
    assert "its PIN is 123456" in capsys.readouterr().out
