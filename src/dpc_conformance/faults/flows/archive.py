"""Seeded defects of the archive: records that are purged too early."""

from datetime import timedelta

from dpc_conformance.evidence.decisions import AuditRecord, IssuedCredential
from dpc_conformance.faults.flows.records import CredentialsOf
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.scene import Scene

YEAR = timedelta(days=365)


class KeptForFourYears(AuditLog):
    """Keeps a record for four years: one more than a certificate lives."""

    def records(self) -> tuple[AuditRecord, ...]:
        """See AuditLog."""
        return tuple(record for record in super().records() if self._clock.now() - record.at <= 4 * YEAR)


@fault("audit records are purged a year after the certificate expired", {"DPC-ISS-AUDIT-02"})
def purged(scene: Scene) -> None:
    parts = scene.issuer
    parts.audit = KeptForFourYears(parts.store, parts.clock)


class ForgetsTheExpired(CredentialsOf):
    """Clears a credential out of the account a year after it expired."""

    def of_account(self, account: str) -> tuple[IssuedCredential, ...]:
        """See Credentials."""
        return tuple(each for each in super().of_account(account) if not self._old(each.certificate))

    def _old(self, certificate: bytes) -> bool:
        end = read_certificate(certificate).not_after.moment
        return end is not None and self._clock.now() - end > YEAR


@fault("expired certificates are cleared out of the account after a year", {"DPC-ISS-AUDIT-02"})
def cleared_out(scene: Scene) -> None:
    scene.issuer.credentials = ForgetsTheExpired(scene.issuer)
