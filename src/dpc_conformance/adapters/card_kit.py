"""`adapter = "kit"` for the role card: the cards of a kit that `dpc kit` made are those of every scenario."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from dpc_conformance.adapters.adapter import Adapter
from dpc_conformance.adapters.card_in_hand import have_cards_judged
from dpc_conformance.clock import machine_now
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.path_judge import PathJudge
from dpc_conformance.reference.issuer.status_source import HttpStatus
from dpc_conformance.reference.kit.kit import Kit, KitError
from dpc_conformance.reference.kit.publishing import Publishing
from dpc_conformance.reference.kit.stock import KitCardStock
from dpc_conformance.reference.scene import Scene
from dpc_conformance.target import Target, TargetError
from dpc_conformance.toml_file import fit

KEY = "roles.card"


class KitSettings(BaseModel):
    """The table `roles.card` of a target file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: Path
    """What `dpc kit` wrote."""


@dataclass(frozen=True)
class CardKit:
    """Every card is the kit's; identity provider and issuer believe the kit's root about cards, and no other."""

    kit: Kit

    @classmethod
    def read(cls, settings: Mapping[str, Any], target: Target) -> "CardKit":
        """Read the whole kit, each card too. TargetError: target file, key, problem."""
        where = f"{target.file}: {KEY}."
        wanted = fit(settings, KitSettings, where, TargetError)
        try:
            kit = Kit.read(target.file.parent / wanted.folder)
            for kind in kit.cards:
                kit.card(kind)
        except KitError as problem:
            raise TargetError(f"{where}folder: {problem}") from None
        if kit.ended(machine_now()):
            raise TargetError(f"{where}folder: {kit.folder}: expected a kit that has not ended; make a new one")
        return cls(kit)

    def __call__(self, scene: Scene) -> None:
        """Change the scene."""
        kit = self.kit
        # The same CRLs and answers as `dpc kit serve` gives to a product: for the roles that the reference plays.
        scene.status.others[kit.url.host] = Publishing(kit, scene.clock.now).app
        scene.stock = KitCardStock(kit, scene.people_register, scene.recorder.keep_secret)
        scene.card_roots, scene.card_authorities = [kit.root], kit.intermediates
        scene.more_anchors.append(kit.root)
        scene.more_authorities += kit.intermediates
        # First, because what follows asks for the issuer's parts.
        scene.on_issuer.append(lambda parts: self._have_operators_judged(scene, parts))
        have_cards_judged(scene, lambda policies: self._judge(scene, policies))

    def _have_operators_judged(self, scene: Scene, parts: IssuerParts) -> None:
        """Operators log on with a card of the kit, or with whatever else the run's own PKI issued to them."""
        judge, own = self._judge(scene, parts.settings.operator_policies), scene.stage.pki
        parts.hardware.operator_judge = replace(judge, intermediates=[*self.kit.intermediates, *own.intermediates()])

    def _judge(self, scene: Scene, policies: frozenset[str]) -> PathJudge:
        """Who issues derived credentials knows its own, and cards of the kit; of other PIV Cards nothing."""
        own, kit = scene.stage.pki, self.kit
        return PathJudge(
            [kit.root, own.trust_anchor],
            [*kit.intermediates, own.intermediate.certificate, own.derived_authority.certificate],
            policies,
            HttpStatus(scene.server_http()),
            scene.clock,
        )


ADAPTER = Adapter("card", "kit", "The cards of a kit that `dpc kit` made.", KitSettings, CardKit.read, True)
