"""`dpc kit` and `dpc kit serve` as a user calls them."""

import shutil
import signal
import socket
import stat
import subprocess
import tomllib

import httpx
import pytest
from cryptography import x509
from running_command import running

from dpc_conformance.cli import main
from dpc_conformance.reference.kit.base_url import BaseUrl

URL = "http://status.lab.example:8080"


@pytest.fixture
def serving(made):
    """The running command, and where it listens."""
    with running("kit", "serve", str(made), "--listen", "127.0.0.1:0") as command:
        yield command


@pytest.fixture
def refused(capsys):
    """What a call with wrong input is refused with."""

    def calls(*words) -> str:
        assert main(["kit", *map(str, words)]) == 4
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        return said

    return calls


def test_the_folder_has_what_a_lab_needs_and_says_what_it_must_never_be_used_for(made) -> None:
    assert {each.name for each in made.iterdir()} == {
        "README.md", "kit.toml", "cards.toml", "SHA256SUMS", "roots", "authorities", "cards", "keys",
    }  # fmt: skip
    page = (made / "README.md").read_text()
    assert "must never enter a production trust store" in page
    cards = tomllib.loads((made / "cards.toml").read_text())["card"]
    assert all(each["pin"] not in page for each in cards)
    assert len({each["pin"] for each in cards}) > 20
    assert {each["holder"]["upn"].partition("@")[2] for each in cards} == {"lab.example"}
    assert subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=made, check=False).returncode == 0


def test_private_keys_and_pins_are_read_by_their_owner_alone(made) -> None:
    secret = [*made.rglob("*.p12"), *(made / "keys").iterdir(), made / "cards.toml"]
    assert len(secret) > 100
    assert {stat.S_IMODE(each.stat().st_mode) for each in secret} == {0o600}
    assert {stat.S_IMODE(each.stat().st_mode) for each in (made, made / "keys")} == {0o700}


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("https://status.lab.example", "expected a URL that begins with http://"),
        ("status.lab.example", "expected a URL that begins with http://"),
        ("http://", "expected a URL with a host"),
        ("http://status.lab.example:99999", "expected a URL such as http://status.lab.example:8080"),
        ("http://status.lab.example/?a=b", "expected a URL without user, query and fragment"),
        ("http://me@status.lab.example", "expected a URL without user, query and fragment"),
        ("http://status lab", "expected a URL with a host"),
    ],
)
def test_a_wrong_url_is_refused(refused, tmp_path, url, sentence) -> None:
    assert f"--base-url {url}: {sentence}" in refused("--base-url", url, "--out", tmp_path / "kit")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("http://status.lab.example", True),
        ("http://status.lab.example:80/dpc", True),
        ("http://status.lab.example:8080", False),
        ("http://192.0.2.7", False),
        ("http://status", False),
    ],
)
def test_a_url_that_no_card_may_have_is_told_from_one_that_it_may(url, fits) -> None:
    assert BaseUrl.parse(url).fits_profile is fits


def test_a_folder_that_has_something_in_it_is_left_alone(refused, tmp_path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert "expected a new or empty folder" in refused("--base-url", URL, "--out", tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_without_a_url_and_with_a_wrong_domain(refused) -> None:
    assert "--base-url: expected the URL" in refused()
    assert "--domain lab: expected a domain name" in refused("--base-url", URL, "--domain", "lab")


def test_it_publishes_until_it_is_stopped(made, serving) -> None:
    process, first = serving
    port = int(first.partition("port ")[2].partition(",")[0])
    assert first.startswith(f"{URL} is published at 127.0.0.1, port {port}")
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
        crl = x509.load_der_x509_crl(http.get("/crls/piv.crl").raise_for_status().content)
        assert len(list(crl)) == 3
        assert http.head("/crls/root.crl").status_code == 200
        assert http.get("/ocsp/piv/@@").status_code == 400
        assert {http.get(path).status_code for path in ("/", "/crls/derived.crl", "/keys/root.pem")} == {404}
        assert http.post("/crls/piv.crl").status_code == 405
    process.send_signal(signal.SIGINT)
    assert (process.wait(20), process.stderr.read()) == (0, "")


def test_where_it_cannot_publish_it_says_why(refused, made, tmp_path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        assert f"--listen {listen}: expected an address that is free" in refused("serve", made, "--listen", listen)
    assert "--listen 8080: expected an address and a port" in refused("serve", made, "--listen", "8080")
    assert "kit.toml: expected a file that can be read" in refused("serve", tmp_path, "--listen", "127.0.0.1:0")


@pytest.mark.parametrize("file", ["cards/good/9 - Fingerprints", "keys/piv.pem", "cards.toml", "roots/root.pem"])
def test_a_kit_that_was_cut_off_is_refused(refused, made, tmp_path, file) -> None:
    kit = tmp_path / "kit"
    shutil.copytree(made, kit)
    content = (kit / file).read_bytes()
    (kit / file).write_bytes(content[: len(content) // 2])
    assert f"{file}: expected the file as it was" in refused("serve", kit, "--listen", "127.0.0.1:0")
    (kit / file).unlink()
    assert f"{file}: expected a file of the kit, which cannot be read" in refused(
        "serve", kit, "--listen", "127.0.0.1:0"
    )
