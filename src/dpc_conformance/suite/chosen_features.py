"""From what a user names on the command line to what a worker collects; the sanity scenarios are always among it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dpc_conformance import HOME
from dpc_conformance.evidence.events import SANITY_CLOSES, SANITY_OPENS


class NoSuchFeature(ValueError):
    """A path that is neither below the user's folder nor below the suite's."""


@dataclass(frozen=True)
class Chosen:
    """`paths` go to pytest; of the files in `only_sanity` just the sanity scenarios run.

    `named` is what the user named, empty where that is everything of the suite and nothing else.
    """

    paths: tuple[str, ...]
    only_sanity: tuple[Path, ...]
    named: tuple[str, ...] = ()

    @classmethod
    def everything(cls) -> "Chosen":
        """All features of the suite."""
        return cls((str(HOME / "features"),), ())

    def arguments(self) -> tuple[str, ...]:
        """The worker's arguments."""
        extra = [str(path) for path in self.only_sanity]
        flags = [f"--sanity-file={path}" for path in extra]
        return ("--sanity=both", *flags, *self.paths, *extra)


def choose(named: Sequence[str], home: Path, here: Path) -> Chosen:
    """What to collect. A name is a folder, a .feature file or a scenario's node id. Raises NoSuchFeature."""
    if not named:
        return Chosen((str(home / "features"),), ())
    paths = [_found(name, home, here) for name in named]
    files = [Path(path.partition("::")[0]).resolve() for path in paths]
    sanity = [path for path in sanity_files(home) if not any(path.is_relative_to(file) for file in files)]
    ours = (home / "features").resolve()
    # With features of others' beside it, which bring steps of their own, it is not the suite's run any more.
    everything = str(ours) in paths and all(file.is_relative_to(ours) for file in files)
    return Chosen(tuple(paths), tuple(sanity), () if everything else tuple(named))


def sanity_files(home: Path) -> list[Path]:
    """The features with a scenario that opens or closes a run."""
    marks = (f"@{SANITY_OPENS}", f"@{SANITY_CLOSES}")
    features = sorted((home / "features").rglob("*.feature"))
    return [path.resolve() for path in features if any(mark in path.read_text("utf-8") for mark in marks)]


def _found(name: str, home: Path, here: Path) -> str:
    path, separator, scenario = name.partition("::")
    ours = (home / path).resolve()
    for found in ((here / path).resolve(), *([ours] if ours.is_relative_to((home / "features").resolve()) else [])):
        if _holds_features(found):
            return f"{found}{separator}{scenario}"
    raise NoSuchFeature(f"{name}: expected a .feature file or a folder of features")


def _holds_features(path: Path) -> bool:
    if path.is_dir():
        return any(path.rglob("*.feature"))
    return path.suffix == ".feature" and path.is_file()
