"""The target: which product plays which role, what it claims, and what a run is to assess; read from a TOML file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from dpc_conformance import HOME
from dpc_conformance.catalogue.answers import products_in
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.claims import Claims
from dpc_conformance.catalogue.conflicts import chosen_options
from dpc_conformance.catalogue.contradictions import contradiction
from dpc_conformance.catalogue.decisions import Attestation, Review, expect_sound
from dpc_conformance.catalogue.editions import Edition
from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.catalogue.scope import Scope, scope_named
from dpc_conformance.catalogue.waivers import Waiver
from dpc_conformance.evidence.events import RunStarted
from dpc_conformance.formats import containers
from dpc_conformance.target_roles import REFERENCE, RoleChoice, roles_from
from dpc_conformance.toml_file import read_model

AIDS = {"derived": containers.DERIVED_PIV_AID, "piv": containers.PIV_AID}
"""What `roles.token.aid` may say."""
AHEAD = timedelta(hours=1)
"""No scenario that a server of the tester's can follow moves the run's clock so far."""
TARGETS = HOME / "fixtures" / "targets"
"""The folder of the targets that come with the suite; a user names one of them without folder and ending."""
REFERENCE_TARGET = TARGETS / "reference.toml"


class TargetError(ValueError):
    """The target, or a file that it names, is wrong; one sentence with the file, the key and what was expected."""


@dataclass(frozen=True)
class Target:
    """A product under test. `options` has an option for each conflict between the sources; paths are resolved.

    `allowed` holds the serials of cards in real readers that the user lets tests write, block and reset.
    """

    file: Path
    name: str
    roles: Mapping[str, RoleChoice]
    claims: Claims
    scope: Scope
    edition: Edition
    options: Mapping[str, str]
    reviews: tuple[Review, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    allowed: frozenset[UUID] = frozenset()
    product: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_reference(self) -> bool:
        """Whether no real product takes part, so that a run is reproducible from its seed."""
        return all(choice.adapter == REFERENCE for choice in self.roles.values())

    def starts(self, machine: datetime) -> datetime:
        """When the run's clock starts, unless the user names another moment; `machine` is the machine's time.

        The servers of a tester live by that, and must not be shown what is not valid yet for them.
        """
        return machine - AHEAD if self.roles["relying_party"].adapter != REFERENCE else machine

    @property
    def players(self) -> dict[str, str]:
        """The adapters by role, or by part of a role."""
        return {player: name for role, choice in self.roles.items() for player, name in choice.players(role).items()}

    @property
    def products(self) -> frozenset[str]:
        """The roles, or parts of roles, that a product plays; none where all is the reference or a card image."""
        return products_in(self.players)

    @property
    def token_aid(self) -> bytes:
        """AID of the derived PIV application on the token: the edition's, unless `roles.token.aid` says otherwise."""
        named = self.roles["token"].settings.get("aid")
        return AIDS[named or ("piv" if self.edition is Edition.R1_FPD else "derived")]

    def choosing(
        self,
        scope: str | None = None,
        edition: str | None = None,
        allow_destructive: Iterable[str] = (),
        workstation: str | None = None,
    ) -> "Target":
        """The same target with what the command line says instead. TargetError names the option."""
        return replace(
            self,
            scope=_scope(scope, "--scope") if scope else self.scope,
            edition=_edition(edition, "--edition") if edition else self.edition,
            allowed=frozenset(map(_serial, allow_destructive)),
            roles={**self.roles, **({"workstation": RoleChoice(workstation, {})} if workstation else {})},
        )

    def started(self, at: datetime, suite_version: str, seed: str, clock: datetime) -> RunStarted:
        """The first event of a run's journal: everything the verdicts depend on, without the roles' settings."""
        return RunStarted(
            at=at,
            suite_version=suite_version,
            target=self.name,
            target_file="" if self.file == REFERENCE_TARGET else self.file.name,
            seed=seed,
            clock=clock,
            edition=self.edition.value,
            scope=self.scope.name,
            reproducible=self.all_reference,
            roles=self.players,
            claims=_sorted_sets(self.claims.model_dump()),
            conflicts=dict(self.options),
            reviews=[each.model_dump(mode="json") for each in self.reviews],
            attestations=[each.model_dump(mode="json") for each in self.attestations],
            waivers=[each.model_dump(mode="json") for each in self.waivers],
            allowed=sorted(map(str, self.allowed)),
            product=dict(self.product),
        )


class Product(BaseModel):
    """The table `product`: what is tested, where, and by whom; a package hands it on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = ""
    version: str = ""
    build: str = ""
    environment: str = ""
    operator: str = ""


class _TargetFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1)
    scope: str = "enrolment"
    edition: str = Edition.FINAL_2014.value
    product: Product = Product()
    claims: Claims = Claims()
    conflicts: dict[str, str] = {}
    roles: dict[str, Any] = {}
    reviews: list[str] = []
    waivers: list[str] = []


class _DecisionsFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    review: list[Review] = []
    attestation: list[Attestation] = []
    waiver: list[Waiver] = []


def load_target(path: Path | None = None) -> Target:
    """The target in a file, one that comes with the suite by its name, or the reference. Raises TargetError.

    Paths in a file start at its folder.
    """
    file = file_of(path) if path else REFERENCE_TARGET
    content = read_model(file, _TargetFile, TargetError)
    decided = [_decisions(file.parent / each) for each in (*content.reviews, *content.waivers)]
    try:
        target = Target(
            file=file,
            name=content.name,
            roles=roles_from(content.roles, file, TargetError),
            product={name: value for name, value in content.product.model_dump().items() if value},
            claims=content.claims,
            scope=_scope(content.scope, f"{file}: scope"),
            edition=_edition(content.edition, f"{file}: edition"),
            options=chosen_options(content.conflicts, f"{file}: conflicts"),
            reviews=tuple(each for one in decided for each in one.review),
            attestations=tuple(each for one in decided for each in one.attestation),
            waivers=tuple(each for one in decided for each in one.waiver),
        )
        _expect_no_simulated_product(target)
        if problem := contradiction(target.claims):
            raise TargetError(f"{file}: {problem}")
        expect_sound(target.reviews, target.attestations, target.waivers, load_catalogue(), str(file))
    except CatalogueError as error:
        raise TargetError(str(error)) from None
    return target


def file_of(path: Path) -> Path:
    """The file of a target that comes with the suite, by its name; any other path as it is."""
    supplied = TARGETS / f"{path}.toml"
    return supplied if supplied.parent == TARGETS and supplied.exists() and not path.exists() else path


def _decisions(file: Path) -> _DecisionsFile:
    content = read_model(file, _DecisionsFile, TargetError)
    try:
        expect_sound(content.review, content.attestation, content.waiver, load_catalogue(), str(file))
    except CatalogueError as error:
        raise TargetError(str(error)) from None
    return content


def _expect_no_simulated_product(target: Target) -> None:
    real = [player for player in target.players if player in target.products]
    if target.claims.simulation and real:
        raise TargetError(f"{target.file}: claims.simulation: only the reference is one; roles.{real[0]} is not")


def _scope(name: str, where: str) -> Scope:
    try:
        return scope_named(name, where)
    except CatalogueError as error:
        raise TargetError(str(error)) from None


def _serial(text: str) -> UUID:
    try:
        return UUID(text.strip().removeprefix("urn:uuid:"))
    except ValueError:
        raise TargetError(
            f"--allow-destructive {text}: expected the serial number of a card: its GUID, 32 hexadecimal digits"
        ) from None


def _edition(name: str, where: str) -> Edition:
    try:
        return Edition(name)
    except ValueError:
        raise TargetError(f"{where}: expected one of {', '.join(Edition)}, not {name!r}") from None


def _sorted_sets(values: dict[str, Any]) -> dict[str, Any]:
    return {key: sorted(value) if isinstance(value, frozenset) else value for key, value in values.items()}
