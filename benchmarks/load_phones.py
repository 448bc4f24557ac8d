"""A process full of phones, each a thread, for `load.py`: a job as JSON on the first line, then a word for each phase.

The words are `sign-in` (each person at the kiosk, which shows the QR code), `enrol` (each phone to its acknowledged
certificate) and `race` (two phones with the same code). Each word is answered with one line of JSON.
"""

import base64
import json
import re
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http.cookiejar import CookieJar
from io import BytesIO
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from PIL import Image

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SystemEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats.qr_symbols import qr_symbols
from dpc_conformance.protocols.device_management import public_jwk, signed
from dpc_conformance.protocols.enrolment import EnrolmentClient, EnrolmentRefused, proof_claims
from dpc_conformance.protocols.est import EstClient
from dpc_conformance.protocols.http_client import ClientCertificate, open_client
from dpc_conformance.protocols.network import Names
from dpc_conformance.protocols.qr_payload import QrPayload, base64url
from dpc_conformance.reference.phone.requests import certificate_request

PATIENCE = 60.0
"""Seconds that a phone waits: how long it took is measured, not judged."""
RACERS = 2
"""Phones that race for a code."""
STATEMENT_SECONDS = 300


class Phone:
    """One person with a card, and that person's phone, which the device manager vouches for."""

    def __init__(self, job: dict[str, Any], person: dict[str, str]) -> None:
        self._job, self._person = job, person
        self._names, self._clock = Names(), RunClock(datetime.fromisoformat(job["now"]))
        for host, port, real in job["ports"]:
            self._names.add(host, port, real)
        self._roots = x509.load_pem_x509_certificates(job["roots"].encode())
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._device, self._entropy = base64url(SystemEntropy().bytes(9)), SystemEntropy()
        self.code: QrPayload | None = None

    def sign_in(self) -> None:
        """At the kiosk, with the card: afterwards the phone has seen the QR code."""
        jar, card = CookieJar(), self._person
        certificate = ClientCertificate(card["certificate"].encode(), card["key"].encode())
        with self._http(certificate, jar) as at_the_card_reader:
            answer = at_the_card_reader.get(self._job["sign_in"])
        with self._http(None, jar) as browser:
            browser.get(answer.headers["Location"])
            form = {"profile": self._job["profile"], "obligations": "yes"}
            page = browser.post(f"{self._job['origin']}/request", data=form).text
        picture = re.search(r'data:image/png;base64,([^"]+)"', page)
        if picture is None:
            raise LookupError("the kiosk shows no QR code")
        with Image.open(BytesIO(base64.b64decode(picture[1]))) as image:
            self.code = QrPayload.from_text(qr_symbols(image)[0].text)

    def enrol(self) -> str:
        """From the QR code to the acknowledged certificate, whose serial number (hexadecimal) is returned."""
        if self.code is None:
            raise LookupError("there is no QR code")
        with self._http() as http:
            token = self.redeem(http, self.code)
            est = EstClient(http, self._job["origin"], token)
            est.cacerts()
            key = ec.generate_private_key(ec.SECP256R1())
            certificate = est.simpleenroll(certificate_request(key))
            if certificate.public_key() != key.public_key():
                raise LookupError("the certificate is for another key")
            EnrolmentClient(http, self.code.enrolment_address).acknowledge(token, certificate.serial_number)
        return f"{certificate.serial_number:x}"

    def race(self, code: QrPayload, start: threading.Barrier) -> str:
        """Present a code when the other phone does; `won`, or the issuer's word for why not."""
        with self._http() as http:
            start.wait(PATIENCE)
            try:
                self.redeem(http, code)
            except EnrolmentRefused as refused:
                return refused.reason
        return "won"

    def redeem(self, http: httpx.Client, code: QrPayload) -> str:
        """The token for a code."""
        now, address = self._clock.epoch(), code.enrolment_address
        statement = {
            "iss": self._job["manager"], "aud": address, "sub": self._person["account"], "device_id": self._device,
            "cnf": {"jwk": public_jwk(self._key)}, "compliant": True, "iat": now, "exp": now + STATEMENT_SECONDS,
            "jti": self._identifier(),
        }  # fmt: skip
        manager_key = load_pem_private_key(self._job["manager_key"].encode(), None)
        if not isinstance(manager_key, ec.EllipticCurvePrivateKey):
            raise TypeError("the device manager's key is on P-256")
        proof = signed(proof_claims(address, code.secret, now, self._identifier()), self._key, typ="device-proof+jwt")
        stated = signed(statement, manager_key, typ="device-statement+jwt")
        return EnrolmentClient(http, address).redeem(code.secret, stated, proof).token

    def _identifier(self) -> str:
        return base64url(self._entropy.bytes(16))

    def _http(self, certificate: ClientCertificate | None = None, cookies: CookieJar | None = None) -> httpx.Client:
        http = open_client(self._names, self._roots, Recorder(), self._clock, "phone", certificate, cookies)
        http.timeout = httpx.Timeout(PATIENCE)
        return http


def timed(work: Callable[[], object]) -> dict[str, Any]:
    """Seconds, and what came of it or why nothing did."""
    began = time.perf_counter()
    try:
        result, problem = work(), ""
    except Exception as error:  # noqa: BLE001  whatever it is, the enrolment is lost and is counted so
        result, problem = None, f"{type(error).__name__}: {error}"
    return {"seconds": time.perf_counter() - began, "result": result, "problem": problem}


def main() -> None:
    """Serve one job."""
    job = json.loads(sys.stdin.readline())
    phones = [Phone(job, person) for person in job["people"]]

    def races() -> list[list[str]]:
        start = threading.Barrier(RACERS)
        found = []
        for race in job["races"]:
            code = QrPayload.from_text(race["code"])
            racers = [Phone(job, race["person"]) for _ in range(RACERS)]
            found.append(list(pool.map(lambda racer, code=code: racer.race(code, start), racers)))
        return found

    with ThreadPoolExecutor(max(job["threads"], RACERS)) as pool:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for word in map(str.strip, sys.stdin):
            if word == "race":
                answer: object = races()
            else:
                verb = Phone.sign_in if word == "sign-in" else Phone.enrol
                answer = list(pool.map(lambda phone, verb=verb: timed(lambda: verb(phone)), phones))
            sys.stdout.write(f"{json.dumps(answer)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
