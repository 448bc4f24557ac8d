"""A badge office: an issuer that has nothing in common with the reference but what it is for.

Other paths, other words, other codes. One flaw may be seeded into it, by its name in `flaw`.
"""

import base64
import hashlib
import json
import secrets
import smtplib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from io import BytesIO
from math import isqrt
from typing import Any

import qrcode
from badge_authority import BadgeAuthority
from card_desk import CardDesk, NoAdmission
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID
from flask import Flask, Response, make_response, redirect, request
from joserfc import jws
from joserfc.jwk import ECKey

HOST = "office.badges.example"
ADMIN_TOKEN = "office-administration-7d1f"
CODE_LIFE = timedelta(minutes=10)


@dataclass
class Holder:
    person: dict[str, Any]
    card: x509.Certificate
    closed: bool = False
    badges: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Code:
    holder: str
    made: datetime
    visit: datetime
    used: bool = False
    replaced: bool = False


class BadgeOffice:
    """State and pages. `now` is the lab's time once a lab session began."""

    def __init__(self, flaw: str = "") -> None:
        self.flaw = flaw
        self.authority = BadgeAuthority(datetime.now(UTC), flaw)
        self.begin({})
        self.app, self.card_app = Flask("office"), Flask("card door")
        self._administration()
        self._self_service()
        self._phones()

    def begin(self, session: dict[str, Any]) -> None:
        self.now = datetime.fromisoformat(session["at"]) if session else datetime.now(UTC)
        read = x509.load_pem_x509_certificate
        trusted = [read(each.encode()) for each in session.get("trust", [])]
        between = [read(each.encode()) for each in session.get("between", [])]
        # A badge is a known thing here, and no card.
        between = [*between, self.authority.authority]
        self.desk = CardDesk([*trusted, self.authority.root], between, session.get("web_proxy", ""), self.flaw)
        self.registry, self.smtp = session.get("phone_registry"), session.get("smtp", "")
        self.holders: dict[str, Holder] = {}
        self.codes: dict[str, Code] = {}
        self.passes: dict[str, tuple[str, str, Code]] = {}
        self.visits: dict[str, tuple[str, datetime]] = {}
        self.ledger: list[dict[str, Any]] = []

    def note(self, who: str, what: str, thing: str, ok: bool = True, why: str = "") -> None:
        entry = {"when": self.now.isoformat(), "who": who, "what": what, "thing": thing, "ok": ok}
        self.ledger.append({**entry, "why": why})

    def deny(self, what: str, code: str, status: int = 403, who: str = "unknown") -> Response:
        self.note(who, what, "", False, code)
        return make_response({"problem": {"code": code}}, status)

    # The administration, for whoever has its token.

    def _administration(self) -> None:
        app = self.app

        @app.before_request
        def locked() -> Response | None:
            wanted = f"Bearer {ADMIN_TOKEN}"
            if request.path.startswith("/badge-api/") and request.headers.get("Authorization") != wanted:
                return make_response({"problem": {"code": "A0"}}, 401)
            return None

        @app.post("/badge-api/v3/lab-session")
        def lab_session() -> tuple[str, int]:
            self.begin(request.get_json())
            return "", 204

        @app.put("/badge-api/v3/lab-session/time")
        def lab_time() -> tuple[str, int]:
            self.now = datetime.fromisoformat(request.get_json()["at"])
            self._look_again()
            return "", 204

        @app.put("/badge-api/v3/holders/<path:name>")
        def holder(name: str) -> tuple[dict[str, Any], int]:
            given = request.get_json()
            self.holders[name] = Holder(given, x509.load_pem_x509_certificate(given["card"].encode()))
            self.note(given["sponsor"], "SPONSORED", name)
            return {"holder": name}, 201

        @app.post("/badge-api/v3/closures")
        def closure() -> tuple[dict[str, Any], int]:
            closed = self.holders[request.form["holder"]]
            closed.closed = True
            for badge in closed.badges:
                badge["state"] = "DEAD"
            return {}, 202

        @app.get("/badge-api/v3/badges")
        def badges() -> tuple[dict[str, Any], int]:
            found = self.holders.get(request.args["holder"])
            return ({"badges": found.badges}, 200) if found else ({}, 404)

        @app.get("/badge-api/v3/ledger")
        def ledger() -> dict[str, Any]:
            return {"entries": self.ledger}

        @app.get("/badge-api/v3/public-certificates")
        def public() -> list[str]:
            return [_b64(each.public_bytes(Encoding.DER)) for each in (self.authority.root, self.authority.authority)]

    # The self-service: pages for a person with the card.

    def _self_service(self) -> None:
        @self.card_app.get("/door")
        def door() -> Response:
            der = request.environ["dpc.client_certificate"]
            if der is None:
                return self._page_no("LOGON", "C0-NOCARD")
            certificate = x509.load_der_x509_certificate(der)
            try:
                self.desk.admit(certificate, self.now)
            except NoAdmission as code:
                return self._page_no("LOGON", str(code))
            name = next((each for each, known in self.holders.items() if known.card == certificate), None)
            if name is None:
                return self._page_no("LOGON", "H1-NOBODY")
            if self.holders[name].closed:
                return self._page_no("LOGON", "H2-CLOSED")
            visit = secrets.token_urlsafe(24)
            self.visits[visit] = name, self.now
            self.note(name, "LOGON", name)
            answer = redirect(f"https://{HOST}/self-service/menu")
            answer.set_cookie("visit", visit, secure=True, httponly=True, samesite="Lax")
            return answer

        @self.app.get("/")
        def welcome() -> str:
            link = f'<a class="certificate-sign-in" href="https://{HOST}:8443/door">Sign in with your smart card</a>'
            return _page("Badge office", link)

        @self.app.get("/self-service/menu")
        def menu() -> Response | str:
            if self._visitor() is None:
                return self._page_no("MENU", "V1-NOVISIT")
            name = self.holders[self._visitor()[0]].person["name"]
            words = f"<p>Welcome, {name['first']} {name['last']}</p>"
            return _page("Your badges", f'{words}<a href="/self-service/order">Request my ID</a>')

        @self.app.get("/self-service/order")
        def order_form() -> str:
            return _page(
                "Which badge?",
                '<form method="post" action="/self-service/order">'
                '<label><input type="checkbox" name="agreed" value="1">I accept the subscriber obligations</label>'
                '<button name="badge" value="phone">Activate with a mobile credential</button></form>',
            )

        @self.app.post("/self-service/order")
        def order() -> Response | str:
            visitor = self._visitor()
            if visitor is None:
                return self._page_no("ORDER", "V1-NOVISIT")
            name, visit = visitor
            if not request.form.get("agreed") and self.flaw != "no obligations":
                return self._page_no("ORDER", "O1-DISAGREED", name)
            self.note(name, "AGREED", name)
            for code in self.codes.values():
                code.replaced = code.replaced or code.holder == name
            text = secrets.token_bytes(18)
            secret = base64.urlsafe_b64encode(text).rstrip(b"=").decode()
            self.codes[secret] = Code(name, self.now, visit)
            self.note(name, "ORDER", name)
            picture = BytesIO()
            qrcode.make(f"https://{HOST}/phone-api#{secret}").save(picture, "PNG")
            shown = f'<img alt="QR code" src="data:image/png;base64,{_b64(picture.getvalue())}">'
            return _page("Scan this with your phone", f'{shown}<a href="/self-service/menu">Back</a>')

    def _visitor(self) -> tuple[str, datetime] | None:
        return self.visits.get(request.cookies.get("visit", ""))

    def _page_no(self, what: str, code: str, who: str = "unknown") -> Response:
        self.note(who, what, "", False, code)
        return make_response(_page("No admission", f"<p>The badge office cannot go on ({code}).</p>"), 403)

    # Phones: a code becomes a pass, a pass fetches a badge over EST.

    def _phones(self) -> None:
        app = self.app

        @app.post("/phone-api/claims")
        def claim() -> Response | tuple[dict[str, Any], int]:
            given = request.get_json()
            code = self.codes.get(given["code"])
            if code is None:
                return self.deny("CLAIM", "Q1-NOCODE", 404)
            if code.used and self.flaw != "code works twice":
                return self.deny("CLAIM", "Q3-USED", 409, code.holder)
            if code.replaced or self.now > code.made + CODE_LIFE:
                return self.deny("CLAIM", "Q2-OLD", 410, code.holder)
            if self.holders[code.holder].closed:
                return self.deny("CLAIM", "H2-CLOSED", 403, code.holder)
            registration = self._registration(given)
            if registration is None:
                return self.deny("CLAIM", "P1-NOTREGISTERED", 403, code.holder)
            if registration["sub"] != code.holder:
                return self.deny("CLAIM", "P2-OTHERHOLDER", 403, code.holder)
            code.used = True
            issued = secrets.token_urlsafe(24)
            self.passes[issued] = code.holder, registration["device_id"], code
            self.note(code.holder, "CLAIM", registration["device_id"])
            return {"granted": {"pass": issued}}, 201

        @app.post("/phone-api/claims/<number>/confirmation")
        def confirmation(number: str) -> tuple[str, int]:
            holder, _, _ = self.passes[request.form["pass"]]
            for badge in self.holders[holder].badges:
                if badge["number"] == number:
                    badge["state"] = "LIVE"
            self.note(holder, "ARRIVED", number)
            return "", 204

        @app.get("/phone-api/est/badge/cacerts")
        def cacerts() -> Response:
            return _certs_only([self.authority.authority, self.authority.root])

        @app.post("/phone-api/est/badge/simpleenroll")
        def enroll() -> Response:
            known = self.passes.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
            if known is None:
                return self.deny("BADGE", "E1-NOPASS", 401)
            holder, device, code = known
            try:
                asked = x509.load_der_x509_csr(base64.b64decode(request.get_data()))
                self._expect_sound(asked, holder)
            except NoAdmission as sentence:
                return self.deny("BADGE", str(sentence), 400, holder)
            except ValueError:
                return self.deny("BADGE", "E5-UNREADABLE", 400, holder)
            name = self.holders[holder].person["name"]
            made = self.authority.sign(asked, f"{name['first']} {name['last']}", self.now)
            self._keep(holder, device, code, made)
            return _certs_only([made])

    def _expect_sound(self, asked: x509.CertificateSigningRequest, holder: str) -> None:
        """Raises NoAdmission for a request that gets no badge."""
        if not asked.is_signature_valid and self.flaw != "takes any signature":
            raise NoAdmission("E2-SIGNATURE")
        person, named = self.holders[holder].person["name"], asked.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        if any(each.value != f"{person['first']} {person['last']}" for each in named):
            raise NoAdmission("E3-NAME")
        key = asked.public_key()
        if isinstance(key, rsa.RSAPublicKey) and (key.public_numbers().e < 65537 or _has_close_primes(key)):
            raise NoAdmission("E4-FEEBLE")
        if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name not in ("secp256r1", "secp384r1"):
            raise NoAdmission("E6-CURVE")

    def _keep(self, holder: str, device: str, code: Code, made: x509.Certificate) -> None:
        known = self.holders[holder]
        known.badges.append(
            {
                "holder": holder,
                "handset": device,
                "kind": "LOGON",
                "number": str(made.serial_number),
                "x509": made.public_bytes(Encoding.PEM).decode(),
                "made": self.now.isoformat(),
                "visit": code.visit.isoformat(),
                "state": "NEW",
                "card": _b64(known.card.public_bytes(Encoding.DER)),
                "keygen": "HANDSET",
                "looked_again": False,
            }
        )
        self.note(holder, "BADGE", f"{made.serial_number:x}")
        if self.smtp and self.flaw != "tells nobody":
            mail = EmailMessage()
            mail["From"], mail["To"] = f"badges@{HOST}", known.person["mail"]
            mail["Subject"], mail["Date"] = "Your new badge", self.now
            mail.set_content("A derived credential was made for your phone. If it was not you, call the help desk.")
            server, _, port = self.smtp.partition(":")
            with smtplib.SMTP(server, int(port)) as smtp:
                smtp.send_message(mail)

    def _look_again(self) -> None:
        """A week after a badge was made the card behind it is looked at again."""
        for holder in self.holders.values():
            for badge in holder.badges:
                due = datetime.fromisoformat(badge["made"]) + timedelta(days=7, hours=1)
                if badge["looked_again"] or self.now < due or self.flaw == "never looks again":
                    continue
                badge["looked_again"] = True
                try:
                    self.desk.admit(holder.card, self.now)
                    code = ""
                except NoAdmission as found:
                    code, badge["state"] = str(found), "DEAD"
                entry = {
                    "when": due.isoformat(),
                    "who": "night shift",
                    "what": "LOOKED-AGAIN",
                    "thing": badge["number"],
                }
                self.ledger.append({**entry, "ok": not code, "why": code})

    def _registration(self, given: dict[str, Any]) -> dict[str, Any] | None:
        """What the registry says of a phone that proves to be it; None where that does not hold."""
        try:
            said = json.loads(jws.deserialize_compact(given["registration"], ECKey.import_key(self.registry)).payload)
            key = ECKey.import_key(said["cnf"]["jwk"])
            proof = json.loads(jws.deserialize_compact(given["possession"], key).payload)
        except Exception:
            return None
        secret = base64.urlsafe_b64decode(given["code"] + "=" * (-len(given["code"]) % 4))
        digest = base64.urlsafe_b64encode(hashlib.sha256(secret).digest()).rstrip(b"=").decode()
        fresh = said["exp"] > self.now.timestamp()
        return said if fresh and said["compliant"] and proof["secret_sha256"] == digest else None


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _has_close_primes(key: rsa.RSAPublicKey, steps: int = 100) -> bool:
    """Whether Fermat's way of factoring ends at once."""
    modulus = key.public_numbers().n
    middle = isqrt(modulus - 1) + 1
    return any(isqrt(square) ** 2 == square for square in ((middle + each) ** 2 - modulus for each in range(steps)))


def _page(title: str, content: str) -> str:
    return f"<!doctype html><title>{title}</title><h1>{title}</h1>{content}"


def _certs_only(certificates: list[x509.Certificate]) -> Response:
    der = pkcs7.serialize_certificates(certificates, Encoding.DER)
    return Response(_b64(der), content_type="application/pkcs7-mime; smime-type=certs-only")
