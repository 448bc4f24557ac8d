"""The key store: derived keys at rest, and their activation, one signature for one entry of the secret."""

from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import Literal, TypedDict

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

from dpc_conformance.evidence.recorder import ACTIVATION_SECRET_WAS_HERE, Recorder
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.sealing import SealedKey, Sealing
from dpc_conformance.roles.phone import InstalledCredential, WrongActivationSecret

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
MOST_ATTEMPTS = 10
"""Consecutive wrong activation secrets after which the keys are disabled."""
CREDENTIALS, ATTEMPTS = "credentials", "attempts"


class KeptCredential(TypedDict):
    """A credential as it lies in the flash; `chain` is base64 of DER, own certificate first.

    `sealed` opens with the activation secret, `for_reset` with the issuer's unblocking key; None: that copy is gone.
    """

    sealed: SealedKey | None
    for_reset: SealedKey | None
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


class ResetNotPossible(Exception):
    """The unblocking key opens nothing here: the keys are lost. The message is what the person is told."""

    def __init__(self) -> None:
        super().__init__("The activation secret cannot be reset on this phone. Revoke the credential and ask anew.")


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
            "for_reset": None,
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

    def chain_of(self, usage: str) -> tuple[bytes, ...]:
        """The certificate of that usage and those above it (DER). KeyError without a credential."""
        return tuple(b64decode(one) for one in self._records()[usage]["chain"])

    def remove(self, usage: str) -> None:
        """Destroy a key with its certificate: what is written over in the flash is gone."""
        self._flash.write(CREDENTIALS, {kept: record for kept, record in self._records().items() if kept != usage})

    def private_keys(self) -> int:
        """How many private keys lie here."""
        return len(self._records())

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
        self._recorder.keep_secret(secret, ACTIVATION_SECRET_WAS_HERE)
        record = records[usage]
        if record["sealed"] is None and not record["disabled"]:
            raise LookupError(f"the private key of the {usage} credential is not on this phone")
        if record["sealed"] is None or record["disabled"] or not self.attempts_left():
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

    def prepare_reset(self, secret: str, unblocking_key: str) -> None:
        """Seal every key that the secret opens a second time, for whoever holds the unblocking key."""
        self._seal_again("sealed", secret, {"for_reset": unblocking_key})

    def change_secret(self, usage: str, current: str | None, new: str) -> None:
        """Another activation secret for every key of the current one, which counts as an activation of `usage` does.

        Raises ActivationNeeded, WrongActivationSecret, LookupError.
        """
        if current is None:
            raise ActivationNeeded
        self.activate(usage, current)
        self._seal_again("sealed", current, {"sealed": new})

    def reset_secret(self, unblocking_key: str, new: str, next_unblocking_key: str) -> None:
        """Another activation secret by the issuer's unblocking key, which is spent. Raises ResetNotPossible."""
        if not self._seal_again("for_reset", unblocking_key, {"sealed": new, "for_reset": next_unblocking_key}):
            raise ResetNotPossible
        self.restore_attempts()

    def _seal_again(self, copy: Literal["sealed", "for_reset"], opener: str, under: dict[str, str]) -> int:
        """Open that copy of each key and put the copies of `under` in place of older ones; how many it opened."""
        records, opened = self._records(), 0
        for record in records.values():
            sealed = record[copy]
            key_der = self._sealing.open(sealed, opener) if sealed is not None else None
            if key_der is None:
                continue
            opened += 1
            renewed = {name: self._sealing.seal(key_der, secret) for name, secret in under.items()}
            record["sealed"] = renewed.get("sealed", record["sealed"])
            record["for_reset"] = renewed.get("for_reset", record["for_reset"])
            record["disabled"] = record["disabled"] and copy == "sealed"
        self._flash.write(CREDENTIALS, records)
        return opened

    def _disable(self) -> None:
        """Destroy what the secret opens; only the issuer's unblocking key, where there is one, gets the key back."""
        records = self._records()
        for record in records.values():
            record["disabled"], record["sealed"] = True, None
        self._flash.write(CREDENTIALS, records)

    def _records(self) -> dict[str, KeptCredential]:
        return self._flash.read(CREDENTIALS) or {}
