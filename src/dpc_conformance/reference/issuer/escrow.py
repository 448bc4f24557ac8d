"""The key escrow database: key management keys, encrypted, in a file of its own (Common Policy CP §4.12)."""

import hashlib
import sqlite3
import threading
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.escrow import EscrowedKey
from dpc_conformance.reference.issuer.storage_key import storage_key
from dpc_conformance.reference.issuer.store import moment, stamp
from dpc_conformance.reference.pki.keys import PrivateKey

RETENTION = timedelta(days=366)
"""How long a key stays after its certificate expired: a year at least."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS escrowed(
  id INTEGER PRIMARY KEY, account TEXT NOT NULL, public_key TEXT NOT NULL UNIQUE, sealed BLOB NOT NULL,
  escrowed_at TEXT NOT NULL, certificate BLOB UNIQUE, expires_at TEXT) STRICT;
CREATE TABLE IF NOT EXISTS approval(
  key INTEGER NOT NULL REFERENCES escrowed, agent TEXT NOT NULL, PRIMARY KEY(key, agent)) STRICT;
"""


class EscrowOffline(Exception):
    """The escrow database does not answer."""


@dataclass(frozen=True)
class Entry:
    """A certified key in escrow. `number` is its place there."""

    number: int
    account: str
    certificate: x509.Certificate

    @property
    def serial(self) -> str:
        """The serial number of the certificate, hexadecimal."""
        return f"{self.certificate.serial_number:x}"


class KeyEscrow:
    """Keeps private keys under a storage key that lies in neither database. Methods raise EscrowOffline."""

    def __init__(self, path: Path, clock: RunClock, entropy: Entropy) -> None:
        """`path` is the database; the storage key stands beside it, where in earnest a hardware module would be."""
        self._clock, self._entropy = clock, entropy
        self._storage_key = AESGCM(storage_key(path.with_suffix(".storage-key"), entropy))
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._database.row_factory = sqlite3.Row
        self._database.execute("PRAGMA secure_delete=ON")
        self._database.executescript(SCHEMA)
        self.online, self.retention = True, RETENTION

    def deposit(self, account: str, key: PrivateKey) -> str:
        """Keep a key that has no certificate yet; SHA-256 of its SubjectPublicKeyInfo."""
        name = _name(key.public_key())
        der, nonce = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), self._entropy.bytes(12)
        sealed = nonce + self._storage_key.encrypt(nonce, der, name.encode())
        query = "INSERT INTO escrowed(account, public_key, sealed, escrowed_at) VALUES(?,?,?,?)"
        self._do(query, account, name, sealed, stamp(self._clock.now()))
        return name

    def certified(self, certificate: x509.Certificate) -> None:
        """Note which certificate a key has got."""
        values = (certificate.public_bytes(Encoding.DER), stamp(certificate.not_valid_after_utc))
        query = "UPDATE escrowed SET certificate=?, expires_at=? WHERE public_key=?"
        self._do(query, *values, _name(certificate.public_key()))

    def keys_of(self, account: str) -> list[Entry]:
        """The certified keys of an account, oldest first."""
        self._purge()
        query = "SELECT * FROM escrowed WHERE account=? AND certificate IS NOT NULL ORDER BY id"
        return [_entry(row) for row in self._do(query, account)]

    def find(self, certificate: bytes) -> Entry | None:
        """The key of a certificate (DER), whosoever it is; None when it is not there."""
        self._purge()
        rows = self._do("SELECT * FROM escrowed WHERE certificate=?", certificate)
        return _entry(rows[0]) if rows else None

    def open(self, entry: Entry) -> PrivateKey:
        """The private key. LookupError when it is gone."""
        rows = self._do("SELECT public_key, sealed FROM escrowed WHERE id=?", entry.number)
        if not rows:
            raise LookupError("the key is not in escrow any more")
        nonce, sealed = rows[0]["sealed"][:12], rows[0]["sealed"][12:]
        key = load_der_private_key(self._storage_key.decrypt(nonce, sealed, rows[0]["public_key"].encode()), None)
        if not isinstance(key, PrivateKey):
            raise TypeError("RSA and EC keys are kept in escrow, no others")
        return key

    def approve(self, entry: Entry, agent: str) -> int:
        """Note that an agent approves the release of a key; how many different agents have so far."""
        self._do("INSERT INTO approval VALUES(?,?) ON CONFLICT DO NOTHING", entry.number, agent)
        return int(self._do("SELECT count(*) AS agents FROM approval WHERE key=?", entry.number)[0]["agents"])

    def forget_approvals(self, entry: Entry) -> None:
        """A release is over: the next one needs approvals of its own."""
        self._do("DELETE FROM approval WHERE key=?", entry.number)

    def inventory(self) -> tuple[EscrowedKey, ...]:
        """Everything that is kept, oldest first; never the keys themselves."""
        self._purge()
        return tuple(
            EscrowedKey(row["account"], row["public_key"], row["certificate"] or b"", moment(row["escrowed_at"]))
            for row in self._do("SELECT * FROM escrowed ORDER BY id")
        )

    def close(self) -> None:
        """Close the database, when nobody is in the middle of a query."""
        with self._lock:
            self._database.close()

    def _purge(self) -> None:
        gone = stamp(self._clock.now() - self.retention)
        self._do("DELETE FROM approval WHERE key IN (SELECT id FROM escrowed WHERE expires_at<?)", gone)
        self._do("DELETE FROM escrowed WHERE expires_at<?", gone)

    def _do(self, query: str, *values: object) -> list[sqlite3.Row]:
        if not self.online:
            raise EscrowOffline("the key escrow does not answer")
        with self._lock:
            return self._database.execute(query, values).fetchall()


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(row["id"], row["account"], x509.load_der_x509_certificate(row["certificate"]))


def _name(public_key: CertificatePublicKeyTypes) -> str:
    return hashlib.sha256(public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
