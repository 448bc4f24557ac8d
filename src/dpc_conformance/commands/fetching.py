"""Fetches CRLs and CA certificates from the http addresses in certificates: only for `--fetch`, and never far."""

from collections.abc import Iterable
from dataclasses import replace

import httpx

from dpc_conformance.commands.der_kind import Kind
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.inputs import Item, Reader
from dpc_conformance.commands.surroundings import Surroundings, certificate_view
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.names import URI
from dpc_conformance.protocols.unanswered import UNANSWERED

SECONDS = 10.0
"""For each answer; the profile demands that status services keep it."""
MOST_BYTES = 64 << 20
MOST_STEPS = 5
"""How many CAs up from a certificate; no path in the Federal PKI is longer."""
MOST_ADDRESSES = 50


def fetched(around: Surroundings, items: Iterable[Item], client: httpx.Client | None = None) -> Surroundings:
    """The surroundings with what the certificates among `items` and their CAs name, as far as somebody answers.

    Redirections are not followed. `client` is the HTTP client to use, by default one of the machine.
    """
    with client or httpx.Client(timeout=SECONDS) as http:
        return _Fetcher(http).complete(around, [item.der for item in items if item.kind is Kind.CERTIFICATE])


class _Fetcher:
    """Asks each address once."""

    def __init__(self, http: httpx.Client) -> None:
        self._http, self._seen = http, set[str]()

    def complete(self, around: Surroundings, certificates: list[bytes]) -> Surroundings:
        """Walks up from the certificates, collecting CA certificates and CRLs."""
        authorities, crls = list(around.authorities), list(around.crls)
        pending = [*certificates, *authorities]
        for _ in range(MOST_STEPS):
            views = [view for view in map(certificate_view, pending) if view is not None]
            crls += self._objects(Kind.CRL, [address for view in views for address in _crl_addresses(view)])
            found = self._objects(Kind.CERTIFICATE, [address for view in views for address in _ca_addresses(view)])
            pending = [der for der in found if der not in authorities and _is_ca(der)]
            authorities += pending
            if not pending:
                break
        return replace(around, authorities=tuple(dict.fromkeys(authorities)), crls=tuple(dict.fromkeys(crls)))

    def _objects(self, kind: Kind, addresses: list[str]) -> list[bytes]:
        new = [address for address in dict.fromkeys(addresses) if address not in self._seen]
        found: list[bytes] = []
        for address in new[: MOST_ADDRESSES - len(self._seen)]:
            self._seen.add(address)
            try:
                # Whatever else stands at the address is as good as no answer.
                found += [item.der for item in Reader().parsed(address, self._get(address)) if item.kind is kind]
            except BadInput:
                continue
        return found

    def _get(self, address: str) -> bytes:
        """What stands at an address; nothing when nobody answers, or too much."""
        body = bytearray()
        try:
            with self._http.stream("GET", address) as response:
                if not response.is_success:
                    return b""
                for part in response.iter_bytes():
                    body += part
                    if len(body) > MOST_BYTES:
                        return b""
        except UNANSWERED:
            return b""
        return bytes(body)


def _crl_addresses(view: CertificateView) -> list[str]:
    names = [name for point in view.distribution_points for name in point.names if name.kind == URI]
    return [name.text for name in names if name.text and name.text.startswith("http://")]


def _ca_addresses(view: CertificateView) -> list[str]:
    texts = [one.location.text or "" for one in view.authority_information_access if one.method == oids.CA_ISSUERS]
    return [text for text in texts if text.startswith("http://")]


def _is_ca(der: bytes) -> bool:
    view = certificate_view(der)
    return view is not None and view.is_authority
