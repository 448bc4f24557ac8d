"""Re-key and renewal in place: the phone replaces its credential in a session that the current key opens."""

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.evidence.records import CertificateInstalled
from dpc_conformance.protocols.device_management import ManagementRefused
from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.reference.phone.client_tls import client_certificate
from dpc_conformance.reference.phone.installation import NotInstallable
from dpc_conformance.reference.phone.keystore import ActivatedKey, PrivateKey
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.requests import certificate_request
from dpc_conformance.roles.errors import RefusedAtTls, ServerNotTrusted, Unreachable
from dpc_conformance.roles.screens import Screen

AUTHENTICATION = "authentication"
RENEWED = "Your mobile smart card was renewed"
NOT_RENEWED = "Your mobile smart card was not renewed"
NO_CONNECTION = "There is no secure connection to the service at the moment."


def rekey(parts: PhoneParts, secret: str) -> Screen:
    """One entry of the activation secret for one re-key. Raises WrongActivationSecret, LookupError."""
    current = parts.keystore.activate(AUTHENTICATION, secret)
    return _asked(parts, current, secret, parts.keys.credential_key(AUTHENTICATION))


def renew(parts: PhoneParts, secret: str) -> Screen:
    """Ask for another certificate for the key that is there. Raises WrongActivationSecret, LookupError."""
    current = parts.keystore.activate(AUTHENTICATION, secret)
    return _asked(parts, current, secret, current.key)


def _asked(parts: PhoneParts, current: ActivatedKey, secret: str, key: PrivateKey) -> Screen:
    """What comes of it."""
    try:
        _replace(parts, current, secret, key)
    except (EnrolmentRefused, ManagementRefused) as error:
        return Screen(NOT_RENEWED, error.message)
    except NotInstallable as error:
        return Screen(NOT_RENEWED, str(error))
    except (Unreachable, ServerNotTrusted, RefusedAtTls, httpx.HTTPError):
        return Screen(NOT_RENEWED, NO_CONNECTION)
    return Screen(RENEWED, "Your apps use the new one from now on.")


def _replace(parts: PhoneParts, current: ActivatedKey, secret: str, key: PrivateKey) -> None:
    configuration = parts.management.configuration()
    if configuration.issuer_address is None:
        raise NotInstallable("Your organization does not ask for a smart card here.")
    wire = parts.renewal(configuration.issuer_address)
    roots = [x509.load_pem_x509_certificate(pem.encode()) for pem in configuration.trusted_roots]
    with parts.open_http(client_certificate(current)) as http:
        certificate = wire.certificate(http, certificate_request(key), AUTHENTICATION)
    with parts.open_http(None) as http:
        others = wire.authorities(http, AUTHENTICATION)
    chain = parts.check.chain(certificate, key, others, roots)
    parts.keystore.install(AUTHENTICATION, key, chain, True, secret)
    der = certificate.public_bytes(Encoding.DER)
    parts.recorder.record(CertificateInstalled(parts.clock.now(), AUTHENTICATION, der, True))
    new = ActivatedKey(key, tuple(each.public_bytes(Encoding.DER) for each in chain))
    with parts.open_http(client_certificate(new)) as http:
        wire.acknowledge(http)
