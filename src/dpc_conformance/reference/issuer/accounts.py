"""PIV identity accounts: whose card it is, who approved a derivation, and whether the account still stands."""

import sqlite3
from dataclasses import dataclass

from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.store import Store, stamp
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.reasons import Reason

ACTIVE, TERMINATED = "active", "terminated"


@dataclass(frozen=True)
class Account:
    """A PIV identity account. `sponsor` approved a derived credential, None when nobody did."""

    person: Person
    state: str
    sponsor: str | None

    @property
    def name(self) -> str:
        """The key of the account."""
        return self.person.account


class Accounts:
    """The accounts in the issuer's store."""

    def __init__(self, store: Store, audit: AuditLog, clock: RunClock) -> None:
        self._store, self._audit, self._clock = store, audit, clock

    def open(self, person: Person, certificate: x509.Certificate, sponsor: str | None) -> None:
        """Open the account, or add a card to it; `sponsor` approves derivation (CP §4.1), None leaves it open.

        ValueError when the card's identifiers belong to somebody else or the certificate has none.
        """
        found = identifiers(certificate)
        if not found:
            raise ValueError("the certificate carries neither UUID nor FASC-N")
        now = stamp(self._clock.now())
        with self._store.write() as connection:
            row = (person.account, person.given_name, person.surname, person.upn, person.mail, ACTIVE, now)
            connection.execute(
                "INSERT INTO account VALUES(?,?,?,?,?,?,?,NULL,NULL) ON CONFLICT(account) DO NOTHING", row
            )
            for value in found:
                connection.execute(
                    "INSERT INTO identifier VALUES(?,?) ON CONFLICT(value) DO NOTHING", (value, person.account)
                )
                owner = connection.execute("SELECT account FROM identifier WHERE value=?", (value,)).fetchone()
                if owner["account"] != person.account:
                    raise ValueError("this card belongs to another account")
            self._audit.accept(connection, "registrar", "open-account", person.account)
            if sponsor is not None:
                self._approve(connection, person.account, sponsor)

    def approve(self, account: str, sponsor: str) -> None:
        """A sponsor approves a derived credential for the account. LookupError when there is no such account."""
        with self._store.write() as connection:
            self._approve(connection, account, sponsor)

    def _approve(self, connection: sqlite3.Connection, account: str, sponsor: str) -> None:
        values = (sponsor, stamp(self._clock.now()), account)
        if not connection.execute("UPDATE account SET sponsor=?, approved_at=? WHERE account=?", values).rowcount:
            raise LookupError(f"there is no account {account}")
        self._audit.accept(connection, sponsor, "approve", account)

    def terminate(self, account: str) -> None:
        """End the account (FIPS 201-3 §2.9.4). LookupError when there is none."""
        with self._store.write() as connection:
            if not connection.execute("UPDATE account SET state=? WHERE account=?", (TERMINATED, account)).rowcount:
                raise LookupError(f"there is no account {account}")
            self._audit.accept(connection, "registrar", "terminate-account", account)

    def get(self, account: str, connection: sqlite3.Connection | None = None) -> Account:
        """The account of that name. LookupError when there is none."""
        row = (connection or self._store.read()).execute("SELECT * FROM account WHERE account=?", (account,)).fetchone()
        if row is None:
            raise LookupError(f"there is no account {account}")
        person = Person(row["account"], row["given_name"], row["surname"], row["upn"], row["mail"])
        return Account(person, row["state"], row["sponsor"])

    def holder_of(self, certificate: x509.Certificate) -> Account | None:
        """The account selected by UUID or FASC-N in the certificate and by nothing else; None when there is none."""
        for value in identifiers(certificate):
            row = self._store.read().execute("SELECT account FROM identifier WHERE value=?", (value,)).fetchone()
            if row is not None:
                return self.get(row["account"])
        return None

    def of_identifier(self, value: str) -> str | None:
        """The name of the account to which a card with that UUID or FASC-N belongs; None when there is none."""
        row = self._store.read().execute("SELECT account FROM identifier WHERE value=?", (value,)).fetchone()
        return None if row is None else str(row["account"])

    def standing(self, account: Account) -> Refusal | None:
        """Why nothing may be issued for the account, None when it may (FIPS 201-3 §2.10.1)."""
        if account.state != ACTIVE:
            return Refusal(Reason.ACCOUNT_TERMINATED, f"account {account.name} is {account.state}")
        return None

    def approval(self, account: Account) -> Refusal | None:
        """Refused until a sponsor has approved a derived credential (CP §4.1)."""
        if account.sponsor is None:
            return Refusal(Reason.NOT_APPROVED, f"no sponsor approved a derived credential for {account.name}")
        return None


def identifiers(certificate: x509.Certificate) -> tuple[str, ...]:
    """What names the card: its UUIDs (URI) and its FASC-N in the subject alternative name (FIPS 201-3 §4.3.1)."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    uuids = [uri.lower() for uri in names.get_values_for_type(x509.UniformResourceIdentifier)]
    numbers = [other.value.hex() for other in names.get_values_for_type(x509.OtherName) if _is_fasc_n(other)]
    return tuple(uri for uri in uuids if uri.startswith("urn:uuid:")) + tuple(f"fasc-n:{number}" for number in numbers)


def _is_fasc_n(name: x509.OtherName) -> bool:
    return name.type_id.dotted_string == oids.PIV_FASC_N
