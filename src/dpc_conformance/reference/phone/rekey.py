"""Re-key and renewal in place: the phone replaces its credential in a session that the current key opens."""

from collections.abc import Callable

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.evidence.hardware import ModuleOrdered
from dpc_conformance.evidence.records import CertificateInstalled
from dpc_conformance.protocols.device_management import ManagementRefused
from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.protocols.module_orders import OrderClient
from dpc_conformance.reference.phone.client_tls import client_certificate
from dpc_conformance.reference.phone.installation import NotInstallable
from dpc_conformance.reference.phone.keystore import ActivatedKey, PrivateKey
from dpc_conformance.reference.phone.module_key import ModuleKey
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.requests import certificate_request
from dpc_conformance.reference.phone.secure_element import OrderRefused
from dpc_conformance.roles.errors import RefusedAtTls, ServerNotTrusted, Unreachable
from dpc_conformance.roles.screens import Screen

AUTHENTICATION = "authentication"
RENEWED = "Your mobile smart card was renewed"
NOT_RENEWED = "Your mobile smart card was not renewed"
NO_CONNECTION = "There is no secure connection to the service at the moment."
Prepare = Callable[[httpx.Client, str], tuple[PrivateKey, x509.CertificateSigningRequest]]
"""Key and request, given the session that the current key opened and the issuer's address."""


def rekey(parts: PhoneParts, secret: str, into: PhoneParts | None = None) -> Screen:
    """One entry of the activation secret for one re-key; the new key is in the same phone, or in the one of `into`.

    Raises WrongActivationSecret, LookupError.
    """
    current, target = parts.stores.activate(AUTHENTICATION, secret), into or parts
    return _asked(parts, current, secret, target, lambda http, address: _new_key(parts, http, address, target))


def renew(parts: PhoneParts, secret: str) -> Screen:
    """Ask for another certificate for the key that is there. Raises WrongActivationSecret, LookupError."""
    current = parts.stores.activate(AUTHENTICATION, secret)
    return _asked(
        parts, current, secret, parts, lambda _http, _address: (current.key, certificate_request(current.key))
    )


def _asked(parts: PhoneParts, current: ActivatedKey, secret: str, into: PhoneParts, prepare: Prepare) -> Screen:
    """What comes of it."""
    try:
        _replace(parts, current, secret, into, prepare)
    except (EnrolmentRefused, ManagementRefused) as error:
        return Screen(NOT_RENEWED, error.message)
    except (NotInstallable, OrderRefused) as error:
        return Screen(NOT_RENEWED, str(error))
    except (Unreachable, ServerNotTrusted, RefusedAtTls, httpx.HTTPError):
        return Screen(NOT_RENEWED, NO_CONNECTION)
    return Screen(RENEWED, "Your apps use the new one from now on.")


def _replace(parts: PhoneParts, current: ActivatedKey, secret: str, into: PhoneParts, prepare: Prepare) -> None:
    configuration = parts.management.configuration()
    if configuration.issuer_address is None:
        raise NotInstallable("Your organization does not ask for a smart card here.")
    wire = parts.renewal(configuration.issuer_address)
    roots = [x509.load_pem_x509_certificate(pem.encode()) for pem in configuration.trusted_roots]
    with parts.open_http(client_certificate(current)) as http:
        key, request = prepare(http, configuration.issuer_address)
        certificate = wire.certificate(http, request, AUTHENTICATION)
    with parts.open_http(None) as http:
        others = wire.authorities(http, AUTHENTICATION)
    chain = parts.check.chain(certificate, key, others, roots)
    if isinstance(key, ModuleKey):
        into.hardware.install(AUTHENTICATION, key, chain, True, secret)
    else:
        parts.keystore.install(AUTHENTICATION, key, chain, True, secret)
    der = certificate.public_bytes(Encoding.DER)
    parts.recorder.record(CertificateInstalled(parts.clock.now(), AUTHENTICATION, der, True))
    new = ActivatedKey(key, tuple(each.public_bytes(Encoding.DER) for each in chain))
    with parts.open_http(client_certificate(new)) as http:
        wire.acknowledge(http)


def _new_key(
    parts: PhoneParts, http: httpx.Client, address: str, into: PhoneParts
) -> tuple[PrivateKey, x509.CertificateSigningRequest]:
    """A key beside the current one: in hardware on the issuer's order, which the element of `into` verifies."""
    if not parts.hardware.holds(AUTHENTICATION):
        key = parts.keys.credential_key(AUTHENTICATION)
        return key, certificate_request(key)
    element = into.hardware.element
    made = element.make_key(OrderClient(http, address).order(element.serial))
    parts.recorder.record(ModuleOrdered(parts.clock.now(), element.serial, genuine=True, obeyed=True))
    return made.key, certificate_request(made.key, made.attestation)
