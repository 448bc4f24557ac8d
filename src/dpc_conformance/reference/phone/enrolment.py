"""From a scanned code to installed credentials: the phone's part of the enrolment protocol."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.received_keys import KeyReceived
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import CertificateInstalled
from dpc_conformance.protocols.device_management import signed
from dpc_conformance.protocols.enrolment import EnrolmentSession, OfferedCredential, proof_claims
from dpc_conformance.protocols.key_envelope import open_key_envelope
from dpc_conformance.protocols.qr_payload import QrPayload, base64url
from dpc_conformance.reference.phone.hardware_keys import HardwareKeys
from dpc_conformance.reference.phone.installation import InstallationCheck
from dpc_conformance.reference.phone.keys import DeviceKeys
from dpc_conformance.reference.phone.keystore import KeyStore, PrivateKey
from dpc_conformance.reference.phone.module_key import ModuleKey
from dpc_conformance.reference.phone.received_key import envelope_of
from dpc_conformance.reference.phone.requests import certificate_request
from dpc_conformance.reference.phone.wire import EnrolmentWire

ON_DEVICE, IN_HARDWARE = "device", "hardware"


@dataclass
class Pending:
    """A credential on its way: the request is kept, so that an interrupted delivery repeats the same bytes."""

    offer: OfferedCredential
    key: PrivateKey = field(repr=False)
    request: x509.CertificateSigningRequest
    arrived: x509.Certificate | None = None
    chain: tuple[x509.Certificate, ...] = ()


class Enrolment:
    """One use of one binding secret.

    Methods raise EnrolmentRefused, NotInstallable, EnvelopeRefused, OrderRefused and the network's errors.
    """

    def __init__(
        self,
        wire: EnrolmentWire,
        keys: DeviceKeys,
        keystore: KeyStore,
        hardware: HardwareKeys,
        check: InstallationCheck,
        recorder: Recorder,
        clock: RunClock,
        entropy: Entropy,
        makers: Sequence[x509.Certificate],
    ) -> None:
        """`makers` are the roots of those whose word the phone takes for a key made elsewhere: its TLS roots."""
        self._wire, self._keys, self._keystore, self._check = wire, keys, keystore, check
        self._recorder, self._clock, self._entropy = recorder, clock, entropy
        self._makers, self._hardware = makers, hardware
        self._session: EnrolmentSession | None = None
        self._address = ""
        self._pending: list[Pending] = []
        self._installed = False

    def redeem(self, code: QrPayload, device_key: ec.EllipticCurvePrivateKey, state: Callable[[str], str]) -> None:
        """Spend the secret; `state` fetches a device statement for an enrolment address."""
        self._recorder.keep_secret(code.secret_text)
        self._address = code.enrolment_address
        claims = proof_claims(self._address, code.secret, self._clock.epoch(), base64url(self._entropy.bytes(16)))
        proof = signed(claims, device_key, typ="device-proof+jwt")
        self._session = self._wire.redeem(code, state(self._address), proof)
        for secret in (self._session.token, self._session.unblocking_key, self._session.next_unblocking_key):
            self._recorder.keep_secret(secret)
        if self._wire.asks_at_once:
            self._prepare_all()
            for pending in self._pending:
                self._ask(pending)

    @property
    def is_reset(self) -> bool:
        """Whether the code was for another activation secret, and not for new credentials."""
        return bool(self._session and self._session.next_unblocking_key)

    def fetch(self, roots: Sequence[x509.Certificate]) -> None:
        """Have every offered credential issued and checked against the deployed `roots`; may be repeated."""
        self._prepare_all()
        for pending in self._pending:
            if not pending.chain:
                self._fetch(pending, roots)

    def install(self, secret: str) -> None:
        """Seal the keys under the activation secret and tell the issuer that the certificates arrived (CP §4.4).

        Raises ResetNotPossible where only the secret was to be replaced, and the issuer's key opens nothing.
        """
        session = self._opened()
        if self.is_reset:
            self._keystore.reset_secret(session.unblocking_key, secret, session.next_unblocking_key)
        elif not self._installed:
            if not session.order:
                self._keystore.restore_attempts()
            for pending in self._pending:
                self._keep(pending, secret)
            if session.unblocking_key:
                self._keystore.prepare_reset(secret, session.unblocking_key)
            self._installed = True
        for pending in self._pending:
            self._wire.acknowledge(pending.chain[0].serial_number)

    def _prepare_all(self) -> None:
        """A key and a request for each credential that is offered."""
        for offer in self._opened().credentials:
            if not any(pending.offer == offer for pending in self._pending):
                self._pending.append(self._prepare(offer))

    def _prepare(self, offer: OfferedCredential) -> Pending:
        if offer.key == IN_HARDWARE:
            made = self._hardware.element.make_key(self._opened().order)
            return Pending(offer, made.key, certificate_request(made.key, made.attestation))
        key = self._keys.credential_key(offer.usage) if offer.key == ON_DEVICE else self._keys.transport_key()
        return Pending(offer, key, certificate_request(key))

    def _keep(self, pending: Pending, secret: str) -> None:
        """Install in hardware or in software, in place of what the other one holds for the same usage."""
        usage, here = pending.offer.usage, pending.offer.key in (ON_DEVICE, IN_HARDWARE)
        if isinstance(pending.key, ModuleKey):
            self._hardware.install(usage, pending.key, pending.chain, here, secret)
            self._keystore.remove(usage)
        else:
            self._keystore.install(usage, pending.key, pending.chain, here, secret)
            self._hardware.remove(usage)
        der = pending.chain[0].public_bytes(Encoding.DER)
        self._recorder.record(CertificateInstalled(self._clock.now(), usage, der, here))

    def _ask(self, pending: Pending) -> None:
        """Ask for the certificate of a key that was made here; another comes when it is fetched."""
        if pending.offer.key in (ON_DEVICE, IN_HARDWARE) and pending.arrived is None:
            pending.arrived = self._wire.certificate(pending.request, pending.key, pending.offer.usage)

    def _fetch(self, pending: Pending, roots: Sequence[x509.Certificate]) -> None:
        usage = pending.offer.usage
        others = self._wire.authorities(usage)
        self._ask(pending)
        if pending.arrived is not None:
            pending.chain = self._check.chain(pending.arrived, pending.key, others, roots)
            return
        made = self._wire.generated(pending.request, usage)
        transport = pending.key
        if not isinstance(transport, ec.EllipticCurvePrivateKey):
            raise TypeError("keys travel to this phone under an EC key")
        der, now = made.certificate.public_bytes(Encoding.DER), self._clock.now()
        self._recorder.record(KeyReceived(now, "issuance", self._address, der, envelope_of(made.key_part)))
        key = open_key_envelope(made.key_part, transport, self._makers)
        pending.chain = self._check.chain(made.certificate, key, others, roots)
        pending.key = key

    def _opened(self) -> EnrolmentSession:
        if self._session is None:
            raise LookupError("no code was redeemed yet")
        return self._session
