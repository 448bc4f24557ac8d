"""A status service in a few parts, any of which may misbehave, and the client that observes it over two days."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from dpc_conformance.checks.status.lifetime import OF_A_SHARED_PROVIDER
from dpc_conformance.evidence.observations import Fetched, Observations, Purpose, StatusChanged
from dpc_conformance.faults.certificates.encoding import context, integer, oid, sequence, set_of, utc_time
from dpc_conformance.faults.certificates.material import CRL_URI, NOT_AFTER, NOW, OCSP_URI, P7C_URI, ca_template, good
from dpc_conformance.faults.certificates.template import ExtensionParts
from dpc_conformance.faults.status.material import REVOKED_STATUS, CrlTemplate, OcspTemplate, entry, reason
from dpc_conformance.formats import oids

HOUR = timedelta(hours=1)
BEGIN = NOW - 2 * timedelta(days=1)
Entries = Callable[[datetime], bytes]


def certs_only(*certificates: bytes) -> bytes:
    """A CMS message that only carries certificates."""
    data = sequence(oid("1.2.840.113549.1.7.1"))
    message = sequence(integer(1), set_of(), data, context(0, *certificates), set_of())
    return sequence(oid(oids.SIGNED_DATA), context(0, message))


def nobody(_: datetime) -> bytes:
    """No entries."""
    return b""


def listing(serial: int, since: datetime, until: datetime = NOT_AFTER, code: int | None = 1) -> Entries:
    """An entry on every CRL made from one moment up to another."""

    def entries(made: datetime) -> bytes:
        held = (reason(code),) if code is not None else ()
        return sequence(entry(serial, *held)) if since <= made <= until else b""

    return entries


@dataclass(frozen=True)
class Server:
    """What the service does. `every` is how often a CRL is made, `publishes` how long after it can be fetched."""

    every: timedelta = 12 * HOUR
    publishes: timedelta = HOUR
    lasts: timedelta = 36 * HOUR
    entries: Entries = nobody
    crl_type: str = "application/pkix-crl"
    file_type: str = "application/pkcs7-mime"
    ocsp_type: str = "application/ocsp-response"
    file: Callable[[], bytes] = field(default=lambda: certs_only(ca_template().signed()))
    wrap: Callable[[bytes], bytes] = bytes
    took: dict[Purpose, timedelta] = field(default_factory=dict)
    status: dict[Purpose, int] = field(default_factory=dict)
    crl_url: str = CRL_URI

    def crl(self, at: datetime) -> bytes:
        """The CRL that is published at a moment."""
        number = max((at - BEGIN - self.publishes) // self.every, 0)
        made = BEGIN + number * self.every
        aki = CrlTemplate().extensions[0]
        template = CrlTemplate(
            this_update=utc_time(made), next_update=utc_time(made + self.lasts), entries=self.entries(made)
        )
        numbered = replace(template, extensions=(aki, ExtensionParts(oids.CRL_NUMBER, integer(100 + number))))
        return self.wrap(numbered.signed())

    def _fetched(self, at: datetime, purpose: Purpose, url: str, media_type: str, body: bytes) -> Fetched:
        status, took = self.status.get(purpose, 200), self.took.get(purpose, timedelta(milliseconds=30))
        return Fetched(at, purpose, url, status, media_type, body if status == 200 else b"", took)

    def observed(self, *changes: StatusChanged) -> Observations:
        """What a client sees that fetches everything each hour for two days, among changes asked for meanwhile."""
        seen: list[Any] = list(changes)
        for number in range(49):
            at = BEGIN + number * HOUR
            seen.append(self._fetched(at, "crl", self.crl_url, self.crl_type, self.crl(at)))
        status = REVOKED_STATUS if self.entries(NOW - HOUR) else OcspTemplate().status
        response = OcspTemplate(status=status, produced_at=NOW, this_update=NOW - HOUR).signed()
        seen.append(self._fetched(NOW, "ocsp", OCSP_URI, self.ocsp_type, response))
        seen.append(self._fetched(NOW, "certificates", P7C_URI, self.file_type, self.file()))
        return tuple(sorted(seen, key=lambda one: one.at))


def evidence() -> dict[str, Any]:
    """What the judge is told besides the observations."""
    return {
        "moment": NOW,
        "certificate": good().signed(),
        "issuer": ca_template().signed(),
        "longest": OF_A_SHARED_PROVIDER,
    }
