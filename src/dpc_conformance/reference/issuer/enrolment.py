"""The enrolment address: a binding secret, a statement and a proof become an enrolment token."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.qr_payload import base64url, from_base64url
from dpc_conformance.reference.issuer.accounts import Accounts
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.binding_passwords import BindingPasswords
from dpc_conformance.reference.issuer.binding_secrets import BindingSecrets
from dpc_conformance.reference.issuer.credentials import Credentials
from dpc_conformance.reference.issuer.device_statements import DeviceStatements
from dpc_conformance.reference.issuer.grants import Grants
from dpc_conformance.reference.issuer.hardware_issuance import HardwareDevices
from dpc_conformance.reference.issuer.patience import Patience
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.replacements import Replacements
from dpc_conformance.reference.issuer.settings import DEVICE, RESET_PROFILE, CredentialProfile, IssuerSettings
from dpc_conformance.reference.issuer.sign_ins import TOKEN_BYTES, digest
from dpc_conformance.reference.issuer.store import Store, stamp
from dpc_conformance.reference.issuer.unblocking import UnblockingKeys
from dpc_conformance.roles.reasons import Reason


@dataclass
class Enrolment:
    """The second transaction of the enrolment, tied to the first by the binding secret (SP 800-157 §2.2)."""

    store: Store
    audit: AuditLog
    accounts: Accounts
    secrets: BindingSecrets
    statements: DeviceStatements
    grants: Grants
    credentials: Credentials
    clock: RunClock
    entropy: Entropy
    settings: IssuerSettings
    replacements: Replacements
    unblocking: UnblockingKeys
    hardware: HardwareDevices
    patience: Patience
    passwords: BindingPasswords

    def redeem(self, secret: str, statement: str, proof: str, password: str = "") -> tuple[str, str]:
        """An enrolment token and the profile it is for. Raises Refused; then the secret is not spent."""
        pending = self.secrets.find(secret)
        if isinstance(pending, Refusal):
            raise Refused(pending)
        device = self.statements.verify(statement, proof, from_base64url(secret), pending.account)
        if isinstance(device, Refusal):
            raise Refused(device, pending.account, f"sign-in {pending.sign_in}")
        # After the device was found to be the person's: strangers neither guess nor use up the attempts.
        refusal = self.hardware.admit(pending, device) or self.passwords.refusal(pending, password)
        if refusal is not None:
            raise Refused(refusal, pending.account, f"device {device.device_id}")
        token = base64url(self.entropy.bytes(TOKEN_BYTES))
        expires = stamp(self.clock.now() + self.settings.token_lifetime)
        subject = f"device {device.device_id}"
        with self.store.write() as connection:
            refusal = self.accounts.standing(self.accounts.get(pending.account, connection))
            refusal = refusal or self.secrets.spend(connection, pending, device.device_id)
            if refusal is not None:
                raise Refused(refusal, pending.account, subject)
            for identifier in device.identifiers:
                query = "INSERT INTO statement VALUES(?,?) ON CONFLICT DO NOTHING"
                if not connection.execute(query, (identifier, stamp(self.clock.now()))).rowcount:
                    raise Refused(Refusal(Reason.DEVICE_STATEMENT, "it was used before"), pending.account, subject)
            connection.execute(
                "INSERT INTO token VALUES(?,?,?,?,?)",
                (digest(token), pending.sign_in, device.device_id, pending.profile, expires),
            )
            self.hardware.note(connection, digest(token), pending, device)
            self.audit.accept(connection, pending.account, "redeem", subject, f"sign-in {pending.sign_in}")
        return token, pending.profile

    def blueprint(self) -> Blueprint:
        """`POST /sessions` and `POST /receipts` below the enrolment address; JSON in, JSON out."""
        pages = Blueprint("enrolment", __name__, url_prefix="/enrol")
        pages.post("/sessions")(self.sessions)
        pages.post("/receipts")(self.receipts)
        return pages

    def sessions(self) -> ResponseReturnValue:
        """Redeem a secret. Its answer is the only place where the token ever appears."""
        try:
            body = {"password": "", **_body("secret", "statement", "proof", optional=("password",))}
            self.patience.expect()
            token, caption = self.redeem(body["secret"], body["statement"], body["proof"], body["password"])
            more = self._more(token, caption)
        except Refused as refused:
            return self._refuse("redeem", refused)
        profile = self.settings.profile_of(caption)
        offered = [
            {"usage": usage, "path": f"/.well-known/est/{usage}/{operation(key)}", "key": key_maker(profile, key)}
            for usage, key in profile.credentials
        ]
        seconds = int(self.settings.token_lifetime.total_seconds())
        return {"token": token, "expires_in": seconds, "credentials": offered, **more}

    def _more(self, token: str, caption: str) -> dict[str, str]:
        """An unblocking key; for a hardware credential, which has none, the order to the module."""
        grant = self.grants.of_token(token)
        if isinstance(grant, Refusal):
            raise Refused(grant)
        if grant.hardware:
            return self.hardware.answer(grant)
        return (self.unblocking.release if caption == RESET_PROFILE.caption else self.unblocking.at_enrolment)(grant)

    def receipts(self) -> ResponseReturnValue:
        """Acknowledge that a certificate is installed (CP §4.4.1)."""
        try:
            body = _body("token", "serial")
            self.patience.expect()
            grant = self.grants.of_token(body["token"])
            if isinstance(grant, Refusal):
                raise Refused(grant)
            if not body["serial"].isascii() or not body["serial"].isdigit():
                raise Refused(Refusal(Reason.REQUEST_MALFORMED, "serial is no decimal number"), grant.account)
            refusal = self.credentials.acknowledge(grant, f"{int(body['serial'][:60]):x}")
            if refusal is not None:
                raise Refused(refusal, grant.account, f"device {grant.device_id}")
            self.replacements.retire_formers(f"{int(body['serial'][:60]):x}")
        except Refused as refused:
            return self._refuse("deliver", refused)
        return {}

    def _refuse(self, action: str, refused: Refused) -> ResponseReturnValue:
        self.patience.note(refused)
        self.audit.refused(action, refused)
        return error_answer(refused.refusal)


def operation(key_origin: str) -> str:
    """The EST operation by which a key of that origin is certified."""
    return "simpleenroll" if key_origin == DEVICE else "serverkeygen"


def key_maker(profile: CredentialProfile, key_origin: str) -> str:
    """Who makes a key, as the phone is told: the device, its hardware, or the issuer."""
    return "hardware" if profile.hardware and key_origin == DEVICE else key_origin


def error_answer(refusal: Refusal) -> ResponseReturnValue:
    """What a program is told: the reason as a word and a sentence for the person; the detail stays in the audit log."""
    return {"error": refusal.reason.value, "message": refusal.message}, refusal.status


def _body(*names: str, optional: tuple[str, ...] = ()) -> dict[str, str]:
    body: Any = request.get_json(silent=True)
    if isinstance(body, Mapping):
        wanted = (*names, *(name for name in optional if name in body))
        if all(isinstance(body.get(name), str) for name in wanted):
            return {name: body[name] for name in wanted}
    raise Refused(Refusal(Reason.REQUEST_MALFORMED, f"expected a JSON object with {', '.join(names)}"))
