"""Fetches the CRLs that certificates name: what a relying party knows about revocation."""

from collections.abc import Iterable

import httpx

from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.der import DerError
from dpc_conformance.protocols.unanswered import UNANSWERED

URI = 6


def crl_addresses(certificate: bytes) -> tuple[str, ...]:
    """The http URIs in the CRL distribution points of a certificate (DER); none when it cannot be read."""
    try:
        points = read_certificate(certificate).distribution_points
    except DerError:
        return ()
    names = (name for point in points for name in point.names if name.kind == URI)
    return tuple(name.text for name in names if name.text and name.text.startswith("http://"))


def download_crls(http: httpx.Client, certificates: Iterable[bytes]) -> tuple[bytes, ...]:
    """The CRLs (DER) of every certificate; what does not answer is left out, so that the judge cannot tell."""
    addresses = dict.fromkeys(address for certificate in certificates for address in crl_addresses(certificate))
    found = []
    for address in addresses:
        try:
            response = http.get(address)
        except UNANSWERED:
            continue
        if response.is_success:
            found.append(response.content)
    return tuple(found)
