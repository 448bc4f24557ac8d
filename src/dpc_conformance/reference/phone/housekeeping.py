"""The phone's own housekeeping: keys of revoked certificates are destroyed (Common Policy CP §6.2.10)."""

import httpx

from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.ocsp import REVOKED, read_ocsp
from dpc_conformance.protocols.ocsp_query import ask_responder
from dpc_conformance.reference.phone.credential_stores import CredentialStores


class Housekeeping:
    """Asks for the status of each installed certificate; what cannot be found out changes nothing."""

    def tidy(self, stores: CredentialStores, http: httpx.Client) -> None:
        """Remove key and certificate of every credential whose certificate was revoked."""
        for held in stores.credentials():
            certificate, *above = stores.chain_of(held.usage)
            if above and _revoked(ask_responder(http, certificate, above[0])):
                stores.remove(held.usage)


def _revoked(answer: bytes | None) -> bool:
    if answer is None:
        return False
    try:
        responses = read_ocsp(answer).responses
    except DerError:
        return False
    return bool(responses) and responses[0].status == REVOKED
