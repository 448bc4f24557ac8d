"""The reference's status services under a tester's hand."""

from datetime import datetime

from asn1crypto import ocsp

from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.naming import CRL_HOST, OCSP_HOST
from dpc_conformance.reference.pki.status import Responder, StatusService


class Replaying:
    """Answers what it answered the first time that somebody asked about a certificate, nonce and all."""

    def __init__(self, honest: Responder) -> None:
        self._honest = honest
        self._answers: dict[bytes, bytes] = {}

    def answer(self, request: bytes, now: datetime) -> bytes:
        """See Responder."""
        about = ocsp.OCSPRequest.load(request)["tbs_request"]["request_list"].dump()
        return self._answers.setdefault(about, self._honest.answer(request, now))


class ReferenceStatusServices:
    """Implements roles.status_services.StatusServices."""

    def __init__(self, status: StatusService, pki: TestPki) -> None:
        self._status, self._pki = status, pki

    def silence(self) -> None:
        """CRLs and OCSP answer no more."""
        for host in (CRL_HOST, OCSP_HOST):
            self._status.silence(host)

    def revoke_authority(self) -> None:
        """The intermediate CA revokes the one that issues derived credentials."""
        self._status.revoke(self._pki.derived_authority.certificate, "cessationOfOperation")

    def replay(self) -> None:
        """The responder answers again what it answered before."""
        self._status.ocsp = Replaying(self._status.ocsp)
