"""The issuer's records in SQLite: WAL, one connection per thread, short write transactions."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.roles.reasons import Reason

SCHEMA = """
CREATE TABLE IF NOT EXISTS account(
  account TEXT PRIMARY KEY, given_name TEXT NOT NULL, surname TEXT NOT NULL, upn TEXT NOT NULL, mail TEXT NOT NULL,
  state TEXT NOT NULL, opened_at TEXT NOT NULL, sponsor TEXT, approved_at TEXT) STRICT;
CREATE TABLE IF NOT EXISTS identifier(
  value TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account) STRICT;
CREATE TABLE IF NOT EXISTS sign_in(
  id INTEGER PRIMARY KEY, account TEXT NOT NULL REFERENCES account, piv_certificate BLOB NOT NULL,
  verified_at TEXT NOT NULL, ticket TEXT UNIQUE, ticket_expires TEXT NOT NULL,
  session TEXT UNIQUE, session_expires TEXT, obligations_at TEXT) STRICT;
CREATE TABLE IF NOT EXISTS card_reading(
  sign_in INTEGER PRIMARY KEY REFERENCES sign_in, accepted_at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS secret(
  hash TEXT PRIMARY KEY, sign_in INTEGER NOT NULL REFERENCES sign_in, profile TEXT NOT NULL, created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL, used_at TEXT, used_by TEXT, replaced_at TEXT) STRICT;
CREATE TABLE IF NOT EXISTS binding_password(
  secret TEXT PRIMARY KEY REFERENCES secret, kept TEXT NOT NULL, tried INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS identity_name(secret TEXT PRIMARY KEY REFERENCES secret, name TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS statement(
  identifier TEXT PRIMARY KEY, seen_at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS token(
  hash TEXT PRIMARY KEY, sign_in INTEGER NOT NULL REFERENCES sign_in, device_id TEXT NOT NULL, profile TEXT NOT NULL,
  expires_at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS credential(
  id INTEGER PRIMARY KEY, account TEXT NOT NULL REFERENCES account, device_id TEXT NOT NULL, usage TEXT NOT NULL,
  key_origin TEXT NOT NULL, grant_id TEXT NOT NULL, request TEXT NOT NULL, uuid TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL UNIQUE, modulus TEXT, serial TEXT UNIQUE, status TEXT NOT NULL,
  certificate BLOB, envelope BLOB, piv_certificate BLOB NOT NULL, identity_verified_at TEXT NOT NULL,
  reserved_at TEXT NOT NULL, issued_at TEXT, expires_at TEXT, notified_at TEXT, delivered_at TEXT, rechecked_at TEXT,
  revoked_at TEXT, UNIQUE(grant_id, usage)) STRICT;
CREATE TABLE IF NOT EXISTS feed(number INTEGER PRIMARY KEY, read_at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS review(
  id INTEGER PRIMARY KEY, serial TEXT NOT NULL, account TEXT NOT NULL REFERENCES account, opened_at TEXT NOT NULL,
  why TEXT NOT NULL, decision TEXT, officer TEXT, decided_at TEXT) STRICT;
CREATE TABLE IF NOT EXISTS holder_record(
  account TEXT PRIMARY KEY REFERENCES account, common_name TEXT, piv_certificate BLOB) STRICT;
CREATE TABLE IF NOT EXISTS proofing(account TEXT PRIMARY KEY REFERENCES account, at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS modification(serial TEXT PRIMARY KEY, due_at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS suspension(
  serial TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account, until TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS unblocking_key(
  account TEXT NOT NULL REFERENCES account, device_id TEXT NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY(account, device_id)) STRICT;
CREATE TABLE IF NOT EXISTS operator(account TEXT PRIMARY KEY REFERENCES account) STRICT;
CREATE TABLE IF NOT EXISTS registration(
  id INTEGER PRIMARY KEY, application INTEGER NOT NULL, sign_in INTEGER NOT NULL UNIQUE REFERENCES sign_in,
  account TEXT NOT NULL REFERENCES account, at TEXT NOT NULL, channel TEXT NOT NULL, operator TEXT NOT NULL,
  operator_certificate BLOB NOT NULL, result TEXT NOT NULL, matcher TEXT NOT NULL, source TEXT NOT NULL,
  sample TEXT NOT NULL, sample_digest TEXT NOT NULL, document TEXT NOT NULL, declaration TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS module_order(
  grant_id TEXT PRIMARY KEY, module TEXT NOT NULL, challenge BLOB NOT NULL, expires_at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS attested_key(
  key TEXT PRIMARY KEY, module TEXT NOT NULL, chain BLOB NOT NULL, at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS start(number INTEGER PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS audit(
  number INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
  outcome TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, hash TEXT NOT NULL UNIQUE) STRICT;
"""


RESERVE = 16
"""Pages that ordinary work leaves alone: what has to go on record when nothing else fits has its place there."""
MOST_PAGES = 2**32 - 2
"""What SQLite allows."""


class RecordsClosed(Exception):
    """The issuer has ended; whoever is still at work for it finds no records any more."""


class _Own:
    """The connection of one thread: it is closed when the thread ends, by nobody else and never in the middle."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __del__(self) -> None:
        self.connection.close()


class Store:
    """The database file. Writers take the lock at once (BEGIN IMMEDIATE) and never by upgrade."""

    def __init__(self, path: Path) -> None:
        """Makes the file and its tables when missing; what an earlier process committed is there again."""
        self._path = path
        self._local = threading.local()
        self._closed = False
        self.most_pages = MOST_PAGES
        """How large the file may become; it can be changed at any time."""
        # One transaction: each statement on its own would wait for the disk on its own.
        self.read().executescript(f"BEGIN IMMEDIATE;{SCHEMA}COMMIT;")
        with self.write() as connection:
            self.starts = int(connection.execute("INSERT INTO start DEFAULT VALUES").lastrowid or 0)
            """How often the records were opened: a seeded issuer must not repeat itself after a restart."""

    def read(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode; rows answer to column names. Raises RecordsClosed."""
        if self._closed:
            raise RecordsClosed
        own: _Own | None = getattr(self._local, "own", None)
        if own is None:
            own = self._local.own = _Own(self._open())
        return own.connection

    @contextmanager
    def write(self, urgent: bool = False) -> Iterator[sqlite3.Connection]:
        """A write transaction: committed at the end, rolled back on any exception.

        Nothing slow belongs in it: no signing, no network. What is `urgent` may use the reserve. Raises Refused
        (RECORDS_FULL) when there is no room.
        """
        connection = self.read()
        try:
            connection.execute(f"PRAGMA max_page_count={self.most_pages}")
            connection.execute("BEGIN IMMEDIATE")
            if not urgent and self.room() < RESERVE:
                raise Refused(Refusal(Reason.RECORDS_FULL, f"{self.room()} pages are left"))
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            # SQLite ends some transactions by itself, such as one for which the disk is too small.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                raise Refused(Refusal(Reason.RECORDS_FULL, str(error))) from error
            raise

    def room(self) -> int:
        """Pages that may still be filled; negative when the limit was lowered below what there is."""
        return self.most_pages - self._pages("page_count") + self._pages("freelist_count")

    def close(self) -> None:
        """Nobody gets a connection from now on; a thread that is still at work keeps its own until it ends."""
        self._closed = True
        self._local.__dict__.pop("own", None)

    def _pages(self, which: str) -> int:
        return int(self.read().execute(f"PRAGMA {which}").fetchone()[0])

    def _open(self) -> sqlite3.Connection:
        # Python would let only the thread that opened it close it: the last to let go of a store may be another one.
        connection = sqlite3.connect(self._path, timeout=30, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        # What is deleted is overwritten: enveloped keys do not linger in free pages.
        connection.execute("PRAGMA secure_delete=ON")
        return connection


def stamp(moment: datetime) -> str:
    """A moment in UTC as sortable text."""
    return moment.isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """What `stamp` wrote."""
    return datetime.fromisoformat(text)
