"""What a certificate replaces goes out of use when it has arrived, so that two never live side by side (CP §4.7)."""

from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.credentials import DELIVERED, SIGNED
from dpc_conformance.reference.issuer.revocations import Revocations
from dpc_conformance.reference.issuer.settings import KEY_MANAGEMENT
from dpc_conformance.reference.issuer.store import Store, stamp


class Replacements:
    """Books the arrival of a re-keyed certificate, and has its predecessor revoked as superseded."""

    def __init__(self, store: Store, audit: AuditLog, revocations: Revocations, clock: RunClock) -> None:
        self._store, self._audit, self._revocations, self._clock = store, audit, revocations, clock

    def rekeyed(self, certificate: x509.Certificate) -> None:
        """That certificate is installed. Nothing happens for one that was issued at an enrolment."""
        serial = f"{certificate.serial_number:x}"
        with self._store.write() as connection:
            row = connection.execute("SELECT * FROM credential WHERE serial=?", (serial,)).fetchone()
            if row is None or not row["grant_id"].startswith("renewal of "):
                return
            if connection.execute(
                "UPDATE credential SET status=?, delivered_at=? WHERE id=? AND status=?",
                (DELIVERED, stamp(self._clock.now()), row["id"], SIGNED),
            ).rowcount:
                self._audit.accept(connection, row["account"], "deliver", serial, f"to device {row['device_id']}")
        self.retire_formers(serial)

    def retire_formers(self, serial: str) -> None:
        """Revoke what the certificate with that serial number replaces: older ones on the same device for the same use.

        A key-management certificate stays: what was encrypted for it is still to be read.
        """
        query = (
            "SELECT former.serial FROM credential AS former JOIN credential AS new ON new.account=former.account"
            " AND new.device_id=former.device_id AND new.usage=former.usage AND former.id<new.id"
            " WHERE new.serial=? AND new.usage!=? AND former.status IN (?,?) ORDER BY former.id"
        )
        found = self._store.read().execute(query, (serial, KEY_MANAGEMENT, SIGNED, DELIVERED)).fetchall()
        for row in found:
            self._revocations.of_serial(row["serial"], "superseded", f"certificate {serial} has taken its place")
