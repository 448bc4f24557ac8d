"""Seeded defects around the person: open requests, the limit, phones that are not approved or were lost."""

import sqlite3
from collections.abc import Mapping
from typing import Any

from dpc_conformance.faults.flows.binding_secret import SecretsOf
from dpc_conformance.faults.flows.device_statement import StatementsOf
from dpc_conformance.faults.flows.records import CredentialsOf
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.revocations import Revocations
from dpc_conformance.reference.issuer.sign_ins import SignIn
from dpc_conformance.reference.issuer.store import stamp
from dpc_conformance.reference.issuer.under_way import Begun
from dpc_conformance.reference.scene import Scene


class OneForEachSignIn(SecretsOf):
    """Withdraws what the same sign-in was shown before, and nothing else."""

    def withdraw_older(self, connection: sqlite3.Connection, sign_in: SignIn) -> None:
        """See BindingSecrets."""
        query = "UPDATE secret SET replaced_at=? WHERE sign_in=? AND used_at IS NULL AND replaced_at IS NULL"
        connection.execute(query, (stamp(self._clock.now()), sign_in.number))


@fault("a QR code of an earlier sign-in stays good beside a newer one", {"DPC-ISS-MULTI-04"})
def several_open(scene: Scene) -> None:
    scene.issuer.secrets = OneForEachSignIn(scene.issuer)


class CountsNothing(CredentialsOf):
    """Has a limit and does not count."""

    def limit(self, account: str, connection: sqlite3.Connection | None = None) -> Refusal | None:  # noqa: ARG002
        """See Credentials."""
        return None


@fault("issuer does not keep to its limit of credentials", {"DPC-ISS-LIMIT-01"})
def no_limit(scene: Scene) -> None:
    scene.issuer.credentials = CountsNothing(scene.issuer)


class AnyPhone(StatementsOf):
    """Does not ask whether a phone complies with the organisation's policy."""

    def approval(self, claims: Mapping[str, Any]) -> Refusal | None:  # noqa: ARG002
        """See DeviceStatements."""
        return None


@fault("issuer serves a phone that does not comply with the organisation's policy", {"DPC-ISS-DEVICE-01"})
def any_phone(scene: Scene) -> None:
    scene.issuer.statements = AnyPhone(scene.issuer)


class OfThePast(Revocations):
    """Revokes what was issued, and lets go on what is under way."""

    def withdraw(self, begun: Begun, subject: str, why: str) -> None:
        """See Revocations."""


@fault("issuer goes on with the enrolment of a phone that was reported as lost", {"DPC-LC-LOST-01"})
def goes_on(scene: Scene) -> None:
    parts = scene.issuer
    parts.revocations = OfThePast(parts.store, parts.audit, parts.notifier, parts.revoke, parts.clock)
