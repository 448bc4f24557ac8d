"""Seeded defects of the device manager when its issuer is deleted, added again, or exchanged for another."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dpc_conformance.faults.registry import fault
from dpc_conformance.protocols.device_profiles import Deployed
from dpc_conformance.reference.device_manager.profiles import Assigned, Deployment
from dpc_conformance.reference.device_manager.register import ManagedDevice
from dpc_conformance.reference.scene import Scene


def _stands_also(scene: Scene, when: Callable[[], bool]) -> None:
    """What a phone holds stands besides when that is so."""
    held = scene.device_manager.held
    stands = held.stands
    held.stands = lambda device_id, generation: when() or stands(device_id, generation)  # type: ignore[method-assign]


@fault("credential of a deleted issuer keeps working", {"LIFE-08", "DPC-LC-DESTROY-01"})
def keeps_working(scene: Scene) -> None:
    _stands_also(scene, lambda: True)


@fault("credential keeps working when its issuer is deleted and added again", {"LIFE-08"})
def added_again(scene: Scene) -> None:
    setting = scene.device_manager.setting
    _stands_also(scene, lambda: setting.current() is not None)


class WithoutEdit(Deployment):
    """Deploys profiles of a deleted issuer as soon as there is a credential again."""

    def for_phone(
        self, device_id: str, assigned: Assigned, held: Mapping[str, bytes], generation: int
    ) -> Deployed | None:
        """See Deployment."""
        return super().for_phone(device_id, replace(assigned, generation=generation), held, generation)


@fault("profiles come back with their issuer, and nobody edited them", {"LIFE-08"})
def without_edit(scene: Scene) -> None:
    scene.device_manager.check_ins.deployment = WithoutEdit()


@fault("nobody is asked when the device manager gets another issuer", {"LIFE-09"})
def nobody_is_asked(scene: Scene) -> None:
    notifier = scene.device_manager.notifier
    first_time = notifier.first_time

    def once_in_its_life(managed: ManagedDevice, generation: int) -> bool:  # noqa: ARG001
        return first_time(managed, 1)

    notifier.first_time = once_in_its_life  # type: ignore[method-assign]
