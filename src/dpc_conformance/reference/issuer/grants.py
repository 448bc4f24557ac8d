"""Grants: what a phone may fetch, and on whose authority."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.settings import AUTHENTICATION, DEVICE, IssuerSettings
from dpc_conformance.reference.issuer.sign_ins import digest
from dpc_conformance.reference.issuer.store import Store, moment, stamp
from dpc_conformance.roles.reasons import Reason


@dataclass(frozen=True)
class Grant:
    """One redemption or one renewal. `credentials` maps each usage that it is good for to who makes the key.

    `identifier` is a hash or a name, never the token itself; `hardware` says that the key has to be in a module.
    """

    identifier: str
    account: str
    device_id: str
    piv_certificate: bytes
    verified_at: datetime
    credentials: dict[str, str]
    renewal: bool = False
    hardware: bool = False


class Grants:
    """Finds the grant behind a token, or behind a derived certificate that is to be renewed."""

    def __init__(self, store: Store, clock: RunClock, settings: IssuerSettings) -> None:
        self._store, self._clock, self._settings = store, clock, settings

    def of_token(self, token: str | None) -> Grant | Refusal:
        """The grant of an enrolment token, while it lives."""
        if not token:
            return Refusal(Reason.TOKEN, "no token was presented")
        row = (
            self._store.read()
            .execute(
                "SELECT token.*, sign_in.account, sign_in.piv_certificate, sign_in.verified_at"
                " FROM token JOIN sign_in ON sign_in.id=token.sign_in WHERE hash=?",
                (digest(token),),
            )
            .fetchone()
        )
        if row is None:
            return Refusal(Reason.TOKEN, "no such token was handed out")
        if row["expires_at"] <= stamp(self._clock.now()):
            return Refusal(Reason.TOKEN, f"the token expired at {row['expires_at']}")
        return self._grant(row)

    def devices_of(self, account: str) -> tuple[str, ...]:
        """The devices of the account that have a living token, oldest first."""
        query = (
            "SELECT device_id FROM token JOIN sign_in ON sign_in.id=token.sign_in"
            " WHERE account=? AND expires_at>? ORDER BY token.rowid"
        )
        rows = self._store.read().execute(query, (account, stamp(self._clock.now()))).fetchall()
        return tuple(row["device_id"] for row in rows)

    def of_certificate(self, certificate: x509.Certificate) -> Grant | Refusal:
        """A renewal by the holder of a derived authentication certificate of ours."""
        row = (
            self._store.read()
            .execute(
                "SELECT credential.*, attested_key.module FROM credential LEFT JOIN attested_key USING (key)"
                " WHERE certificate=? AND usage=?",
                (certificate.public_bytes(Encoding.DER), AUTHENTICATION),
            )
            .fetchone()
        )
        if row is None or not self.active(row["status"]):
            return Refusal(Reason.TOKEN, "the certificate is no active derived credential of this issuer")
        return Grant(
            f"renewal of {row['serial']}", row["account"], row["device_id"], row["piv_certificate"],
            moment(row["identity_verified_at"]), {AUTHENTICATION: DEVICE}, renewal=True,
            hardware=row["module"] is not None,
        )  # fmt: skip

    def active(self, status: str) -> bool:
        """Whether a credential of that status can be renewed."""
        return status in ("signed", "delivered")

    def _grant(self, row: sqlite3.Row) -> Grant:
        profile = self._settings.profile_of(row["profile"])
        return Grant(
            row["hash"], row["account"], row["device_id"], row["piv_certificate"], moment(row["verified_at"]),
            dict(profile.credentials), hardware=profile.hardware,
        )  # fmt: skip
