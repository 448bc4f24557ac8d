"""The one issuer process of `load.py`: its servers, the people and their cards, and what its records say afterwards."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_public_key

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SystemEntropy, random_uuid
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats.audit_chain import read_audit_chain
from dpc_conformance.protocols.device_management import public_jwk
from dpc_conformance.protocols.http_client import open_client
from dpc_conformance.protocols.network import Names
from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.reference.card.fascn_writer import fasc_n
from dpc_conformance.reference.issuer.agencies import HOME
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.pki_auth import Authenticated
from dpc_conformance.reference.issuer.service import ReferenceIssuer
from dpc_conformance.reference.issuer.settings import AUTHENTICATION, DEVICE, CredentialProfile, IssuerSettings
from dpc_conformance.reference.issuer.status_source import HttpStatus
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, PrivateKey, default_folder
from dpc_conformance.reference.pki.status import StatusService
from dpc_conformance.reference.serving.server import WebServer
from dpc_conformance.roles.people import Person

PROFILE = CredentialProfile("Activate with a mobile credential", ((AUTHENTICATION, DEVICE),))
HTTPS, SIGN_IN = 443, 8443
PATIENCE = 60.0
"""Seconds that the servers wait for a client: fifty phones on two cores make each other wait."""


class LoadIssuer:
    """Issuer, authority and status services in this process, over real sockets. Mail is counted, not sent."""

    def __init__(self, folder: Path, count: int) -> None:
        """With `count` people whose accounts are open; the database is in `folder`."""
        entropy, now = SystemEntropy(), machine_now()
        self.clock, self.names = RunClock(now), Names()
        self.pki = TestPki(now, now, entropy, KeyPool(default_folder()))
        status = StatusService(self.pki, self.clock, entropy)
        self._manager = ec.generate_private_key(ec.SECP256R1())
        self.mailed: Counter[str] = Counter()
        settings = IssuerSettings(profiles=(PROFILE,))
        self._servers = [self._open(port, settings.host) for port in (None, HTTPS, SIGN_IN)]
        self.names.proxy = f"http://127.0.0.1:{self._servers[0].port}"
        self._http = open_client(self.names, self.pki.tls_roots, Recorder(), self.clock, "server")
        self.parts = IssuerParts(
            self.pki, HttpStatus(self._http), self.clock, entropy, folder / "issuer.sqlite", public_jwk(self._manager),
            lambda to, *_: self.mailed.update([to]), status.revoke, settings,
            hold=partial(status.revoke, hold=True), restore=status.restore,
        )  # fmt: skip
        self.issuer = ReferenceIssuer(self.parts)
        for server, app in zip(self._servers, (status.app, self.issuer.app, self.issuer.sign_in_app), strict=True):
            server.serve(app)
        self.people = [self._person(f"person.{number}") for number in range(count)]
        self._racers = 0

    def job(
        self, people: Sequence[dict[str, str]], threads: int, races: Sequence[dict[str, Any]] = ()
    ) -> dict[str, Any]:
        """What a process full of phones has to know."""
        settings = self.parts.settings
        real = zip((HTTPS, SIGN_IN), self._servers[1:], strict=True)
        return {
            "ports": [[settings.host, port, server.port] for port, server in real], "threads": threads,
            "roots": "".join(root.public_bytes(Encoding.PEM).decode() for root in self.pki.tls_roots),
            "now": self.clock.now().isoformat(), "origin": settings.origin, "sign_in": self.issuer.sign_in_address,
            "manager": settings.device_manager, "manager_key": _pem(self._manager), "profile": PROFILE.caption,
            "people": people, "races": races,
        }  # fmt: skip

    def races(self, count: int) -> list[dict[str, Any]]:
        """So many people who each have one QR code, with what it says: a person has one open request at a time."""
        parts, races = self.parts, []
        for _ in range(count):
            self._racers += 1
            person = self._person(f"racer-{self._racers}")
            certificate = x509.load_pem_x509_certificate(person["certificate"].encode())
            account = parts.accounts.get(person["account"])
            ticket = parts.sign_ins.begin(Authenticated(account, certificate, self.clock.now()))
            sign_in = parts.sign_ins.of_session(parts.sign_ins.exchange(ticket))
            if sign_in is None:
                raise LookupError("the sign-in did not become a session")
            secret = parts.secrets.create(sign_in, PROFILE.caption)
            races.append({"person": person, "code": QrPayload(parts.settings.enrolment_address, secret).text})
        return races

    def problems(self, received: Sequence[str]) -> list[str]:
        """What is wrong with the records after the phones received the certificates with these serial numbers."""
        rows = self.parts.store.read().execute("SELECT * FROM credential").fetchall()
        certificates = [x509.load_der_x509_certificate(row["certificate"]) for row in rows if row["certificate"]]
        serials = [f"{certificate.serial_number:x}" for certificate in certificates]
        uuids = [_uuid(certificate) for certificate in certificates]
        done = Counter(record.action for record in self.issuer.audit() if record.outcome == "accepted")
        people = len(self.people)
        expected = {
            "certificates": (len(certificates), people),
            "different serial numbers": (len(set(serials)), people),
            "different UUIDs": (len(set(uuids)), people),
            "acknowledged": (sum(row["status"] == "delivered" for row in rows), people),
            "received by the phones that are in the records": (len(set(received) & set(serials)), people),
            "accounts with a certificate": (len({row["account"] for row in rows}), people),
            "people told, once each": (sum(count == 1 for count in self.mailed.values()), people),
            **{f"audit records of {word}": (done[word], people) for word in ("redeem", "issue", "deliver", "notify")},
        }
        wrong = [f"{name}: expected {wanted}, found {found}" for name, (found, wanted) in expected.items()]
        wrong = [text for text, (found, wanted) in zip(wrong, expected.values(), strict=True) if found != wanted]
        return wrong + self.audit_problems()

    def audit_problems(self) -> list[str]:
        """What is wrong with the exported audit log, by the reader that every auditor has."""
        export = self.issuer.audit_export()
        key = load_der_public_key(export.seal_key)
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return ["the audit log's seal has no EC key"]
        misfit = read_audit_chain(export.content, key).misfit
        return [f"audit log: {misfit}"] if misfit else []

    def tokens(self) -> int:
        """How many enrolment tokens the racers' phones were given so far."""
        query = "SELECT count(*) FROM token JOIN sign_in ON sign_in.id=token.sign_in WHERE account LIKE 'racer-%'"
        return int(self.parts.store.read().execute(query).fetchone()[0])

    def close(self) -> None:
        """Stop the servers and close the records."""
        for server in self._servers:
            server.close()
        self._http.close()
        self.issuer.close()

    def _open(self, port: int | None, host: str) -> WebServer:
        identity = self.pki.tls_identity(host) if port else None
        return WebServer(lambda: self.clock, identity, ask_client_certificate=port == SIGN_IN, patience=PATIENCE)

    def _person(self, account: str) -> dict[str, str]:
        """Somebody with an account and a card whose key is at hand."""
        mail, entropy, key = f"{account}@agency.example", SystemEntropy(), ec.generate_private_key(ec.SECP256R1())
        person = Person(account, "Load", account.title(), mail, mail)
        authority, number = self.pki.piv_authority, f"{entropy.below(10**10):010}"
        card = authority.sign(
            profiles.piv_authentication(
                authority, naming.directory_name(person.common_name), key.public_key(), random_uuid(entropy),
                fasc_n(HOME.code, "0001", number[:6], number), self.clock.now(), entropy, upn=person.upn,
            )
        )  # fmt: skip
        self.issuer.open_account(person, card.public_bytes(Encoding.DER))
        return {"account": account, "certificate": card.public_bytes(Encoding.PEM).decode(), "key": _pem(key)}


def _pem(key: PrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _uuid(certificate: x509.Certificate) -> str:
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    uris: Iterable[str] = names.get_values_for_type(x509.UniformResourceIdentifier)
    return next(uri for uri in uris if uri.startswith("urn:uuid:"))
