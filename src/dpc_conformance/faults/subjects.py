"""What a defect is about, and which scenarios are about the same."""

from enum import StrEnum

from dpc_conformance.catalogue.catalogue import load_catalogue


class Subject(StrEnum):
    """Whose defect it is; the servers beside the issuer count to it."""

    CERTIFICATES = "certificates"
    CARD = "card"
    TOKEN = "token"
    ISSUER = "issuer"
    PHONE = "phone"
    RELYING_PARTY = "relying-party"


HAPPY_PATH = "happy-path"
"""The tag of the scenarios besides the one that opens a run that every defect of a journey meets."""
ABOUT_THE_PHONE = frozenset({"activation", "activation_secret", "biometric_activation", "hardware_module", "key_store"})
"""Files of defects that are all the phone's."""


def subject_of(module: str, name: str) -> Subject:
    """The subject of a defect that `module` declares under `name`."""
    package, _, file = module.rpartition(".")
    if package.endswith(".token"):
        return Subject.TOKEN
    if package.endswith(".cards") or file == "card":
        return Subject.CARD
    if package.endswith((".web", ".wireless", ".vpn")) and not name.startswith("phone"):
        return Subject.RELYING_PARTY
    return Subject.PHONE if file in ABOUT_THE_PHONE or name.startswith("phone") else Subject.ISSUER


def related(requirements: frozenset[str]) -> frozenset[str]:
    """The ids of all requirements of the same subjects: DPC-ISS-MULTI-04 brings every DPC-ISS-MULTI."""
    families = {_family(each) for each in requirements}
    return requirements | {each.id for each in load_catalogue() if _family(each.id) in families}


def _family(requirement: str) -> str:
    return requirement.rpartition("-")[0]
