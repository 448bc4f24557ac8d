"""Derived credentials in the records of their PIV identity accounts: reserved, signed, delivered, revoked."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.decisions import CardLink, IssuedCredential
from dpc_conformance.reference.issuer.accounts import identifiers
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.certificate_requests import PublicKey, key_name
from dpc_conformance.reference.issuer.grants import Grant
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.settings import AUTHENTICATION, IssuerSettings
from dpc_conformance.reference.issuer.store import Store, moment, stamp
from dpc_conformance.reference.issuer.under_way import WITHDRAWN, still_stands
from dpc_conformance.roles.reasons import Reason

RESERVED, SIGNED, DELIVERED, REVOKED = "reserved", "signed", "delivered", "revoked"


@dataclass(frozen=True)
class Reservation:
    """A place in the records, taken before anything is signed. `row` is its number, `uuid` the certificate's own."""

    row: int
    uuid: UUID


@dataclass(frozen=True)
class Product:
    """What goes to the phone: the certificate and, for a key made here, its envelope (both DER)."""

    certificate: bytes
    envelope: bytes | None


class Credentials:
    """The records of what was issued; every change is one short transaction with its audit record."""

    def __init__(self, store: Store, audit: AuditLog, clock: RunClock, settings: IssuerSettings) -> None:
        self._store, self._audit, self._clock, self._settings = store, audit, clock, settings

    def existing(self, grant: Grant, usage: str, request: str) -> Product | None:
        """What was signed for these very request bytes before: a phone that lost the answer gets the same again.

        Raises Refused when the grant was used for another request, or the key was delivered and deleted.
        """
        query = "SELECT * FROM credential WHERE grant_id=? AND usage=?"
        row = self._store.read().execute(query, (grant.identifier, usage)).fetchone()
        return None if row is None else self._product(row, grant, request)

    def reserve(
        self, connection: sqlite3.Connection, grant: Grant, usage: str, request: str, public_key: PublicKey, uuid: UUID
    ) -> Reservation | Product:
        """Take a place for one credential within a transaction. Raises Refused (KEY_REUSED, LIMIT, TOKEN)."""
        query = "SELECT * FROM credential WHERE grant_id=? AND usage=?"
        row = connection.execute(query, (grant.identifier, usage)).fetchone()
        if row is not None:
            done = self._product(row, grant, request)
            if done is not None:
                return done
        if not still_stands(connection, grant, stamp(self._clock.now())):
            detail = "what authorised the request has ended in the meantime"
            raise Refused(Refusal(Reason.TOKEN, detail), grant.account, grant.device_id)
        key = key_name(public_key)
        self._check_key(connection, grant, key, row["id"] if row else 0)
        modulus = f"{public_key.public_numbers().n:x}" if isinstance(public_key, rsa.RSAPublicKey) else None
        if row is not None:
            # The process ended between reserving and signing: the place is taken up again.
            connection.execute("UPDATE credential SET key=?, modulus=? WHERE id=?", (key, modulus, row["id"]))
            return Reservation(row["id"], UUID(row["uuid"]))
        refusal = None if usage != AUTHENTICATION or grant.renewal else self.limit(grant.account, connection)
        if refusal is not None:
            raise Refused(refusal, grant.account, grant.device_id)
        number = connection.execute(
            "INSERT INTO credential(account, device_id, usage, key_origin, grant_id, request, uuid, key, modulus,"
            " status, piv_certificate, identity_verified_at, reserved_at) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                grant.account, grant.device_id, usage, grant.credentials[usage], grant.identifier, request, str(uuid),
                key, modulus, RESERVED, grant.piv_certificate, stamp(grant.verified_at), stamp(self._clock.now()),
            ),
        ).lastrowid  # fmt: skip
        return Reservation(int(number or 0), uuid)

    def signed(
        self,
        connection: sqlite3.Connection,
        reservation: Reservation,
        certificate: x509.Certificate,
        envelope: bytes | None,
    ) -> Product:
        """Keep what was signed within a transaction, before anybody gets it; of two for one place the first counts.

        Raises Refused (TOKEN) when the place was withdrawn in the meantime.
        """
        der, serial = certificate.public_bytes(Encoding.DER), f"{certificate.serial_number:x}"
        changed = connection.execute(
            "UPDATE credential SET status=?, certificate=?, envelope=?, serial=?, issued_at=?, expires_at=?"
            " WHERE id=? AND status=?",
            (
                SIGNED, der, envelope, serial, stamp(self._clock.now()), stamp(certificate.not_valid_after_utc),
                reservation.row, RESERVED,
            ),
        ).rowcount  # fmt: skip
        row = connection.execute("SELECT * FROM credential WHERE id=?", (reservation.row,)).fetchone()
        if row["status"] == WITHDRAWN:
            raise Refused(_not_again(row))
        if changed:
            detail = f"{row['usage']} certificate for device {row['device_id']}, key made by the {row['key_origin']}"
            self._audit.accept(connection, row["account"], "issue", serial, detail)
        return Product(row["certificate"], row["envelope"])

    def acknowledge(self, grant: Grant, serial: str) -> Refusal | None:
        """The phone has the certificate; the issuer's copy of an enveloped key goes (SP 800-157r1 §2.2.1)."""
        with self._store.write() as connection:
            changed = connection.execute(
                "UPDATE credential SET status=?, delivered_at=?, envelope=NULL"
                " WHERE grant_id=? AND serial=? AND status=?",
                (DELIVERED, stamp(self._clock.now()), grant.identifier, serial, SIGNED),
            ).rowcount
            if changed:
                self._audit.accept(connection, grant.account, "deliver", serial, f"to device {grant.device_id}")
                return None
            query = "SELECT status FROM credential WHERE grant_id=? AND serial=? AND status=?"
            if connection.execute(query, (grant.identifier, serial, DELIVERED)).fetchone():
                return None
        return Refusal(Reason.TOKEN, f"no certificate {serial} was issued under this token")

    def limit(self, account: str, connection: sqlite3.Connection | None = None) -> Refusal | None:
        """Refused while the account has as many active derived authentication credentials as it may have."""
        now = self._clock.now()
        count = (connection or self._store.read()).execute(
            # While a re-key is under way there are two, which count as one.
            "SELECT count(*) FROM credential AS one WHERE account=? AND usage=? AND NOT EXISTS ("
            "SELECT * FROM credential WHERE one.grant_id='renewal of '||serial AND status IN ('signed','delivered')"
            " AND expires_at>?) AND"
            " (status IN ('signed','delivered') AND expires_at>? OR status='reserved' AND reserved_at>?)",
            (account, AUTHENTICATION, stamp(now), stamp(now), stamp(now - self._settings.token_lifetime)),
        ).fetchone()[0]  # fmt: skip
        if count >= self._settings.most_credentials:
            return Refusal(Reason.LIMIT, f"{count} derived credentials of {account} are active")
        return None

    def moduli(self) -> Iterator[int]:
        """RSA moduli certified so far, for the search for shared primes."""
        query = "SELECT modulus FROM credential WHERE modulus IS NOT NULL"
        return (int(row["modulus"], 16) for row in self._store.read().execute(query).fetchall())

    def of_account(self, account: str) -> tuple[IssuedCredential, ...]:
        """Everything signed for the account, oldest first."""
        query = (
            "SELECT credential.*, coalesce(proofing.at, account.opened_at) AS proofed_at FROM credential"
            " JOIN account ON account.account=credential.account"
            " LEFT JOIN proofing ON proofing.account=credential.account"
            " WHERE credential.account=? AND certificate IS NOT NULL ORDER BY id"
        )
        return tuple(
            IssuedCredential(
                row["account"], row["device_id"], row["usage"], row["certificate"], moment(row["issued_at"]),
                moment(row["identity_verified_at"]), row["status"], row["piv_certificate"], row["key_origin"],
                key_copy=row["envelope"] is not None, identity_proofed_at=moment(row["proofed_at"]),
            )
            for row in self._store.read().execute(query, (account,)).fetchall()
        )  # fmt: skip

    def links(self, account: str) -> tuple[CardLink, ...]:
        """From each credential of the account to the card that authorised it (FIPS 201-3 §2.10.1)."""
        query = (
            "SELECT serial, piv_certificate FROM credential"
            " WHERE account=? AND serial IS NOT NULL AND length(piv_certificate)>0 ORDER BY id"
        )
        rows = self._store.read().execute(query, (account,)).fetchall()
        cards = {row["serial"]: x509.load_der_x509_certificate(row["piv_certificate"]) for row in rows}
        return tuple(CardLink(serial, account, identifiers(card)) for serial, card in cards.items())

    def _product(self, row: sqlite3.Row, grant: Grant, request: str) -> Product | None:
        if row["request"] != request:
            refusal = Refusal(Reason.TOKEN, f"the {row['usage']} credential of this token was requested already")
            raise Refused(refusal, grant.account, grant.device_id)
        if row["status"] == RESERVED:
            return None
        if row["status"] in (REVOKED, WITHDRAWN) or (row["key_origin"] == "issuer" and row["envelope"] is None):
            raise Refused(_not_again(row), grant.account, grant.device_id)
        return Product(row["certificate"], row["envelope"])

    def _check_key(self, connection: sqlite3.Connection, grant: Grant, key: str, own: int) -> None:
        card = x509.load_der_x509_certificate(grant.piv_certificate).public_key() if grant.piv_certificate else None
        used = connection.execute("SELECT serial FROM credential WHERE key=? AND id!=?", (key, own)).fetchone()
        if isinstance(card, PublicKey) and key_name(card) == key:
            raise Refused(Refusal(Reason.KEY_REUSED, "it is the card's key"), grant.account, grant.device_id)
        if used is not None:
            detail = f"it belongs to certificate {used['serial'] or '(reserved)'}"
            raise Refused(Refusal(Reason.KEY_REUSED, detail), grant.account, grant.device_id)


def _not_again(row: sqlite3.Row) -> Refusal:
    return Refusal(Reason.TOKEN, f"the {row['usage']} credential is {row['status']} and is not handed out")
