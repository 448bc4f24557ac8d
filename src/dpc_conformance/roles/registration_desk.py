"""The registration authority's desk, where operators register applicants for hardware credentials."""

from dataclasses import dataclass
from typing import Protocol

from dpc_conformance.roles.people import Person
from dpc_conformance.roles.screens import Screen

HARDWARE_CERTIFICATE, SOFTWARE_CERTIFICATE, PASSWORD = "hardware-certificate", "software-certificate", "password"
"""Means with which an operator may try to log on."""


@dataclass(frozen=True)
class Appearance:
    """What an operator enters about an applicant, who is signed in with the PIV Card at the desk's workstation.

    `channel` is in-person, supervised-remote or unsupervised. `result` is match, no-match or not-possible, empty when
    nothing was compared; `source` is where the other side of the comparison came from, as in evidence.registration.
    `sample` tells whether the captured sample goes on record, `document` is the number of a second identity
    document, `declared` whether the verifier signed a declaration. `application` is the one that this visit continues.
    """

    channel: str = "in-person"
    result: str = "match"
    source: str = "card 5FC103"
    sample: bool = True
    document: str = ""
    declared: bool = False
    application: str = ""


class RegistrationDesk(Protocol):
    """The station of one operator."""

    def log_on(self, means: str = HARDWARE_CERTIFICATE) -> Screen:
        """The operator logs on, with those means from now on. Raises NotSupported."""

    def register(self, applicant: Person, appearance: Appearance) -> Screen:
        """The operator registers an applicant of this moment; the screen names the application.

        Raises NotSupported; LookupError when the applicant is not signed in.
        """
