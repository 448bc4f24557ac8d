"""Check-ins with the reference device manager: which certificates a phone says it has, and which profiles it gets."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from dpc_conformance.roles.profiles import AppProfile, MailProfile, Profile, VpnProfile, WifiProfile

KINDS: dict[str, Callable[..., Profile]] = {
    kind.purpose: kind for kind in (WifiProfile, VpnProfile, MailProfile, AppProfile)
}


@dataclass(frozen=True)
class Deployed:
    """A profile as it is sent to a phone; `fingerprints` (SHA-256, hexadecimal) name the certificates that it uses."""

    profile: Profile
    fingerprints: tuple[str, ...]


@dataclass(frozen=True)
class CheckInAnswer:
    """What applies to the phone now.

    `managed` tells whether the organisation uses profiles at all; without `credential_stands` the derived credential
    has to go.
    """

    managed: bool
    credential_stands: bool
    profiles: tuple[Deployed, ...]


def fingerprint(certificate: bytes) -> str:
    """How check-ins name a certificate (DER)."""
    return sha256(certificate).hexdigest()


def held_as_json(held: Mapping[str, bytes]) -> dict[str, str]:
    """Certificates (DER) by their usage."""
    return {usage: b64encode(certificate).decode() for usage, certificate in held.items()}


def held_from_json(content: object) -> dict[str, bytes]:
    """The same at the other end. ValueError for anything else."""
    if not isinstance(content, dict) or not all(isinstance(each, str) for each in content.values()):
        raise ValueError("certificates by usage are needed")
    return {str(usage): b64decode(text, validate=True) for usage, text in content.items()}


def profile_as_json(deployed: Deployed) -> dict[str, Any]:
    """A profile with its purpose and the certificates that it uses."""
    profile = deployed.profile
    return {"purpose": profile.purpose, "settings": asdict(profile), "fingerprints": list(deployed.fingerprints)}


def profile_from_json(content: Mapping[str, Any]) -> Deployed:
    """The same at the other end. KeyError or TypeError for anything else."""
    settings = {name: tuple(value) if isinstance(value, list) else value for name, value in content["settings"].items()}
    return Deployed(KINDS[content["purpose"]](**settings), tuple(map(str, content["fingerprints"])))


def answer_as_json(answer: CheckInAnswer) -> dict[str, Any]:
    """The answer to a check-in."""
    profiles = [profile_as_json(each) for each in answer.profiles]
    return {"managed": answer.managed, "credential_stands": answer.credential_stands, "profiles": profiles}


def answer_from_json(content: Mapping[str, Any]) -> CheckInAnswer:
    """The same at the other end. KeyError or TypeError for anything else."""
    profiles: Iterable[Mapping[str, Any]] = content["profiles"]
    deployed = tuple(profile_from_json(each) for each in profiles)
    return CheckInAnswer(bool(content["managed"]), bool(content["credential_stands"]), deployed)
