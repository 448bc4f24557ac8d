"""Private keys: EC keys come from the run's entropy, RSA keys from a pool made once per machine."""

import contextlib
import os
import secrets
import threading
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key

from dpc_conformance.entropy import Entropy

PrivateKey = RSAPrivateKey | ec.EllipticCurvePrivateKey
PublicKey = RSAPublicKey | ec.EllipticCurvePublicKey
PUBLIC_EXPONENT = 65537
SLOTS = {3072: 8}
OTHER_SLOTS = 24
ORDERS = {
    "secp256r1": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "secp384r1": int(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973", 16
    ),
}


def default_folder() -> Path:
    """Where a machine's pool of RSA keys lives: the user's cache folder (XDG_CACHE_HOME, else ~/.cache)."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "dpc-conformance" / "rsa"


def ec_key(entropy: Entropy, curve: ec.EllipticCurve) -> ec.EllipticCurvePrivateKey:
    """A key on P-256 or P-384 (SP 800-78-5 table 1), the same for the same entropy. KeyError for other curves."""
    return ec.derive_private_key(1 + entropy.below(ORDERS[curve.name] - 1), curve)


def signature_hash(key: PrivateKey | PublicKey) -> hashes.SHA256 | hashes.SHA384:
    """The hash that goes with a signing key: SHA-384 for P-384, SHA-256 otherwise (SP 800-78-5 table 3)."""
    wide = not isinstance(key, RSAPrivateKey | RSAPublicKey) and key.curve.key_size > 256
    return hashes.SHA384() if wide else hashes.SHA256()


def sign(key: PrivateKey, data: bytes) -> bytes:
    """The signature over `data`: ECDSA in DER, or RSA PKCS #1 v1.5; the hash is that of `signature_hash`."""
    if isinstance(key, RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), signature_hash(key))
    return key.sign(data, ec.ECDSA(signature_hash(key)))


def write_private(path: Path, content: bytes) -> None:
    """A new file that its owner alone reads. FileExistsError where there is one already."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


class KeyPool:
    """RSA keys of this machine, one file each; several processes may share the folder.

    A pool never hands out the same key twice. A new scenario starts with `scenario()`, which may take again what
    other scenarios took, but not what this pool took for the PKI.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` is made when missing, and closed to everybody but its owner."""
        self._folder = folder
        self._loaded: dict[tuple[int, int], RSAPrivateKey] = {}
        self._taken: set[tuple[int, int]] = set()
        self._lock = threading.Lock()

    def scenario(self) -> "KeyPool":
        """A pool over the same keys that only remembers what was taken for the PKI so far."""
        other = KeyPool(self._folder)
        other._loaded = self._loaded
        other._taken = set(self._taken)
        return other

    def rsa(self, bits: int, entropy: Entropy) -> RSAPrivateKey:
        """A key of `bits` bits and exponent 65537 that this pool has not handed out yet, chosen by `entropy`."""
        with self._lock:
            slots = SLOTS.get(bits, OTHER_SLOTS)
            first = entropy.below(slots)
            order = [(first + step) % slots for step in range(slots)]
            free = [slot for slot in order if (bits, slot) not in self._taken]
            slot = free[0] if free else slots + sum(1 for size, n in self._taken if size == bits and n >= slots)
            self._taken.add((bits, slot))
            key = self._loaded.get((bits, slot))
            if key is None:
                key = self._loaded[bits, slot] = self._load_or_make(bits, slot)
            return key

    def _load_or_make(self, bits: int, slot: int) -> RSAPrivateKey:
        path = self._folder / f"{bits}-{slot:03}.der"
        if not path.exists():
            self._make(bits, path)
        # The files are our own: checking the primes again at each start would cost more than everything else.
        key = serialization.load_der_private_key(path.read_bytes(), None, unsafe_skip_rsa_key_validation=True)
        if not isinstance(key, RSAPrivateKey) or key.key_size != bits:
            raise ValueError(f"{path} does not hold an RSA key of {bits} bits; delete it to have it made again")
        return key

    def _make(self, bits: int, path: Path) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        key = generate_private_key(PUBLIC_EXPONENT, bits)
        der = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        draft = self._folder / f".{path.name}.{secrets.token_hex(8)}"
        write_private(draft, der)
        # A link appears complete or not at all, and never replaces the key that another process just put there.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
