"""The reference's hostile phone: enrolled for the cardholder like any other, but it sends what no honest app would."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jws

from dpc_conformance.protocols.device_management import ManagementRefused, signed
from dpc_conformance.protocols.enrolment import EnrolmentClient, EnrolmentRefused, proof_claims, refusal_of
from dpc_conformance.protocols.est import EstClient
from dpc_conformance.protocols.qr_payload import QrPayload, base64url
from dpc_conformance.protocols.rekey import certificate_origin, ordinary_origin
from dpc_conformance.reference.hostile_parts import HostileParts
from dpc_conformance.reference.hostile_wire import HostileWire, ReferenceHostileWire
from dpc_conformance.reference.phone.requests import certificate_request
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.roles.errors import NotSupported, RefusedAtTls, ServerNotTrusted, Unreachable
from dpc_conformance.roles.hostile_phone import Attempt


class ReferenceHostilePhone:
    """Implements roles.hostile_phone.HostilePhone."""

    def __init__(self, parts: HostileParts) -> None:
        self.parts = parts
        self._wire: HostileWire | None = None
        self._token, self._order, self._address = "", "", ""
        self._key_request: x509.CertificateSigningRequest | None = None

    def redeem(self, picture: bytes, deviation: str = "none", password: str = "") -> Attempt:
        """Present the secret of a QR code, and a password besides, with the device statement.

        Deviations as in the role; ValueError otherwise.
        expired-statement lets the run's time pass until the statement has expired (five minutes).
        """
        if deviation not in REDEMPTIONS:
            raise ValueError(f"a hostile phone knows no deviation {deviation}")
        parts = self.parts
        code = QrPayload.from_text(parts.camera.read(picture))
        secret = self._secret(code.secret, deviation)
        for known in (code.secret, secret):
            parts.recorder.keep_secret(base64url(known))
        self._wire = parts.wire(parts.http)
        self._address = code.enrolment_address
        proof_key = self._other_key("proof") if deviation == "another-device-key" else parts.device_key
        try:
            statement = self._statement(code.enrolment_address, deviation)
            meant_for = parts.entropy.bytes(len(secret)) if deviation == "proof-for-another-code" else secret
            claims = proof_claims(
                code.enrolment_address, meant_for, parts.clock.epoch(), base64url(parts.entropy.bytes(16))
            )
            presented = replace(code, secret=secret, password=password)
            session = self._wire.redeem(presented, statement, signed(claims, proof_key, typ="device-proof+jwt"))
        except (EnrolmentRefused, ManagementRefused) as error:
            return Attempt(False, error.status, error.message)
        except (Unreachable, ServerNotTrusted, RefusedAtTls, httpx.HTTPError) as error:
            return Attempt(False, 0, str(error))
        self._token, self._order = session.token, session.order
        parts.recorder.keep_secret(session.token)
        return Attempt(True, 200, f"{len(session.credentials)} credentials are offered")

    def request_certificate(self, deviation: str = "none", usage: str = "authentication") -> Attempt:
        """Ask for a certificate with the token of the last redemption; LookupError before a redemption was tried.

        Deviations as in the role. ValueError for others, NotSupported for card-key without a card.
        """
        wire, request = self._opened(), self.parts.requests.make(deviation)
        token = self._token_for(deviation)
        return _attempt(lambda: wire.ask(request, usage, token))

    def request_hardware_certificate(self, deviation: str = "none") -> Attempt:
        """Ask for a hardware credential; LookupError before a redemption was tried.

        Deviations as in the role, ValueError for others. NotSupported where the phone has no hardware.
        """
        self._opened()
        self._expect_reference("claim a key to be in hardware")
        if self.parts.attestations is None:
            raise NotSupported("hostile phone", "claim a key to be in hardware")
        made_there = deviation == "issuer-made"
        request = self.parts.attestations.make("none" if made_there else deviation, self._order)
        est = EstClient(self.parts.http, ordinary_origin(self._address), self._token)
        return _attempt(lambda: (est.serverkeygen_raw if made_there else est.simpleenroll_raw)(request))

    def rekey(self, enrolment_address: str, account: str, deviation: str) -> Attempt:
        """Ask for a re-key of that account's credential, without its key. ValueError for an unknown deviation."""
        if deviation not in REKEYS:
            raise ValueError(f"a hostile phone knows no deviation {deviation}")
        self._expect_reference("re-key")
        guessed = base64url(self.parts.entropy.bytes(9))
        self.parts.recorder.keep_secret(guessed)
        password = httpx.BasicAuth(account, guessed) if deviation == "password" else None
        est = EstClient(self.parts.http, certificate_origin(enrolment_address), auth=password)
        return _attempt(lambda: est.simplereenroll_raw(self.parts.requests.make("none")))

    def _secret(self, shown: bytes, deviation: str) -> bytes:
        """The secret to present: the one in the code, or what an attacker makes of it."""
        if deviation == "guessed-secret":
            return self.parts.entropy.bytes(len(shown))
        if deviation == "truncated-secret":
            return shown[:-1]
        return bytes([shown[0] ^ 1]) + shown[1:] if deviation == "altered-secret" else shown

    def fetch_key(self) -> Attempt:
        """The key that the issuer makes, acknowledged when it comes; LookupError before a redemption was tried."""
        self._opened()
        self._expect_reference("fetch a key")
        self._key_request = self._key_request or certificate_request(self._other_key("transport"))
        try:
            origin = ordinary_origin(self._address)
            made = EstClient(self.parts.http, origin, self._token).serverkeygen(self._key_request)
            client = EnrolmentClient(self.parts.http, self._address)
            client.acknowledge(self._token, made.certificate.serial_number)
        except EnrolmentRefused as error:
            return Attempt(False, error.status, error.message)
        except (Unreachable, ServerNotTrusted, RefusedAtTls, httpx.HTTPError) as error:
            return Attempt(False, 0, str(error))
        return Attempt(True, 200, "a key was handed out")

    def _opened(self) -> HostileWire:
        if self._wire is None:
            raise LookupError("no code was scanned yet, so that there is no issuer to ask")
        return self._wire

    def _expect_reference(self, verb: str) -> None:
        if self.parts.wire is not ReferenceHostileWire:
            raise NotSupported("hostile phone", f"{verb} at a product")

    def _token_for(self, deviation: str) -> str | None:
        if deviation == "no-token":
            return None
        if deviation == "guessed-token":
            guessed = base64url(self.parts.entropy.bytes(32))
            self.parts.recorder.keep_secret(guessed)
            return guessed
        return self._token

    def _statement(self, audience: str, deviation: str) -> str:
        if deviation == "no-statement":
            return ""
        statement = self.parts.management.statement(audience)
        if deviation == "statement-of-another-manager":
            return signed(_claims(statement), self._other_key("manager"), typ="device-statement+jwt")
        if deviation == "expired-statement":
            self.parts.clock.sleep(_claims(statement)["exp"] - self.parts.clock.epoch() + 1)
        return statement

    def _other_key(self, label: str) -> ec.EllipticCurvePrivateKey:
        return ec_key(self.parts.entropy.branch(label), ec.SECP256R1())


REKEYS = frozenset({"no-certificate", "password"})
REDEMPTIONS = frozenset(
    {"none", "guessed-secret", "another-device-key", "statement-of-another-manager", "no-statement"}
    | {"expired-statement", "truncated-secret", "altered-secret", "proof-for-another-code"}
)


def _attempt(send: Callable[[], httpx.Response]) -> Attempt:
    try:
        response = send()
    except (Unreachable, ServerNotTrusted, RefusedAtTls, httpx.HTTPError) as error:
        return Attempt(False, 0, str(error))
    if response.status_code == httpx.codes.OK:
        return Attempt(True, response.status_code, "a certificate was issued")
    return Attempt(False, response.status_code, refusal_of(response).message)


def _claims(statement: str) -> dict[str, Any]:
    """The claims of a statement, read without caring who signed it."""
    return dict(json.loads(jws.extract_compact(statement.encode()).payload))
