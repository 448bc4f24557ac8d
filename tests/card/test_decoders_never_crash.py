"""Whatever a card answers, a reader reads it or says Malformed; whatever a client sends, the card answers."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpc_conformance.formats import containers
from dpc_conformance.formats.apdu import CommandApdu, ResponseApdu
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.ccc import CardCapabilityContainer
from dpc_conformance.formats.certificate_object import CertificateObject
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.formats.discovery import DiscoveryObject
from dpc_conformance.formats.fascn import FascN
from dpc_conformance.formats.key_history import KeyHistory
from dpc_conformance.formats.security_object import LdsSecurityObject, SecurityObject
from dpc_conformance.formats.signed_data import SignedData

READERS = [
    CommandApdu,
    ResponseApdu,
    CardCapabilityContainer,
    CertificateObject,
    Chuid,
    DiscoveryObject,
    FascN,
    KeyHistory,
    SecurityObject,
    LdsSecurityObject,
    SignedData,
]
QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ATTRIBUTES = "fasc_n guid expiration cardholder_uuid signature certificate mapping signed_object url words tags aid"


def read_everything(reader, data):
    with contextlib.suppress(Malformed):
        value = reader.from_bytes(data)
        for name in ATTRIBUTES.split():
            with contextlib.suppress(Malformed):
                attribute = getattr(value, name, None)
                if callable(attribute):
                    attribute()
        if isinstance(value, SecurityObject):
            value.hashes()


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@QUICK
@given(data=st.binary(max_size=120))
def test_random_bytes(reader, data):
    read_everything(reader, data)


CONTAINER_OF = {
    Chuid: containers.CHUID,
    CardCapabilityContainer: containers.CCC,
    SecurityObject: containers.SECURITY_OBJECT,
    CertificateObject: containers.CARD_AUTHENTICATION_CERTIFICATE,
    DiscoveryObject: containers.DISCOVERY,
}


@pytest.mark.parametrize("reader", CONTAINER_OF, ids=lambda reader: reader.__name__)
def test_real_objects_with_one_byte_changed_or_cut_off(reader, piv):
    good = piv.read(CONTAINER_OF[reader].tag)
    step = max(1, len(good) // 150)
    for at in range(0, len(good), step):
        read_everything(reader, good[:at])
        for change in (0x01, 0x80, 0xFF):
            read_everything(reader, good[:at] + bytes([good[at] ^ change]) + good[at + 1 :])


def test_a_real_signature_with_one_byte_changed_or_cut_off(piv):
    good = Chuid.from_bytes(piv.read(containers.CHUID.tag)).signature
    for at in range(0, len(good), 5):
        read_everything(SignedData, good[:at])
        read_everything(SignedData, good[:at] + bytes([good[at] ^ 0x80]) + good[at + 1 :])


@QUICK
@given(commands=st.lists(st.binary(max_size=300), max_size=6))
def test_the_card_answers_any_command_with_a_status_word(card, commands):
    card.transmit(bytes.fromhex("00A4040009A0000003080000100000"))
    for command in commands:
        assert len(card.transmit(command)) >= 2
