"""Where the phone's key pairs come from: the phone itself."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.keystore import PrivateKey
from dpc_conformance.reference.pki.keys import KeyPool, ec_key

P256 = "P-256"
RSA_BITS = {"RSA-2048": 2048, "RSA-3072": 3072}
DEVICE_KEY = "device-key"


class DeviceKeys:
    """Generates a fresh key pair for each credential; `kind` is P-256, RSA-2048 or RSA-3072 (SP 800-78-5 table 1)."""

    def __init__(self, entropy: Entropy, pool: KeyPool | None = None, kind: str = P256) -> None:
        """RSA keys need the machine's pool; ValueError without it, or for an unknown kind."""
        if kind not in (P256, *RSA_BITS) or (kind in RSA_BITS and pool is None):
            raise ValueError("a phone makes P-256 keys, or RSA keys with a pool")
        self._entropy, self._pool, self._kind = entropy, pool, kind

    def credential_key(self, usage: str) -> PrivateKey:  # noqa: ARG002  another generator may look at the usage
        """A new key pair for a credential of that usage."""
        if self._kind in RSA_BITS and self._pool is not None:
            return self._pool.rsa(RSA_BITS[self._kind], self._entropy)
        return ec_key(self._entropy, ec.SECP256R1())

    def transport_key(self) -> ec.EllipticCurvePrivateKey:
        """A new P-256 key for which the issuer envelopes a key-management key."""
        return ec_key(self._entropy, ec.SECP256R1())

    def device_key(self, flash: Flash) -> ec.EllipticCurvePrivateKey:
        """The P-256 key that speaks for the phone towards the device manager: made at the first start, then kept."""
        kept = flash.read(DEVICE_KEY)
        if kept is None:
            key = ec_key(self._entropy, ec.SECP256R1())
            pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            flash.write(DEVICE_KEY, pem.decode())
            return key
        loaded = load_pem_private_key(kept.encode(), None)
        if not isinstance(loaded, ec.EllipticCurvePrivateKey):
            raise TypeError("the device key is an EC key")
        return loaded
