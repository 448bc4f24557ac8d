"""The judge on services that were made without it: the reference's, and the reference's with a part swapped."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from reference_made import HOUR, START, certificates, encoded, pki

from dpc_conformance.checks.finding import Finding
from dpc_conformance.checks.judgement import findings
from dpc_conformance.checks.services.context import ServiceContext
from dpc_conformance.checks.services.judge import judge_services
from dpc_conformance.checks.status.lifetime import OF_A_SHARED_PROVIDER
from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.observations import Fetched, Observation, Purpose, StatusChanged
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.reference.pki import naming
from dpc_conformance.reference.pki.crl_maker import CrlMaker
from dpc_conformance.reference.pki.revocation import RevocationList
from dpc_conformance.reference.pki.status import StatusService


class Observer:
    """A client that fetches from the WSGI application, measuring by the run's clock."""

    def __init__(self) -> None:
        self.clock = RunClock(START)
        self.status = StatusService(pki(), self.clock, SeededEntropy("observed"))
        self.seen: list[Observation] = []
        self.authority = pki().derived_authority
        self.certificate = certificates()["derived-authentication"][0]
        self.serves = self.status.app

    def fetch(self, purpose: Purpose, url: str, body: bytes = b"") -> None:
        host, _, path = url.removeprefix("http://").partition("/")
        answer: dict[str, Any] = {}
        environ = {
            "REQUEST_METHOD": "POST" if body else "GET",
            "HTTP_HOST": host,
            "PATH_INFO": f"/{path}",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        begin = self.clock.now()
        content = b"".join(self.serves(environ, lambda line, headers: answer.update(line=line, **dict(headers))))
        took = self.clock.now() - begin
        status = int(answer["line"][:3])
        self.seen.append(Fetched(begin, purpose, url, status, answer["Content-Type"], content, took, request=body))

    def fetch_all(self) -> None:
        request = ocsp.OCSPRequestBuilder().add_certificate(self.certificate, self.authority.certificate, hashes.SHA1())
        self.fetch("crl", self.authority.crl_url)
        self.fetch("certificates", self.authority.p7c_url)
        self.fetch("ocsp", self.authority.ocsp_url, request.build().public_bytes(Encoding.DER))

    def changed(self, change: Any) -> None:
        view = read_certificate(encoded(self.certificate))
        self.seen.append(StatusChanged(self.clock.now(), change, view.serial, view.not_after.moment))

    def two_days(self) -> Iterator[int]:
        """Fetch everything each hour; yields the hour before each fetch."""
        for hour in range(48):
            yield hour
            self.fetch_all()
            self.clock.advance(HOUR)

    def found(self) -> dict[str, Finding]:
        certificates = encoded(self.certificate), encoded(self.authority.certificate)
        told = ServiceContext(self.clock.now(), *certificates, OF_A_SHARED_PROVIDER)
        return findings(judge_services(tuple(self.seen), told))


def test_the_reference_serves_as_the_profile_demands() -> None:
    observer = Observer()
    for hour in observer.two_days():
        if hour == 10:
            observer.changed("revoke")
            observer.status.revoke(observer.certificate)
    found = observer.found()
    assert not found, [str(one) for one in found.values()]


def test_the_reference_holds_and_restores() -> None:
    observer = Observer()
    for hour in observer.two_days():
        if hour == 10:
            observer.changed("hold")
            observer.status.revoke(observer.certificate, hold=True)
        if hour == 30:
            observer.changed("restore")
            observer.status.restore(observer.certificate)
    assert not observer.found()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda one: one.status.media_types.update({naming.CRL_HOST: "text/html"}), {"DPC-CRL-HTTP-01"}),
        (lambda one: one.status.media_types.update({naming.OCSP_HOST: "text/plain"}), {"DPC-OCSP-HTTP-01"}),
        (lambda one: one.status.media_types.update({naming.REPOSITORY_HOST: "text/plain"}), {"DPC-AIA-HTTP-01"}),
        (lambda one: setattr(one.status.crls, "issue_every", 30 * HOUR), {"DPC-CRL-TIME-02"}),
        (lambda one: setattr(one.status.crls, "lifetime", timedelta(days=7)), {"DPC-CRL-TIME-02"}),
        (lambda one: setattr(one.status.crls, "lifetime", 6 * HOUR), {"DPC-CRL-TIME-03"}),
        (lambda one: one.status.silence(naming.REPOSITORY_HOST), {"DPC-REPO-01"}),
        (
            lambda one: one.status.repository.bundles.update(
                {path: [*held, pki().root.certificate] for path, held in one.status.repository.bundles.items()}
            ),
            {"DPC-AIA-HTTP-01"},
        ),
    ],
    ids=["CRL type", "OCSP type", "p7c type", "CRL interval", "CRL life", "lapsed CRL", "closed", "root in p7c"],
)
def test_a_service_that_misbehaves_is_found(change: Any, expected: set[str]) -> None:
    observer = Observer()
    change(observer)
    for _ in observer.two_days():
        pass
    assert set(observer.found()) == expected


def test_a_service_that_dawdles_is_found() -> None:
    observer = Observer()

    def slowly(environ: dict[str, Any], start_response: Any) -> Any:
        observer.clock.advance(timedelta(seconds=30))
        return observer.status.app(environ, start_response)

    observer.serves = slowly
    for _ in observer.two_days():
        pass
    assert set(observer.found()) == {"DPC-CRL-AVAIL-01", "DPC-OCSP-AVAIL-01"}


def test_what_is_kept_from_the_crl_maker_is_found() -> None:
    observer, ignorant = Observer(), CrlMaker(RevocationList())
    for hour in observer.two_days():
        if hour == 10:
            observer.changed("revoke")
            observer.status.revoke(observer.certificate)
        if hour == 40:
            observer.status.crls = ignorant
    assert {"DPC-LC-REVLIST-01"} <= set(observer.found())
