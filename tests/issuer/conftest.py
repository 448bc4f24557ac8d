"""An issuer with its surroundings in memory: test PKI, status services, a device manager's key, a mailbox, a phone."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from html import unescape

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from joserfc import jws
from joserfc.jwk import ECKey

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy, random_uuid
from dpc_conformance.formats import oids
from dpc_conformance.protocols.enrolment import EnrolmentClient, proof_claims
from dpc_conformance.protocols.est import EstClient
from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.reference.card.fascn_writer import fasc_n
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.service import ReferenceIssuer
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.status_source import HttpStatus
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder, ec_key
from dpc_conformance.reference.pki.status import StatusService
from dpc_conformance.roles.people import Person

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALEX = Person("acct-alex", "Alex", "Archer", "alex@agency.example", "alex.archer@agency.example")
BLAKE = Person("acct-blake", "Blake", "Baker", "blake@agency.example", "blake.baker@agency.example")
MOBILE = "Activate with a mobile credential"
MANAGER = "https://mdm.dpc.example"


def digits(entropy):
    """Credential number and person identifier of a card."""
    return f"{entropy.below(10**6):06}", f"{entropy.below(10**10):010}"


@pytest.fixture(scope="session")
def pki():
    return TestPki(START, machine_now(), SeededEntropy("issuer-tests"), KeyPool(default_folder()))


class Browser:
    """A cookie jar and the two ports; `card` is the certificate of the next sign-in (DER)."""

    def __init__(self, issuer):
        self._issuer = issuer
        self.http = httpx.Client(transport=httpx.WSGITransport(issuer.app), base_url="https://issuer.dpc.example")

    def sign_in(self, certificate, *more):
        """Visit the certificate port; follow the redirect like a browser would."""
        chain = [each.public_bytes(Encoding.DER) for each in (certificate, *more) if each is not None]

        def app(environ, start_response):
            environ |= {"dpc.client_certificate": chain[0] if chain else None, "dpc.client_chain": chain}
            return self._issuer.sign_in_app(environ, start_response)

        with httpx.Client(transport=httpx.WSGITransport(app), cookies=self.http.cookies) as special:
            answer = special.get("https://issuer.dpc.example:8443/sign-in")
            self.http.cookies.update(special.cookies)
        return self.http.get(answer.headers["Location"], follow_redirects=True) if answer.is_redirect else answer

    def request_id(self, profile=MOBILE, obligations="yes"):
        form = {"profile": profile} | ({"obligations": obligations} if obligations else {})
        return self.http.post("/request", data=form)


@dataclass
class Phone:
    """What a phone of the tests holds."""

    account: str
    device_id: str = "phone-1"
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256"))


@dataclass
class Stage:
    pki: object
    clock: RunClock
    status: StatusService
    entropy: SeededEntropy
    parts: IssuerParts
    mails: list
    manager: ECKey
    identifiers: int = 0
    _issuer: ReferenceIssuer | None = None

    @property
    def issuer(self):
        if self._issuer is None:
            self._issuer = ReferenceIssuer(self.parts)
        return self._issuer

    def restart(self, **settings):
        """A new process over the same records; nothing but the file survives."""
        self.issuer.close()
        own = {name: getattr(self.parts, name) for name in IssuerParts.__dataclass_fields__}
        own["settings"] = replace(own["settings"], **settings)
        self.parts = IssuerParts(**own)
        self._issuer = None
        return self.issuer

    def card(
        self,
        person=ALEX,
        label="card",
        authority=None,
        policy=oids.COMMON_AUTHENTICATION,
        now=None,
        no_later_than=None,
        public_key=None,
    ):
        """A PIV Authentication certificate; the key exists but is not needed: TLS is not part of these tests."""
        entropy = SeededEntropy(f"{person.account}/{label}")
        authority = authority or self.pki.piv_authority
        builder = profiles.piv_authentication(
            authority, naming.directory_name(person.common_name),
            public_key or ec_key(entropy, ec.SECP256R1()).public_key(),
            random_uuid(entropy), fasc_n("4700", "0001", *digits(entropy)), now or self.clock.now(), entropy, policy,
            person.upn, no_later_than,
        )  # fmt: skip
        return authority.sign(builder)

    def enrol_person(self, person=ALEX, label="card"):
        certificate = self.card(person, label)
        self.issuer.open_account(person, certificate.public_bytes(Encoding.DER))
        return certificate

    def browser(self):
        return Browser(self.issuer)

    def qr_code(self, certificate):
        """Sign in, ask for the mobile profile, read the QR code."""
        browser = self.browser()
        assert browser.sign_in(certificate).status_code == 200
        return read_qr(browser.request_id().text)

    def statement(self, phone, **changes):
        self.identifiers += 1
        claims = {
            "iss": MANAGER, "aud": self.issuer.enrolment_address, "sub": phone.account, "device_id": phone.device_id,
            "cnf": {"jwk": phone.key.as_dict(private=False)}, "compliant": True,
            "iat": self.clock.epoch(), "exp": self.clock.epoch() + 300, "jti": f"statement-{self.identifiers}",
        }  # fmt: skip
        return sign(claims | changes, self.manager)

    def proof(self, phone, secret, **changes):
        self.identifiers += 1
        claims = proof_claims(self.issuer.enrolment_address, secret, self.clock.epoch(), f"proof-{self.identifiers}")
        return sign(claims | changes, phone.key)

    def http(self):
        return httpx.Client(transport=httpx.WSGITransport(self.issuer.app))

    def redeem(self, payload, phone, statement=None, proof=None):
        client = EnrolmentClient(self.http(), self.issuer.enrolment_address)
        return client.redeem(
            payload.secret, statement or self.statement(phone), proof or self.proof(phone, payload.secret),
            payload.password,
        )  # fmt: skip

    def est(self, token=None):
        return EstClient(self.http(), "https://issuer.dpc.example", token)

    def acknowledge(self, token, certificate):
        EnrolmentClient(self.http(), self.issuer.enrolment_address).acknowledge(token, certificate.serial_number)

    def enrolled(self, certificate, phone, key=None):
        """The whole way to one authentication certificate."""
        session = self.redeem(self.qr_code(certificate), phone)
        issued = self.est(session.token).simpleenroll(request_for(key or new_key()))
        self.acknowledge(session.token, issued)
        return issued

    def decisions(self, action):
        return [record for record in self.issuer.audit() if record.action == action]

    def last_refusal(self):
        return [record for record in self.issuer.audit() if record.outcome == "refused"][-1]


# Test files cannot import from here, so the stage carries what they need.
Stage.ALEX, Stage.BLAKE, Stage.MOBILE, Stage.Phone = ALEX, BLAKE, MOBILE, Phone
Stage.Person, Stage.SOFTWARE = Person, oids.COMMON_POLICY


@pytest.fixture
def stage(pki, tmp_path):
    clock, entropy = RunClock(START), SeededEntropy("stage")
    status = StatusService(pki, clock, entropy.branch("status"))
    mails, manager = [], ECKey.generate_key("P-256")
    parts = IssuerParts(
        pki, HttpStatus(httpx.Client(transport=httpx.WSGITransport(status.app))), clock, entropy,
        tmp_path / "issuer.db", manager.as_dict(private=False), lambda *mail: mails.append(mail), status.revoke,
        IssuerSettings(), hold=partial(status.revoke, hold=True), restore=status.restore,
    )  # fmt: skip
    stage = Stage(pki, clock, status, entropy, parts, mails, manager)
    yield stage
    stage.issuer.close()


@pytest.fixture
def card(stage):
    return stage.enrol_person()


@pytest.fixture
def phone():
    return Phone(ALEX.account)


def read_qr(html):
    """The payload of the picture on the page, read by a decoder that the issuer does not use."""
    import base64
    import io

    from PIL import Image

    from dpc_conformance.formats.qr_symbols import qr_symbols

    picture = base64.b64decode(re.search(r'data:image/png;base64,([^"]+)"', unescape(html))[1])
    return QrPayload.from_text(qr_symbols(Image.open(io.BytesIO(picture)))[0].text)


def new_key():
    return ec.generate_private_key(ec.SECP256R1())


def request_for(key, subject=None, algorithm=None):
    """A PKCS #10 request; without `subject` it names nobody."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject or x509.Name([]))
    return builder.sign(key, algorithm or hashes.SHA256())


def sign(claims, key):
    import json

    return jws.serialize_compact({"alg": "ES256"}, json.dumps(claims), key, algorithms=["ES256"])


Stage.read_qr, Stage.new_key = staticmethod(read_qr), staticmethod(new_key)
Stage.request_for, Stage.random_uuid = staticmethod(request_for), staticmethod(random_uuid)
