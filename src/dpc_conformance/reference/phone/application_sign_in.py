"""Signing in to an application through the identity provider, with the derived credential in TLS."""

from dpc_conformance.evidence.assertions import Assertion
from dpc_conformance.protocols.code_grant import CodeGrant, NotSignedIn
from dpc_conformance.reference.phone.client_tls import client_certificate
from dpc_conformance.reference.phone.parts import PhoneParts

AUTHENTICATION = "authentication"


def sign_in_to_application(parts: PhoneParts, provider: str, secret: str) -> Assertion | None:
    """One activation for one sign-in. Raises WrongActivationSecret, LookupError."""
    activated = parts.stores.activate(AUTHENTICATION, secret)
    with parts.open_http(client_certificate(activated)) as http:
        grant = CodeGrant(http, provider, parts.recorder, parts.clock, parts.entropy)
        try:
            return grant.sign_in()
        except NotSignedIn:
            return None
