"""The part of a device that joins wireless networks. The operating system lends it the key for that one use."""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.use import NetworkTried
from dpc_conformance.reference.phone.keystore import ActivatedKey
from dpc_conformance.reference.relying_party.sign_in import user_principal_name
from dpc_conformance.reference.wireless import eapol_test
from dpc_conformance.reference.wireless.air import Air
from dpc_conformance.reference.wireless.eapol_test import Identity
from dpc_conformance.roles.wireless_network import Joining, WirelessProfile

TLS_1_3 = "TLSv1.3"
ANONYMOUS = "anonymous"
"""RFC 9190 §2.1.8: what stands in place of a name that nobody needs."""


class Supplicant:
    """Joins networks by EAP-TLS; every attempt is on record. `device` names who tries."""

    def __init__(self, air: Air, recorder: Recorder, clock: RunClock, device: str) -> None:
        self._air, self._recorder, self._clock, self._device = air, recorder, clock, device
        self.verify_server = True
        """Whether it looks at the certificate of the authentication server."""

    def join(self, network: WirelessProfile, key: ActivatedKey, newest_tls: str = TLS_1_3, name: str = "") -> Joining:
        """Join with a key that may be used once, under the user principal name in its certificate or another `name`.

        Raises Unreachable, MachineLacks.
        """
        own, *above = [x509.load_der_x509_certificate(der) for der in key.chain]
        bundle = pkcs12.serialize_key_and_certificates(None, key.key, own, above, NoEncryption())
        return self.try_as(network, Identity(name or user_principal_name(own) or ANONYMOUS, bundle), newest_tls)

    def try_as(self, network: WirelessProfile, who: Identity, newest_tls: str = TLS_1_3) -> Joining:
        """The same for whoever it is."""
        access_point = self._air.nearest(network.ssid)
        tried = eapol_test.join(network, access_point, who, self.verify_server, newest_tls)
        record = NetworkTried(
            self._clock.now(), self._device, network.ssid, str(tried.joining), tried.tls_version, tried.said
        )
        self._recorder.record(record)
        return tried.joining
