"""What somebody else's distribution holds: a web application behind the role, which may lack verbs or misbehave."""

import socket
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from dpc_conformance.adapters.adapter import Adapter, SceneChange
from dpc_conformance.faults.registry import fault_named
from dpc_conformance.reference.relying_party.application import ReferenceRelyingParty
from dpc_conformance.reference.scene import Scene
from dpc_conformance.target import Target, TargetError
from dpc_conformance.toml_file import fit

HOST = "app.dpc.example"


class TheirSettings(BaseModel):
    """The table `roles.relying_party`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    password: str = Field("a password", repr=False)
    lacks: tuple[str, ...] = ()
    """The verbs that it does not have."""
    misbehaves: tuple[str, ...] = ()
    """In which ways it breaks the contract of adapters."""
    accepts_revoked: bool = False
    """Whether it lets in whoever has a revoked credential."""


class TheirApplication:
    """Implements roles.relying_party.RelyingParty, or not quite."""

    def __init__(self, settings: TheirSettings, inner: ReferenceRelyingParty) -> None:
        self._settings, self._inner = settings, inner

    def __getattr__(self, name: str) -> Any:
        if name in self._settings.lacks:
            raise AttributeError(name)
        value = getattr(self._inner, name)
        return value.encode() if name == "address" and "wrong type" in self._settings.misbehaves else value

    def __repr__(self) -> str:
        shown = self._settings.password if "tells the password" in self._settings.misbehaves else "..."
        return f"TheirApplication({shown})"


def read(settings: Mapping[str, Any], target: Target) -> SceneChange:
    """Check the table."""
    wanted = fit(settings, TheirSettings, f"{target.file}: roles.relying_party.", TargetError)

    def change(scene: Scene) -> None:
        if "keeps the password from the recorder" not in wanted.misbehaves:
            scene.recorder.keep_secret(wanted.password)
        scene.players["relying_party"] = lambda: play(wanted, scene)

    return change


def play(settings: TheirSettings, scene: Scene) -> TheirApplication:
    """Put the application on the network."""
    if settings.accepts_revoked:
        fault_named("web application accepts a revoked credential").swap(scene)
    application = ReferenceRelyingParty(scene.relying_party)
    scene.stage.serve_sign_in(HOST, application.app, application.refused_at_tls)
    if "leaves a socket open" in settings.misbehaves:
        socket.socket()
    return TheirApplication(settings, application)


ADAPTER = Adapter("relying_party", "theirs", "Their web application.", TheirSettings, read, parallel=True)
