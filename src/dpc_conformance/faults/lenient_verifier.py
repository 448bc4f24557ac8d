"""Third-party servers whose verification of certificates errs, where no setting of theirs would do that."""

from pathlib import Path

from dpc_conformance.reference.programs.preload import compiled
from dpc_conformance.reference.scene import Scene

SOURCE = Path(__file__).parent / "lenient_verifier.c"
CRITICAL_EXTENSIONS, PURPOSES, DATES = "CRITICAL_EXTENSIONS", "PURPOSES", "DATES"
ENDED_CRLS, NONCES, NO_OTHER_EXPONENTS = "ENDED_CRLS", "NONCES", "NO_OTHER_EXPONENTS"


def lenient(scene: Scene, what: str) -> tuple[Path, ...]:
    """The libraries by which a server forgives that, one of the words above. Raises MachineLacks."""
    without = "no server would make this mistake"
    return (compiled(SOURCE, scene.stage.folder, without, f"-DFORGIVES={what}"),)
