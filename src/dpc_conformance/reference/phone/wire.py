"""How the phone's requests reach an issuer: the reference's own protocol, unless a product speaks another one."""

from typing import Protocol

import httpx
from cryptography import x509

from dpc_conformance.protocols.enrolment import EnrolmentClient, EnrolmentSession
from dpc_conformance.protocols.est import EstClient, GeneratedKey
from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.protocols.rekey import RekeyClient, certificate_origin, ordinary_origin
from dpc_conformance.reference.phone.keystore import PrivateKey


class EnrolmentWire(Protocol):
    """One use of one binding secret. Methods raise EnrolmentRefused and the network's errors."""

    asks_at_once: bool
    """Whether the request for a certificate is what spends the secret, so that it is sent as soon as a code is read."""

    def redeem(self, code: QrPayload, statement: str, proof: str) -> EnrolmentSession:
        """Spend the secret, with the device manager's statement and the device's proof (compact JWS)."""

    def authorities(self, usage: str) -> list[x509.Certificate]:
        """The certificates of the authorities above a credential of that usage."""

    def certificate(self, request: x509.CertificateSigningRequest, key: PrivateKey, usage: str) -> x509.Certificate:
        """The certificate for the request, which `key` has signed."""

    def generated(self, request: x509.CertificateSigningRequest, usage: str) -> GeneratedKey:
        """A key that the issuer made, enveloped for the request's key."""

    def acknowledge(self, serial: int) -> None:
        """Tell the issuer that the certificate with that serial is installed (CP §4.4)."""


class ReferenceWire:
    """The reference enrolment protocol: redemption, EST under the token that it gives, receipts."""

    asks_at_once = False

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self._address, self._token = "", ""

    def redeem(self, code: QrPayload, statement: str, proof: str) -> EnrolmentSession:
        """The secret and what comes with it in the body."""
        self._address = code.enrolment_address
        session = EnrolmentClient(self._http, self._address).redeem(code.secret, statement, proof, code.password)
        self._token = session.token
        return session

    def authorities(self, usage: str) -> list[x509.Certificate]:
        """EST cacerts."""
        return self._est().cacerts(usage)

    def certificate(
        self,
        request: x509.CertificateSigningRequest,
        key: PrivateKey,  # noqa: ARG002  EST needs nothing but the request
        usage: str,
    ) -> x509.Certificate:
        """EST simpleenroll."""
        return self._est().simpleenroll(request, usage)

    def generated(self, request: x509.CertificateSigningRequest, usage: str) -> GeneratedKey:
        """EST serverkeygen."""
        return self._est().serverkeygen(request, usage)

    def acknowledge(self, serial: int) -> None:
        """A receipt."""
        EnrolmentClient(self._http, self._address).acknowledge(self._token, serial)

    def _est(self) -> EstClient:
        return EstClient(self._http, ordinary_origin(self._address), self._token)


class RenewalWire(Protocol):
    """How a credential in use fetches its successor. Methods raise EnrolmentRefused and the network's errors."""

    def certificate(self, http: httpx.Client, request: x509.CertificateSigningRequest, usage: str) -> x509.Certificate:
        """The successor's certificate; `http` shows the current one."""

    def authorities(self, http: httpx.Client, usage: str) -> list[x509.Certificate]:
        """The certificates of the authorities above it."""

    def acknowledge(self, http: httpx.Client) -> None:
        """Tell the issuer that the successor, which `http` shows, is installed."""


class ReferenceRenewal:
    """EST simplereenroll beside the reference issuer's port that asks for a certificate."""

    def __init__(self, address: str) -> None:
        """`address` is the issuer's, as the device manager has it."""
        self._address = address

    def certificate(self, http: httpx.Client, request: x509.CertificateSigningRequest, usage: str) -> x509.Certificate:
        """EST simplereenroll."""
        return EstClient(http, certificate_origin(self._address)).simplereenroll(request, usage)

    def authorities(self, http: httpx.Client, usage: str) -> list[x509.Certificate]:
        """EST cacerts."""
        return EstClient(http, ordinary_origin(self._address)).cacerts(usage)

    def acknowledge(self, http: httpx.Client) -> None:
        """A receipt, after which the predecessor may go."""
        RekeyClient(http, self._address).acknowledge()
