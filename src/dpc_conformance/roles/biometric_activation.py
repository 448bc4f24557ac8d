"""Activation of the derived key by a biometric characteristic of the cardholder."""

from typing import Protocol

from dpc_conformance.roles.screens import Screen


class BiometricMismatch(Exception):
    """The sensor compared the sample, and it is not an enrolled one; nothing was signed."""

    def __init__(self) -> None:
        super().__init__("the biometric sample was not recognised")


class BiometricNotAccepted(Exception):
    """The sample was not compared: the activation secret is needed, or a wait; nothing was signed."""

    def __init__(self) -> None:
        super().__init__("no biometric sample is taken at the moment")


class BiometricActivation(Protocol):
    """What the cardholder does with a sensor. Verbs that a product lacks raise NotSupported.

    `sample` names a characteristic, such as a finger: the same name means the same finger.
    """

    def detects_presentation_attacks(self) -> bool:
        """Whether the sensor is documented to detect presentation attacks, which allows it more tries."""

    def enrol(self, sample: str, activation_secret: str | None) -> Screen:
        """Have that characteristic activate the authentication key from now on.

        Without the activation secret the screen asks for it, and nothing changes. Raises WrongActivationSecret;
        LookupError without a credential.
        """

    def add_to_device(self, sample: str) -> None:
        """Add that characteristic to those that unlock the device itself."""

    def open_with_credential(self, address: str, sample: str) -> Screen:
        """Open a web application with the authentication credential, activated by that characteristic for one sign-in.

        Raises BiometricMismatch, BiometricNotAccepted, RefusedAtTls, Unreachable; LookupError without a credential.
        """
