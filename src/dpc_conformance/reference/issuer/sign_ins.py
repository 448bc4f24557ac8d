"""Sign-ins at the kiosk: a one-time ticket from the certificate port becomes a session on the ordinary port."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.pki_auth import Authenticated
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.store import Store, moment, stamp

TOKEN_BYTES = 32


def digest(secret: str) -> str:
    """How a ticket, session, binding secret or token is stored: SHA-256, hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True)
class SignIn:
    """A completed PKI-AUTH. `obligations_at` is when the person accepted the subscriber obligations, if so."""

    number: int
    account: str
    piv_certificate: bytes
    verified_at: datetime
    obligations_at: datetime | None

    @property
    def certificate(self) -> x509.Certificate:
        """The PIV Authentication certificate that was used."""
        return x509.load_der_x509_certificate(self.piv_certificate)


class SignIns:
    """Server-side sessions; the browser holds nothing but a random value, of which only the hash is stored."""

    def __init__(
        self, store: Store, audit: AuditLog, clock: RunClock, entropy: Entropy, settings: IssuerSettings
    ) -> None:
        self._store, self._audit, self._clock = store, audit, clock
        self._entropy, self._settings = entropy, settings

    def begin(self, who: Authenticated) -> str:
        """Record the sign-in and hand out its ticket, good once and for a minute."""
        ticket = base64url(self._entropy.bytes(TOKEN_BYTES))
        expires = stamp(self._clock.now() + self._settings.ticket_lifetime)
        certificate = who.certificate.public_bytes(Encoding.DER)
        with self._store.write() as connection:
            connection.execute(
                "INSERT INTO sign_in(account, piv_certificate, verified_at, ticket, ticket_expires) VALUES(?,?,?,?,?)",
                (who.account.name, certificate, stamp(who.at), digest(ticket), expires),
            )
            serial = f"card certificate {who.certificate.serial_number:x}"
            self._audit.accept(connection, who.account.name, "sign-in", serial)
        return ticket

    def exchange(self, ticket: str) -> str | None:
        """A session for a ticket; None when the ticket is unknown, spent or too old."""
        session = base64url(self._entropy.bytes(TOKEN_BYTES))
        now = self._clock.now()
        values = (digest(session), stamp(now + self._settings.sign_in_lifetime), digest(ticket), stamp(now))
        with self._store.write() as connection:
            changed = connection.execute(
                "UPDATE sign_in SET session=?, session_expires=?"
                " WHERE ticket=? AND session IS NULL AND ticket_expires>?",
                values,
            ).rowcount
        return session if changed else None

    def of_session(self, session: str | None) -> SignIn | None:
        """The sign-in behind a session cookie; None when there is none or it has expired."""
        if not session:
            return None
        query = "SELECT * FROM sign_in WHERE session=? AND session_expires>?"
        row = self._store.read().execute(query, (digest(session), stamp(self._clock.now()))).fetchone()
        if row is None:
            return None
        accepted = row["obligations_at"]
        return SignIn(
            row["id"], row["account"], row["piv_certificate"], moment(row["verified_at"]),
            moment(accepted) if accepted else None,
        )  # fmt: skip

    def accept_obligations(self, sign_in: SignIn) -> None:
        """The person accepts the subscriber obligations (CP §4.1.1, §9.6.3)."""
        with self._store.write() as connection:
            now = stamp(self._clock.now())
            connection.execute("UPDATE sign_in SET obligations_at=? WHERE id=?", (now, sign_in.number))
            self._audit.accept(connection, sign_in.account, "accept-obligations", f"sign-in {sign_in.number}")
