"""Third-party servers whose verification of certificates errs, where no setting of theirs would do that."""

from pathlib import Path

from dpc_conformance.reference.programs.installed import library
from dpc_conformance.reference.programs.preload import compiled
from dpc_conformance.reference.scene import Scene

SOURCE, GATEWAY = Path(__file__).parent / "lenient_verifier.c", Path(__file__).parent / "lenient_gateway.c"
PACKAGE = "libstrongswan"
WITHOUT = "no server would make this mistake"
CRITICAL_EXTENSIONS, PURPOSES, DATES = "CRITICAL_EXTENSIONS", "PURPOSES", "DATES"
ENDED_CRLS, NONCES, NO_OTHER_EXPONENTS = "ENDED_CRLS", "NONCES", "NO_OTHER_EXPONENTS"


def lenient(scene: Scene, what: str) -> tuple[Path, ...]:
    """The libraries by which a server forgives that, one of the words above. Raises MachineLacks."""
    return (compiled(SOURCE, scene.stage.folder, WITHOUT, f"-DFORGIVES={what}"),)


def dateless_gateway(scene: Scene) -> tuple[Path, ...]:
    """The libraries by which strongSwan does not look at dates. Raises MachineLacks."""
    plugins = library("ipsec/plugins", PACKAGE)
    return (compiled(GATEWAY, scene.stage.folder, WITHOUT, f'-DPLUGINS="{plugins}"'),)
