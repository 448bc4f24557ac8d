"""What the phone's user does with its finger sensor."""

from collections.abc import Callable

from dpc_conformance.reference.phone import captions
from dpc_conformance.reference.phone.client_tls import client_certificate
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.web_page import page
from dpc_conformance.roles.biometric_activation import BiometricNotAccepted
from dpc_conformance.roles.phone import WrongActivationSecret
from dpc_conformance.roles.screens import Screen

AUTHENTICATION = "authentication"


class PhoneBiometrics:
    """Implements roles.biometric_activation.BiometricActivation; `show` puts a page on the screen."""

    def __init__(self, parts: PhoneParts, show: Callable[[Screen], Screen]) -> None:
        self._parts, self._show = parts, show

    def detects_presentation_attacks(self) -> bool:
        """As the sensor is documented."""
        return self._parts.finger_sensor.detects_presentation_attacks

    def enrol(self, sample: str, activation_secret: str | None) -> Screen:
        """The secret is entered once more before a finger may stand in for it. Raises WrongActivationSecret."""
        if activation_secret is None:
            return self._show(Screen(captions.ACTIVATE, "Enter the activation secret to add a finger."))
        self._parts.stores.activate(AUTHENTICATION, activation_secret)
        self._parts.finger_sensor.enrol(sample, activation_secret)
        return self._show(Screen(captions.FINGER_ADDED, "It activates your mobile smart card from now on."))

    def add_to_device(self, sample: str) -> None:
        """In the settings of the phone, not of the app."""
        self._parts.finger_sensor.add_to_device(sample)

    def open_with_credential(self, address: str, sample: str) -> Screen:
        """One finger for one sign-in. Raises BiometricMismatch, BiometricNotAccepted."""
        secret = self._parts.finger_sensor.release(sample)
        try:
            activated = self._parts.stores.activate(AUTHENTICATION, secret)
        except WrongActivationSecret:
            self._parts.finger_sensor.forget()
            raise BiometricNotAccepted from None
        with self._parts.open_http(client_certificate(activated)) as http:
            return self._show(page(http.get(address)))
