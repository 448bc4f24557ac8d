"""Seeded defects of the issuer's limit: a race past it, places that never become free again."""

import sqlite3

from dpc_conformance.faults.flows.records import CredentialsOf
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.settings import AUTHENTICATION
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.reasons import Reason


class LooksAtTheKioskOnly(CredentialsOf):
    """Looks at the limit when somebody asks for a code, and not when the certificate is made."""

    def limit(self, account: str, connection: sqlite3.Connection | None = None) -> Refusal | None:
        """See Credentials."""
        return super().limit(account) if connection is None else None


@fault("requests that race each other get past the issuer's limit", {"DPC-ISS-LIMIT-01"})
def race(scene: Scene) -> None:
    scene.issuer.credentials = LooksAtTheKioskOnly(scene.issuer)


class CountsTheRevoked(CredentialsOf):
    """Counts every credential that was ever issued."""

    def limit(self, account: str, connection: sqlite3.Connection | None = None) -> Refusal | None:  # noqa: ARG002
        """See Credentials."""
        issued = [each for each in self.of_account(account) if each.usage == AUTHENTICATION]
        full = len({each.device_id for each in issued}) >= self._settings.most_credentials
        return Refusal(Reason.LIMIT, "no more phones") if full else None


@fault("revoked credentials keep their place", {"DPC-ISS-LIMIT-01"})
def revoked_keep_their_place(scene: Scene) -> None:
    scene.issuer.credentials = CountsTheRevoked(scene.issuer)
