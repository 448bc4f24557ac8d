"""The catalogue: every requirement the suite knows, loaded once from the files under `requirements/`."""

import difflib
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from dpc_conformance.catalogue.requirement import CatalogueError, Requirement, requirement_from

FOLDER = Path(__file__).parent / "requirements"


class Catalogue:
    """Requirements in the order of the files; `catalogue[id]` and `id in catalogue` look one up."""

    def __init__(self, requirements: Iterable[Requirement]) -> None:
        """CatalogueError when two requirements have one id."""
        self._by_id: dict[str, Requirement] = {}
        for requirement in requirements:
            if requirement.id in self._by_id:
                raise CatalogueError(f"{requirement.id} stands in the catalogue twice; expected every id once")
            self._by_id[requirement.id] = requirement

    def __getitem__(self, identifier: str) -> Requirement:
        return self._by_id[identifier]

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._by_id

    def __iter__(self) -> Iterator[Requirement]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def nearest(self, identifier: str) -> str | None:
        """The id that a misspelled one most likely means; None when nothing is near."""
        close = difflib.get_close_matches(identifier.upper(), self._by_id, n=1, cutoff=0.6)
        return close[0] if close else None

    def expect(self, identifier: str, where: str) -> Requirement:
        """The requirement of that id. CatalogueError names `where` the id stands and the nearest right one."""
        if identifier in self._by_id:
            return self._by_id[identifier]
        near = self.nearest(identifier)
        meant = f"; did you mean {near}?" if near else ""
        raise CatalogueError(f"{where}: {identifier} is not in the catalogue{meant}")

    def select(self, patterns: Iterable[str], where: str) -> frozenset[str]:
        """Ids meant by full ids or by leading parts such as DPC-ISS. CatalogueError when one of them means nothing."""
        chosen: set[str] = set()
        for pattern in patterns:
            found = [each for each in self._by_id if each == pattern or each.startswith(f"{pattern}-")]
            chosen.update(found or [self.expect(pattern, where).id])
        return frozenset(chosen)


@cache
def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """The catalogue in a folder, read once per process. CatalogueError when a file is wrong."""
    return Catalogue(each for path in sorted(folder.glob("*.toml")) for each in _read(path))


def _read(path: Path) -> Iterator[Requirement]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path}: expected TOML: {error}") from None
    for identifier, entry in tables.items():
        requirement = requirement_from(identifier, entry, path.name)
        if requirement.group != path.stem:
            raise CatalogueError(f"{path.name}: {identifier} belongs into {requirement.group}.toml")
        yield requirement
