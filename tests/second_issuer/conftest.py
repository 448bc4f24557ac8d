"""The badge office on sockets of its own, and the target that describes it: TOML, and no line of Python."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from badge_office import ADMIN_TOKEN, HOST, BadgeOffice
from cryptography.hazmat.primitives.serialization import Encoding
from flask import Flask, abort

from dpc_conformance.cli import main
from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SystemEntropy
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.reference.serving.server import WebServer

Edit = Callable[[str], str]
HERE = Path(__file__).parent


class Open:
    """The office while it is open: three servers, and a folder with its target."""

    def __init__(self, folder: Path, flaw: str) -> None:
        self.office = BadgeOffice(flaw)
        now = datetime.now(UTC)
        tls = TlsAuthority(now, SystemEntropy())
        clock = lambda: RunClock(datetime.now(UTC))  # noqa: E731
        self.servers = [
            WebServer(clock, tls.identity(HOST)),
            WebServer(clock, tls.identity(HOST), ask_client_certificate=True),
            WebServer(clock, None),
        ]
        for server, app in zip(self.servers, (self.office.app, self.office.card_app, self._pki()), strict=True):
            server.serve(app)
        self.servers[1].on_refused = lambda _: self.office.note("unknown", "LOGON", "", False, "C0-NOKEY")
        self.target = folder / "office.toml"
        (folder / "tls.pem").write_bytes(tls.root.public_bytes(Encoding.PEM))
        (folder / "root.pem").write_bytes(self.office.authority.root.public_bytes(Encoding.PEM))
        (folder / "authority.pem").write_bytes(self.office.authority.authority.public_bytes(Encoding.PEM))
        ports = {
            f"@{name}@": str(server.port) for name, server in zip(("https", "door", "pki"), self.servers, strict=True)
        }
        text = (HERE / "office.toml").read_text()
        for mark, port in ports.items():
            text = text.replace(mark, port)
        self.target.write_text(text)

    def close(self) -> None:
        for server in self.servers:
            server.close()

    def _pki(self) -> Flask:
        app = Flask("pki", root_path=str(HERE))

        @app.get("/<path>")
        def file(path: str) -> bytes:
            try:
                return self.office.authority.published(path, self.office.now)
            except KeyError:
                abort(404)

        return app


@pytest.fixture
def opened(tmp_path, monkeypatch) -> Iterator[Callable[[str], Open]]:
    """Opens the office, with one flaw if so."""
    monkeypatch.setenv("OFFICE_TOKEN", ADMIN_TOKEN)
    made: list[Open] = []

    def opens(flaw: str = "") -> Open:
        made.append(Open(tmp_path, flaw))
        return made[-1]

    yield opens
    for each in made:
        each.close()


@pytest.fixture
def verdicts(opened, tmp_path) -> Callable[..., dict[str, tuple[str, str]]]:
    """Runs scenarios against the office: verdict and reason code of each requirement that was looked at."""

    def ran(*words: str, flaw: str = "", edit: Edit = str) -> dict[str, tuple[str, str]]:
        target, reports = opened(flaw).target, tmp_path / "reports"
        target.write_text(edit(target.read_text()))
        main(["run", "--target", str(target), "--reports", str(reports), *words])
        statement = json.loads((reports / "statement.json").read_text())
        return {each["id"]: (each["verdict"], each["reason"]) for each in statement["requirements"]}

    return ran
