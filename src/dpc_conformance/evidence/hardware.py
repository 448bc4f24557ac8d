"""Hardware modules: where a key was made, whose device it is in, and what a module was asked to do."""

from dataclasses import dataclass
from datetime import datetime

from dpc_conformance.evidence.registration import KeptSample, Registration


@dataclass(frozen=True)
class KeyAttestation:
    """What the issuer keeps of a module's word about a key that it made.

    `public_key` is the SHA-256 of the SubjectPublicKeyInfo (hexadecimal), `module` the serial number of the module,
    `chain` goes from the certificate about the key to the root of the device maker (DER).
    """

    public_key: str
    module: str
    chain: tuple[bytes, ...]
    at: datetime


@dataclass(frozen=True)
class AssetRecord:
    """The agency's inventory: the device with that module was issued to the holder of an account, at that moment."""

    device_id: str
    module: str
    issued_to: str
    since: datetime


@dataclass(frozen=True)
class ModuleOrdered:
    """Somebody ordered a module to make a key. `genuine`: the issuer did; `obeyed`: the module made one."""

    at: datetime
    module: str
    genuine: bool
    obeyed: bool


@dataclass(frozen=True)
class KeyLoadAttempted:
    """Somebody tried to load a private key into a module. `way` is bare: outside a protected channel."""

    at: datetime
    way: str
    accepted: bool


@dataclass(frozen=True)
class HardwareFacts:
    """What issuer and device manager have on record about hardware credentials, where the scenario asked for it."""

    registrations: tuple[Registration, ...] = ()
    samples: tuple[KeptSample, ...] = ()
    attestations: tuple[KeyAttestation, ...] = ()
    assets: tuple[AssetRecord, ...] = ()


HardwareRecord = ModuleOrdered | KeyLoadAttempted
