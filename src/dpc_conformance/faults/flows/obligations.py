"""Seeded defects of the subscriber obligations: not asked for, or not on record."""

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.kiosk import Kiosk
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.sign_ins import SignIn, SignIns
from dpc_conformance.reference.issuer.store import stamp
from dpc_conformance.reference.scene import Scene


class Undemanding(Kiosk):
    """Shows the box, and goes on without it."""

    def obliged(self, ticked: bool) -> Refusal | None:  # noqa: ARG002
        """See Kiosk."""
        return None


@fault("kiosk does not insist on the obligations", {"DPC-ISS-ACCEPT-01"})
def not_asked(scene: Scene) -> None:
    parts = scene.issuer
    parts.kiosk = Undemanding(**vars(parts.kiosk))


class Forgetful(SignIns):
    """Does not keep in the audit record that the obligations were accepted."""

    def accept_obligations(self, sign_in: SignIn) -> None:
        """See SignIns."""
        with self._store.write() as connection:
            now = stamp(self._clock.now())
            connection.execute("UPDATE sign_in SET obligations_at=? WHERE id=?", (now, sign_in.number))


@fault("acceptance of the obligations is not on record", {"DPC-ISS-ACCEPT-01"})
def not_recorded(scene: Scene) -> None:
    parts = scene.issuer
    parts.sign_ins = Forgetful(
        parts.store, parts.audit, parts.clock, parts.randomness.branch("sign-ins"), parts.settings
    )
