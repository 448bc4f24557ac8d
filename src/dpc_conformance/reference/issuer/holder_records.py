"""What the issuer has on record about a cardholder beyond the account: name, present card, identity proofing."""

import sqlite3
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.store import Store, moment, stamp
from dpc_conformance.reference.pki.naming import directory_name
from dpc_conformance.roles.people import Person


class HolderRecords:
    """Follows changes of a PIV identity account, so that certificates show what holds now (CP §3.3.1, §4.8)."""

    def __init__(self, store: Store, audit: AuditLog) -> None:
        self._store, self._audit = store, audit

    def subject(self, account: str, card: bytes) -> x509.Name:
        """The name for a certificate of that account: the card's, unless something changed after the card was made.

        `card` is the PIV Authentication certificate (DER) that authorised it, empty where an operator did so.
        """
        own = shows(card) if card else self._named(account)
        row = self._row("SELECT * FROM holder_record WHERE account=?", account)
        if row is None:
            return own
        shown = shows(row["piv_certificate"]) if row["piv_certificate"] else own
        return _renamed(shown, row["common_name"]) if row["common_name"] else shown

    def present_card(self, account: str, former: bytes) -> bytes:
        """The PIV Authentication certificate (DER) on the card that the holder has now; `former` where none came."""
        row = self._row("SELECT piv_certificate FROM holder_record WHERE account=?", account)
        return bytes(row["piv_certificate"]) if row is not None and row["piv_certificate"] else former

    def change_name(self, person: Person) -> None:
        """The account has that name from now on. LookupError when there is no such account."""
        with self._store.write() as connection:
            values = (person.given_name, person.surname, person.account)
            if not connection.execute("UPDATE account SET given_name=?, surname=? WHERE account=?", values).rowcount:
                raise LookupError(f"there is no account {person.account}")
            connection.execute(
                "INSERT INTO holder_record VALUES(?,?,NULL)"
                " ON CONFLICT(account) DO UPDATE SET common_name=excluded.common_name",
                (person.account, person.common_name),
            )
            self._audit.accept(connection, "registrar", "change-name", person.account, person.common_name)

    def new_card(self, account: str, certificate: bytes) -> None:
        """The holder has a new card with that PIV Authentication certificate (DER), which shows the right name."""
        subject = x509.load_der_x509_certificate(certificate).subject.rfc4514_string()
        with self._store.write() as connection:
            connection.execute(
                "INSERT INTO holder_record VALUES(?,NULL,?)"
                " ON CONFLICT(account) DO UPDATE SET common_name=NULL, piv_certificate=excluded.piv_certificate",
                (account, certificate),
            )
            self._audit.accept(connection, "registrar", "new-card", account, subject)

    def proofed(self, account: str, at: datetime) -> None:
        """The identity was last proofed at that moment."""
        with self._store.write() as connection:
            connection.execute(
                "INSERT INTO proofing VALUES(?,?) ON CONFLICT(account) DO UPDATE SET at=excluded.at",
                (account, stamp(at)),
            )
            self._audit.accept(connection, "registrar", "proof-identity", account, stamp(at))

    def last_proofing(self, account: str) -> datetime:
        """When the identity was last proofed: before the account was opened, where nothing later is on record."""
        row = self._row("SELECT at FROM proofing WHERE account=?", account)
        row = row or self._row("SELECT opened_at AS at FROM account WHERE account=?", account)
        if row is None:
            raise LookupError(f"there is no account {account}")
        return moment(row["at"])

    def _named(self, account: str) -> x509.Name:
        row = self._row("SELECT given_name, surname FROM account WHERE account=?", account)
        if row is None:
            raise LookupError(f"there is no account {account}")
        return directory_name(f"{row['given_name']} {row['surname']}")

    def _row(self, query: str, account: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._store.read().execute(query, (account,)).fetchone()
        return row


def _renamed(subject: x509.Name, common_name: str) -> x509.Name:
    """The same name with another common name."""
    return x509.Name(
        x509.RelativeDistinguishedName(
            x509.NameAttribute(NameOID.COMMON_NAME, common_name) if one.oid == NameOID.COMMON_NAME else one
            for one in rdn
        )
        for rdn in subject.rdns
    )


def shows(certificate: bytes) -> x509.Name:
    """The subject of a certificate (DER)."""
    return x509.load_der_x509_certificate(certificate).subject
