"""How a phone enrols at a product: redemption as the target describes it, then EST, CMP or SCEP."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography import x509

from dpc_conformance.adapters.over_http.answer import UnexpectedAnswer, pointed
from dpc_conformance.adapters.over_http.connection import Connection, Wrong
from dpc_conformance.adapters.over_http.settings import EnrolmentTable, Request
from dpc_conformance.adapters.over_http.template import Values
from dpc_conformance.adapters.over_http.verb import check_request
from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.enrolment import EnrolmentRefused, EnrolmentSession, OfferedCredential
from dpc_conformance.protocols.est import EstClient, GeneratedKey
from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.reference.phone.keystore import PrivateKey
from dpc_conformance.roles.errors import NotSupported

REDEEMED_WITH = ("secret", "statement", "proof", "device_id", "enrolment_address")
RECEIPT_WITH = ("token", "serial", "device_id")
NAMED_BY = ("device_id", "enrolment_address")
USAGES = ("authentication", "signature", "key-management")
TOKEN_LIFE = 600
"""Seconds; nobody asks how long a token is good that a product gave."""


@dataclass(frozen=True)
class Terms:
    """What every phone of a scene has to know to enrol at the product."""

    table: EnrolmentTable
    base_url: str
    authorities: tuple[x509.Certificate, ...]
    recorder: Recorder
    clock: RunClock


class ProductWire:
    """Implements the phone's EnrolmentWire: what EST, CMP and SCEP have in common."""

    def __init__(self, terms: Terms, http: httpx.Client, device_id: Callable[[], str]) -> None:
        self.terms, self.http = terms, http
        self.asks_at_once = terms.table.redeem is None
        self._device_id = device_id
        self._given: dict[str, Any] = {}
        self.token = ""

    def redeem(self, code: QrPayload, statement: str, proof: str) -> EnrolmentSession:
        """Spend the secret where the product has a request for that; else the secret is the token."""
        self._given = {
            "secret": code.secret_text,
            "statement": statement,
            "proof": proof,
            "device_id": self._device_id(),
            "enrolment_address": code.enrolment_address,
        }
        self.token = code.secret_text
        if self.terms.table.redeem is not None:
            document = self._sent(self.terms.table.redeem)
            token = pointed(document, self.terms.table.redeem.answer.fields["token"].at or "")
            if not isinstance(token, str) or not token:
                raise UnexpectedAnswer("expected a token in the answer to the redemption")
            self.token = token
        table = self.terms.table
        offered = tuple(
            OfferedCredential(usage, "", "issuer" if usage in table.made_by_issuer else "device")
            for usage in table.labels
        )
        return EnrolmentSession(self.token, TOKEN_LIFE, offered)

    def authorities(self, usage: str) -> list[x509.Certificate]:  # noqa: ARG002  one set for all, as the target says
        """The authorities that the target names."""
        return list(self.terms.authorities)

    def generated(self, request: x509.CertificateSigningRequest, usage: str) -> GeneratedKey:  # noqa: ARG002
        """Raises NotSupported."""
        raise NotSupported("issuer", f"make the key of a {usage} credential over {self.terms.table.protocol}")

    def acknowledge(self, serial: int) -> None:
        """The product's request for that, where it has one."""
        if self.terms.table.receipt is not None:
            self._given |= {"token": self.token, "serial": str(serial)}
            self._sent(self.terms.table.receipt)

    @property
    def name(self) -> str:
        """The name that goes beside the secret."""
        return Values(self._given, {}).text(self.terms.table.name)

    def _sent(self, request: Request) -> Any:
        try:
            return Connection(self.terms.base_url, self.http).send(request, Values(self._given, {})).document
        except UnexpectedAnswer as problem:
            raise EnrolmentRefused(problem.status, "", problem.text[:300]) from None


class EstWire(ProductWire):
    """EST (RFC 7030) at the product's URL; a hostile phone may speak it, too."""

    def ask(self, request: bytes, usage: str, token: str | None) -> httpx.Response:
        """EST simpleenroll with whatever bytes."""
        return self._est(token).simpleenroll_raw(request, self._label(usage))

    def authorities(self, usage: str) -> list[x509.Certificate]:
        """EST cacerts, and what the target names."""
        return [*self._est(self.token).cacerts(self._label(usage)), *self.terms.authorities]

    def certificate(
        self,
        request: x509.CertificateSigningRequest,
        key: PrivateKey,  # noqa: ARG002
        usage: str,
    ) -> x509.Certificate:
        """EST simpleenroll."""
        return self._est(self.token).simpleenroll(request, self._label(usage))

    def generated(self, request: x509.CertificateSigningRequest, usage: str) -> GeneratedKey:
        """EST serverkeygen."""
        return self._est(self.token).serverkeygen(request, self._label(usage))

    def _label(self, usage: str) -> str:
        return self.terms.table.labels[usage]

    def _est(self, token: str | None) -> EstClient:
        if self.terms.table.sign_in == "basic":
            signed_in = None if token is None else httpx.BasicAuth(self.name, token)
            return est_client(self.terms.table.url, self.http, auth=signed_in)
        return est_client(self.terms.table.url, self.http, token)


class EstRenewal:
    """Implements the phone's RenewalWire over EST simplereenroll; who showed the new credential needs no receipt."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def certificate(self, http: httpx.Client, request: x509.CertificateSigningRequest, usage: str) -> x509.Certificate:
        """EST simplereenroll. Raises NotSupported over another protocol."""
        if self._terms.table.protocol != "est":
            raise NotSupported("phone", f"renew a credential over {self._terms.table.protocol}")
        return est_client(self._terms.table.url, http).simplereenroll(request, self._terms.table.labels[usage])

    def authorities(self, http: httpx.Client, usage: str) -> list[x509.Certificate]:
        """EST cacerts, and what the target names."""
        found = est_client(self._terms.table.url, http).cacerts(self._terms.table.labels[usage])
        return [*found, *self._terms.authorities]

    def acknowledge(self, http: httpx.Client) -> None:
        """Nothing is sent."""


def est_client(
    url: str, http: httpx.Client, token: str | None = None, auth: httpx.BasicAuth | None = None
) -> EstClient:
    """A client of the EST service at a URL."""
    parts = urlsplit(url)
    return EstClient(http, f"{parts.scheme}://{parts.netloc}", token, auth, parts.path.rstrip("/"))


def check_enrolment(table: EnrolmentTable, where: str, wrong: Wrong) -> None:
    """Whether the parts of the table fit each other. Raises `wrong`."""
    for usage in (*table.labels, *table.made_by_issuer):
        if usage not in USAGES:
            raise wrong(f"{where}.labels: expected usages among {', '.join(USAGES)}, not {usage!r}")
    if table.made_by_issuer and table.protocol != "est":
        raise wrong(f"{where}.made_by_issuer: only EST has a request for that")
    if table.protocol == "cmp" and not table.name:
        raise wrong(f"{where}.name: expected the reference value that goes with the secret (RFC 4210 §5.1.1)")
    if table.protocol == "scep" and table.key != "RSA-2048":
        raise wrong(f'{where}.key: expected "RSA-2048": SCEP knows no other keys (RFC 8894 §2.1)')
    if table.url.startswith("http://") and table.protocol == "est":
        raise wrong(f"{where}.url: expected https: EST has no other protection (RFC 7030 §3.3)")
    parts: Mapping[str, tuple[Request | None, tuple[str, ...]]] = {
        "redeem": (table.redeem, REDEEMED_WITH),
        "receipt": (table.receipt, (*RECEIPT_WITH, *REDEEMED_WITH)),
    }
    for key, (request, known) in parts.items():
        if request is not None:
            check_request(request, known, f"{where}.{key}", wrong)
    if table.redeem is not None and set(table.redeem.answer.fields) != {"token"}:
        raise wrong(f"{where}.redeem.answer.fields: expected token, and nothing else")
    check_request(Request(path="/", query={"name": table.name}), NAMED_BY, f"{where}.name", wrong)
