"""Seeded defects of the secret in the QR code: how it is made, how long it lives, and how it travels."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from dpc_conformance.faults.registry import fault
from dpc_conformance.protocols.qr_payload import base64url, from_base64url
from dpc_conformance.reference.issuer.binding_secrets import BindingSecrets, PendingBinding
from dpc_conformance.reference.issuer.kiosk import Kiosk
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.sign_ins import SignIn, digest
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.reasons import Reason


class SecretsOf(BindingSecrets):
    """The secrets of an issuer, as a defect changes them."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts.store, parts.audit, parts.clock, parts.randomness.branch("secrets"), parts.settings)


class AnySecret(SecretsOf):
    """Takes a secret that it does not know for the newest one."""

    def _find(self, connection: sqlite3.Connection, key: str) -> PendingBinding | Refusal:
        found = super()._find(connection, key)
        if not isinstance(found, Refusal) or found.reason is not Reason.SECRET_UNKNOWN:
            return found
        newest = connection.execute("SELECT hash FROM secret ORDER BY created_at DESC LIMIT 1").fetchone()
        return super()._find(connection, newest["hash"]) if newest else found


@fault(
    "issuer accepts a guessed binding secret",
    {"DPC-ISS-MULTI-01"},
    breaks={"A rejected redemption is on record": "a guessed secret is not rejected"},
)
def guessed(scene: Scene) -> None:
    scene.issuer.secrets = AnySecret(scene.issuer)


class OneSecret(SecretsOf):
    """Shows the same secret as long as a sign-in lasts."""

    def create(self, sign_in: SignIn, profile: str) -> bytes:
        """See BindingSecrets."""
        kept: dict[int, bytes] = self.__dict__.setdefault("_kept", {})
        if sign_in.number not in kept:
            kept[sign_in.number] = super().create(sign_in, profile)
        return kept[sign_in.number]


@fault("kiosk shows the same binding secret twice", {"DPC-ISS-MULTI-01", "DPC-ISS-MULTI-04", "IOS-INT-11"})
def repeated(scene: Scene) -> None:
    scene.issuer.secrets = OneSecret(scene.issuer)


class DecimalSecrets(SecretsOf):
    """Makes secrets of decimal digits: long enough to look at, and with fewer than 112 bits."""

    def create(self, sign_in: SignIn, profile: str) -> bytes:
        """See BindingSecrets."""
        secret = super().create(sign_in, profile)
        digits = f"{int.from_bytes(secret, 'big') % 10**26:026}0"
        decimal = from_base64url(digits)
        with self._store.write() as connection:
            connection.execute(
                "UPDATE secret SET hash=? WHERE hash=?", (digest(base64url(decimal)), digest(base64url(secret)))
            )
        return decimal


@fault("binding secret consists of digits", {"DPC-ISS-MULTI-02"})
def decimal(scene: Scene) -> None:
    scene.issuer.secrets = DecimalSecrets(scene.issuer)


class ReusableSecrets(SecretsOf):
    """Forgets that a secret was used."""

    def spend(self, connection: sqlite3.Connection, pending: PendingBinding, device_id: str) -> Refusal | None:
        """See BindingSecrets."""
        refusal = super().spend(connection, pending, device_id)
        connection.execute("UPDATE secret SET used_at=NULL, used_by=NULL WHERE hash=?", (pending.digest,))
        return refusal


@fault("issuer accepts a binding secret twice", {"DPC-ISS-MULTI-03", "DPC-ACT-RESET-01"})
def reusable(scene: Scene) -> None:
    scene.issuer.secrets = ReusableSecrets(scene.issuer)


@fault("binding secret lives for a day", {"DPC-ISS-MULTI-04"})
def long_lived(scene: Scene) -> None:
    scene.issuer.settings = replace(scene.issuer.settings, secret_lifetime=timedelta(days=1))


class MailedSecrets(SecretsOf):
    """Sends each secret to the cardholder by e-mail, too."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts)
        self._parts = parts

    def create(self, sign_in: SignIn, profile: str) -> bytes:
        """See BindingSecrets."""
        secret = super().create(sign_in, profile)
        person = self._parts.accounts.get(sign_in.account).person
        self._parts.send_mail(person.mail, "Your code", f"Your code, should the camera fail: {base64url(secret)}")
        return secret


@fault("issuer mails the binding secret", {"DPC-ISS-MULTI-05"})
def mailed(scene: Scene) -> None:
    scene.issuer.secrets = MailedSecrets(scene.issuer)


class SecretInTheAddress(Kiosk):
    """Shows the QR code on a page whose address holds the secret."""

    def blueprint(self) -> Blueprint:
        """See Kiosk."""
        routes = super().blueprint()
        routes.get("/code")(self.code)
        return routes

    def code(self) -> ResponseReturnValue:
        """The page with the QR code."""
        return super()._show(from_base64url(request.args["c"]))

    def _show(self, secret: bytes) -> ResponseReturnValue:
        return redirect(f"/code?c={base64url(secret)}", 303)


@fault(
    "address of the QR code's page holds the binding secret", {"DPC-ISS-MULTI-05", "DPC-ISS-SECRET-01", "IOS-INT-11"}
)
def in_the_address(scene: Scene) -> None:
    parts = scene.issuer
    parts.kiosk = SecretInTheAddress(**vars(parts.kiosk))
