"""Builds the removable token of a scenario, and nothing of the enrolment journey."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from dpc_conformance.adapters.adapter import SceneChange
from dpc_conformance.casting_trust import trust_of
from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.stage import ReferenceStage
from dpc_conformance.roles.cast import TokenCast
from dpc_conformance.roles.token import TokenSecrets


@contextmanager
def play_token(
    stage: ReferenceStage, recorder: Recorder, name: str, aid: bytes, swaps: Iterable[SceneChange]
) -> Iterator[TokenCast]:
    """The cast of the scenario `name`; `swaps` are adapters and seeded defects."""
    clock = stage.clock = RunClock(stage.start)
    scene = Scene(stage, clock, recorder, stage.entropy.branch(name), token_aid=aid)
    for swap in swaps:
        swap(scene)

    def status(environment: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        # Few scenarios ask for the status of a certificate; the service is built for those.
        return scene.status.app(environment, start_response)

    stage.status.serve(status)
    _keep_secrets(recorder, scene.token.secrets)
    try:
        yield TokenCast(clock, recorder, scene.token, trust_of(scene))
    finally:
        scene.close()


def _keep_secrets(recorder: Recorder, secrets: TokenSecrets) -> None:
    text = secrets.activation_secret
    recorder.keep_secret(text)
    for raw in (text.encode(), secrets.unblocking_key, secrets.administration_key):
        recorder.keep_secret(raw.hex().upper())
