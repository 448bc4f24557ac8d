"""The key store: derived keys at rest, and their activation, one signature for one entry of the secret."""

from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import TypedDict

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.sealing import SealedKey, Sealing
from dpc_conformance.roles.phone import InstalledCredential, WrongActivationSecret

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
MOST_ATTEMPTS = 10
"""Consecutive wrong activation secrets after which the keys are disabled."""
CREDENTIALS, ATTEMPTS = "credentials", "attempts"


class KeptCredential(TypedDict):
    """A credential as it lies in the flash; `chain` is base64 of DER, own certificate first."""

    sealed: SealedKey
    chain: list[str]
    generated_here: bool
    disabled: bool


@dataclass(frozen=True)
class ActivatedKey:
    """A key that may be used once, for one signature or one TLS sign-in, with its certificate chain (DER)."""

    key: PrivateKey = field(repr=False)
    chain: tuple[bytes, ...]


class ActivationNeeded(Exception):
    """Nobody entered the activation secret; unlocking the phone does not count (SP 800-157r1 §3.1.4)."""


class KeyStore:
    """Keeps one credential per usage. The counter of wrong attempts lies in `flash` and so survives a restart."""

    def __init__(self, flash: Flash, sealing: Sealing, recorder: Recorder) -> None:
        self._flash, self._sealing, self._recorder = flash, sealing, recorder
        self.most_attempts = MOST_ATTEMPTS

    def after_restart(self) -> "KeyStore":
        """The key store that comes up when the phone is switched on again: only what lies in flash is left."""
        return type(self)(self._flash, self._sealing, self._recorder)

    def install(
        self, usage: str, key: PrivateKey, chain: tuple[x509.Certificate, ...], generated_here: bool, secret: str
    ) -> None:
        """Keep a key, sealed by the secret, with its chain (own certificate first), in place of an older one."""
        key_der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        records = self._records()
        records[usage] = {
            "sealed": self._sealing.seal(key_der, secret),
            "chain": [b64encode(certificate.public_bytes(Encoding.DER)).decode() for certificate in chain],
            "generated_here": generated_here,
            "disabled": False,
        }
        self._flash.write(CREDENTIALS, records)

    def credentials(self) -> tuple[InstalledCredential, ...]:
        """What is installed, readable without activation."""
        return tuple(
            InstalledCredential(usage, b64decode(record["chain"][0]), record["generated_here"])
            for usage, record in self._records().items()
        )

    def attempts_left(self) -> int:
        """Wrong secrets that may still be entered before the keys are disabled."""
        used = self._flash.read(ATTEMPTS) or 0
        return max(0, self.most_attempts - int(used))

    def restore_attempts(self) -> None:
        """Start counting anew: a new activation secret was chosen for new keys; disabled keys stay disabled."""
        self._flash.write(ATTEMPTS, 0)

    def activate(self, usage: str, secret: str | None) -> ActivatedKey:
        """The key for one use. Raises ActivationNeeded, WrongActivationSecret, LookupError without a credential."""
        records = self._records()
        if usage not in records:
            raise LookupError(f"there is no {usage} credential on this phone")
        if secret is None:
            raise ActivationNeeded
        self._recorder.keep_secret(secret)
        record = records[usage]
        if record["disabled"] or not self.attempts_left():
            self._disable()
            raise WrongActivationSecret(0)
        # Counted before it is tried: cutting the power in the middle must not give an attempt back.
        self._flash.write(ATTEMPTS, self.most_attempts - self.attempts_left() + 1)
        key_der = self._sealing.open(record["sealed"], secret)
        if key_der is None:
            if not self.attempts_left():
                self._disable()
            raise WrongActivationSecret(self.attempts_left())
        self.restore_attempts()
        key = load_der_private_key(key_der, None, unsafe_skip_rsa_key_validation=True)
        if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise TypeError("the key store holds RSA and EC keys only")
        return ActivatedKey(key, tuple(b64decode(one) for one in record["chain"]))

    def _disable(self) -> None:
        records = self._records()
        for record in records.values():
            record["disabled"] = True
        self._flash.write(CREDENTIALS, records)

    def _records(self) -> dict[str, KeptCredential]:
        return self._flash.read(CREDENTIALS) or {}
