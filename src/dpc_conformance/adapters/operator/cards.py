"""The card in the cardholder's pocket: of it the suite has the PIV Authentication certificate, and nothing else."""

from dpc_conformance.formats import containers
from dpc_conformance.formats.apdu import CommandApdu
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.application import PivApplication
from dpc_conformance.reference.card.objects import DataObjects
from dpc_conformance.reference.card.pins import Pin, Pins
from dpc_conformance.reference.card.secret_format import ANY
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.roles.card import Card, CardStock
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.people import Person

PIN = "the PIN that only the cardholder knows"
NAME = "the card that a person holds"
AT_THE_DESK = "operator"
READS = (containers.SELECT, containers.GET_DATA, containers.GET_RESPONSE)


class CardInPocket:
    """Implements roles.card.Card for reading the certificate. Anything else raises NotSupported."""

    def __init__(self, certificate: bytes) -> None:
        objects = DataObjects()
        objects.put(containers.PIV_AUTHENTICATION_CERTIFICATE, card_data.certificate_object(certificate))
        pins = Pins({containers.APPLICATION_PIN: Pin("000000")}, Pin(b"00000000", 1, ANY))
        self._card = VirtualCard(PivApplication(objects, pins, {}))

    def transmit(self, command: bytes) -> bytes:
        """The answer to a command that reads. Raises NotSupported."""
        if command[1] not in READS:
            raise NotSupported("card", "be asked by the suite: a person holds it")
        if command[1] == containers.GET_DATA and not self._asks_for_certificate(command):
            raise NotSupported("card", "show that data object: the suite has one certificate of it, a person the card")
        return self._card.transmit(command)

    @staticmethod
    def _asks_for_certificate(command: bytes) -> bool:
        return CommandApdu.from_bytes(command).data.endswith(containers.PIV_AUTHENTICATION_CERTIFICATE.tag)

    def reset(self) -> None:
        """Nothing is verified on it, so that nothing is forgotten."""
        self._card.reset()


class NoOtherCards:
    """Implements roles.card.CardStock where the person has no card but the cardholder's own.

    Who works at the desks of the reference is no holder of the product's cards: that one has a card of the reference.
    """

    def __init__(self, reference: CardStock) -> None:
        self._reference = reference

    def take(self, kind: str) -> tuple[Card, str]:
        """The card of the desks' operator; NotSupported for any other."""
        if kind == AT_THE_DESK:
            return self._reference.take(kind)
        raise NotSupported("person", f"take a card that is {kind}: there is the cardholder's own only")

    def holder_of(self, kind: str) -> Person:
        """The operator of the desks; NotSupported for any other."""
        if kind == AT_THE_DESK:
            return self._reference.holder_of(kind)
        raise NotSupported("person", f"take a card that is {kind}: there is the cardholder's own only")

    def revoke(self, kind: str) -> None:
        """NotSupported."""
        raise NotSupported("person", f"have a card revoked ({kind})")

    def silence_status_services(self) -> None:
        """NotSupported."""
        raise NotSupported("person", "put the status services of the card's issuer out of order")
