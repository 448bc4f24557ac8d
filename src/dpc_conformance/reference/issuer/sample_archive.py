"""The protected archive of biometric samples: they go in, and nothing but a reference and a hash comes out."""

import hashlib
import sqlite3
import threading
from datetime import datetime
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dpc_conformance.entropy import Entropy, random_uuid
from dpc_conformance.evidence.registration import KeptSample
from dpc_conformance.reference.issuer.storage_key import storage_key
from dpc_conformance.reference.issuer.store import moment, stamp

SCHEMA = """
CREATE TABLE IF NOT EXISTS sample(
  reference TEXT PRIMARY KEY, sealed BLOB NOT NULL, kept_until TEXT NOT NULL) STRICT;
"""


class SampleArchive:
    """A database of its own, encrypted under a storage key that lies beside it and not in it."""

    def __init__(self, path: Path, entropy: Entropy) -> None:
        self._path, self._entropy = path, entropy
        self._lock = threading.RLock()
        self._opened: sqlite3.Connection | None = None

    def keep(self, sample: bytes, until: datetime) -> KeptSample:
        """Keep a sample until that moment."""
        reference, nonce = str(random_uuid(self._entropy)), self._entropy.bytes(12)
        with self._lock:
            sealed = nonce + self._key.encrypt(nonce, sample, reference.encode())
            self._database().execute("INSERT INTO sample VALUES(?,?,?)", (reference, sealed, stamp(until)))
        return KeptSample(reference, _digest(sample), until)

    def find(self, reference: str) -> KeptSample | None:
        """What may be known of a sample, from the sample itself; None when it is not here."""
        with self._lock:
            row = self._database().execute("SELECT * FROM sample WHERE reference=?", (reference,)).fetchone()
        if row is None:
            return None
        nonce, sealed = row["sealed"][:12], row["sealed"][12:]
        sample = self._key.decrypt(nonce, sealed, reference.encode())
        return KeptSample(reference, _digest(sample), moment(row["kept_until"]))

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()

    @cached_property
    def _key(self) -> AESGCM:
        return AESGCM(storage_key(self._path.with_suffix(".storage-key"), self._entropy))

    def _database(self) -> sqlite3.Connection:
        """Made when the first sample comes: most issuers of a run never see one."""
        if self._opened is None:
            self._opened = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            self._opened.row_factory = sqlite3.Row
            self._opened.execute("PRAGMA secure_delete=ON")
            self._opened.executescript(SCHEMA)
        return self._opened


def _digest(sample: bytes) -> str:
    return hashlib.sha256(sample).hexdigest()
