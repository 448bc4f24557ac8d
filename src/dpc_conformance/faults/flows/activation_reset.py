"""Seeded defects of the reset of an activation secret, and of what becomes of a credential that was not reset."""

import sqlite3
from collections.abc import Callable

from flask.typing import ResponseReturnValue

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.binding_secrets import BindingSecrets, PendingBinding
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.reset_page import GIVE_UP, ResetPage, ReturnRefusal
from dpc_conformance.reference.issuer.settings import RESET_PROFILE
from dpc_conformance.reference.issuer.sign_ins import SignIn
from dpc_conformance.reference.issuer.store import moment
from dpc_conformance.reference.issuer.unblocking import ACTION, UnblockingKeys
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.reasons import Reason


class Reusable(BindingSecrets):
    """Knows codes for a reset that are good as long as they live."""

    def spend(self, connection: sqlite3.Connection, pending: PendingBinding, device_id: str) -> Refusal | None:
        """See BindingSecrets."""
        refusal = super().spend(connection, pending, device_id)
        return None if pending.profile == RESET_PROFILE.caption else refusal

    def _find(self, connection: sqlite3.Connection, key: str) -> PendingBinding | Refusal:
        found = super()._find(connection, key)
        query = "SELECT secret.*, account FROM secret JOIN sign_in ON sign_in.id=secret.sign_in WHERE hash=?"
        row = connection.execute(query, (key,)).fetchone()
        spent = isinstance(found, Refusal) and found.reason == Reason.SECRET_USED
        if spent and row["profile"] == RESET_PROFILE.caption:
            return PendingBinding(key, row["sign_in"], row["account"], row["profile"])
        return found


@fault("code for a reset can be used again", {"DPC-ACT-RESET-01"})
def reusable(scene: Scene) -> None:
    parts = scene.issuer
    parts.secrets = Reusable(
        parts.store, parts.audit, parts.clock, parts.randomness.branch("reusable secrets"), parts.settings
    )


class Silent(AuditLog):
    """Keeps no record of resets."""

    def accept(self, connection: sqlite3.Connection, actor: str, action: str, subject: str, detail: str = "") -> None:
        """See AuditLog."""
        if action != ACTION:
            super().accept(connection, actor, action, subject, detail)


@fault("release of an unblocking key is not on record", {"DPC-ACT-RESET-01"})
def silent(scene: Scene) -> None:
    parts = scene.issuer
    log = Silent(parts.store, parts.clock)
    parts.unblocking = UnblockingKeys(parts.store, log, parts.entropy.branch("silent"), parts.settings)


class HelpDesk(ResetPage):
    """Resets for whoever asks: the newest sign-in of anybody will do."""

    def answer(
        self, sign_in: SignIn | None, refuse: ReturnRefusal, then: Callable[[SignIn], ResponseReturnValue]
    ) -> ResponseReturnValue:
        """See ResetPage."""
        row = self.store.read().execute("SELECT * FROM sign_in ORDER BY id DESC LIMIT 1").fetchone()
        newest = SignIn(row["id"], row["account"], row["piv_certificate"], moment(row["verified_at"]), None)
        return super().answer(sign_in or newest, refuse, then)


class LeavesValid(ResetPage):
    """Notes that a credential was given up, and leaves its certificates alone."""

    def give_up(self, account: str, device_id: str) -> None:
        """See ResetPage."""
        with self.store.write() as connection:
            self.audit.accept(connection, account, GIVE_UP, f"device {device_id}", "the activation secret is lost")


def _with_page(scene: Scene, kind: type[ResetPage]) -> None:
    scene.issuer.reset_page = kind(**vars(scene.issuer.reset_page))


@fault("kiosk resets the activation secret for whoever asks", {"DPC-ACT-RESET-03"})
def help_desk(scene: Scene) -> None:
    _with_page(scene, HelpDesk)


@fault("credential that was given up stays valid", {"DPC-ACT-RESET-02"})
def leaves_valid(scene: Scene) -> None:
    _with_page(scene, LeavesValid)
