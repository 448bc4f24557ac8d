"""Seeded defects of modification: changes of account and card that do not reach the credential."""

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.modification import Modifications
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.people import Person


class ModificationsOf(Modifications):
    """The issuer's modifications, as a defect changes them."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(
            parts.store, parts.audit, parts.holder_records, parts.notifier, parts.revocations, parts.clock,
            parts.settings,
        )  # fmt: skip


class NameOfOld(ModificationsOf):
    """Notes a new name in the account only."""

    def change_name(self, person: Person) -> None:
        """See Modifications."""
        with self._store.write() as connection:
            self._audit.accept(connection, "registrar", "change-name", person.account, person.common_name)


@fault("change of name does not reach the credential", {"DPC-LC-MOD-01"})
def name_of_old(scene: Scene) -> None:
    scene.issuer.maintenance.modifications = NameOfOld(scene.issuer)


class WithoutDeadline(ModificationsOf):
    """Asks for a correction and leaves it at that."""

    def _at(self, serial: str, due: object) -> None:
        """See Modifications."""


@fault("correction that nobody asks for never comes", {"DPC-LC-MOD-01"})
def without_deadline(scene: Scene) -> None:
    scene.issuer.maintenance.modifications = WithoutDeadline(scene.issuer)


@fault("issuer does not compare credentials with a reissued card", {"DPC-LC-MOD-03"})
def not_compared(scene: Scene) -> None:
    scene.issuer.maintenance.lifecycle.on_new_card.clear()
