"""Earlier key management keys: fetched from escrow into the key store, and used to open what is old."""

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.evidence.received_keys import KeyReceived
from dpc_conformance.protocols.encrypted_mail import decrypt
from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.protocols.key_envelope import EnvelopeRefused
from dpc_conformance.protocols.key_recovery import KeyRecoveryClient
from dpc_conformance.protocols.module_orders import OrderClient
from dpc_conformance.reference.phone.client_tls import client_certificate
from dpc_conformance.reference.phone.keystore import PrivateKey
from dpc_conformance.reference.phone.module_key import ModuleKey
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.received_key import envelope_of
from dpc_conformance.reference.phone.requests import certificate_request
from dpc_conformance.reference.phone.secure_element import OrderRefused
from dpc_conformance.roles.errors import RefusedAtTls, Unreachable
from dpc_conformance.roles.screens import Screen

AUTHENTICATION, KEY_MANAGEMENT = "authentication", "key-management"
RECOVERED, NOT_RECOVERED = "The key was recovered", "The key was not recovered"


class PhoneKeyHistory:
    """Implements roles.key_history.KeyHistory over the parts of a phone."""

    def __init__(self, parts: PhoneParts) -> None:
        self._parts = parts

    def offered(self, address: str, secret: str) -> tuple[bytes, ...]:
        """The certificates of the keys that may be recovered. Raises WrongActivationSecret, EnrolmentRefused."""
        with self._open(secret) as http:
            return KeyRecoveryClient(http, address).offered()

    def recover(self, address: str, certificate: bytes, secret: str | None) -> Screen:
        """Ask for one key and install what comes, sealed by the activation secret. Raises WrongActivationSecret."""
        return self._recover(address, certificate, secret, self._parts.hardware.holds(AUTHENTICATION))

    def recover_outside_module(self, address: str, certificate: bytes, secret: str) -> Screen:
        """The same with a transport key in software. Raises WrongActivationSecret."""
        return self._recover(address, certificate, secret, in_module=False)

    def _recover(self, address: str, certificate: bytes, secret: str | None, in_module: bool) -> Screen:
        with self._open(secret) as http:
            client = KeyRecoveryClient(http, address)
            try:
                transport, request = self._transport(http, address, in_module)
                self._fetch(client, address, certificate, secret, transport, request)
            except EnrolmentRefused as error:
                return Screen(NOT_RECOVERED, error.message, status=error.status)
            except (EnvelopeRefused, OrderRefused, RefusedAtTls, Unreachable) as error:
                return Screen(NOT_RECOVERED, str(error), status=500)
        return Screen(RECOVERED, "You can read what was encrypted to it.")

    def certificates(self) -> tuple[bytes, ...]:
        """The key management certificates, the current one first."""
        return tuple(certificate for _, certificate in self.held())

    def read_mail(self, certificate: bytes, encrypted: bytes, secret: str) -> bytes | None:
        """What was encrypted to that certificate. Raises WrongActivationSecret."""
        usage = next((usage for usage, held in self.held() if held == certificate), None)
        if usage is None:
            return None
        return decrypt(encrypted, certificate, self._parts.stores.activate(usage, secret).key)

    def _fetch(
        self,
        client: KeyRecoveryClient,
        address: str,
        der: bytes,
        secret: str | None,
        transport: ec.EllipticCurvePrivateKey,
        request: x509.CertificateSigningRequest,
    ) -> None:
        parts, certificate = self._parts, x509.load_der_x509_certificate(der)
        arrived = client.recover(der, request)
        parts.recorder.record(KeyReceived(parts.clock.now(), "recovery", address, der, envelope_of(arrived)))
        key = self._opened(arrived, transport)
        if not parts.belongs(certificate, key):
            raise EnvelopeRefused("the key that came is not that of the certificate")
        if secret is not None and der not in self.certificates():
            usage = f"{KEY_MANAGEMENT} {certificate.serial_number:x}"
            if isinstance(key, ModuleKey):
                parts.hardware.install(usage, key, (certificate,), False, secret)
            else:
                parts.keystore.install(usage, key, (certificate,), False, secret)
        client.acknowledge(der)

    def _transport(
        self, http: httpx.Client, address: str, in_module: bool
    ) -> tuple[ec.EllipticCurvePrivateKey, x509.CertificateSigningRequest]:
        """The key that a key is sent to, with the request for it."""
        if not in_module:
            key = self._parts.keys.transport_key()
            return key, certificate_request(key)
        element = self._parts.hardware.element
        made = element.make_key(OrderClient(http, address).order(element.serial))
        return made.key, certificate_request(made.key, made.attestation)

    def _opened(self, arrived: bytes, transport: ec.EllipticCurvePrivateKey) -> PrivateKey:
        """What arrived, opened where the transport key is."""
        parts = self._parts
        if isinstance(transport, ModuleKey):
            return parts.hardware.element.load(arrived, transport, parts.trust, parts.open_key)
        return parts.open_key(arrived, transport, parts.trust)

    def held(self) -> list[tuple[str, bytes]]:
        """Usage, as its store has it, and certificate (DER) of each key, the current one first."""
        held = [(each.usage, each.certificate) for each in self._parts.stores.credentials()]
        return [(usage, der) for usage, der in held if usage.split(" ")[0] == KEY_MANAGEMENT]

    def _open(self, secret: str | None) -> httpx.Client:
        if secret is None:
            return self._parts.open_http(None)
        activated = self._parts.stores.activate(AUTHENTICATION, secret)
        return self._parts.open_http(client_certificate(activated))
