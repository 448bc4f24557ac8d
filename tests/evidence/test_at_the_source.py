"""What clients and readers of cards put into records: objects of a PKI yes, private keys and parts of a body never."""

import base64
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.card_kept import card_read
from dpc_conformance.evidence.card_reading import CardReading, KeyAnswer, ObjectAnswer
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import ApduExchange
from dpc_conformance.formats import ber, containers
from dpc_conformance.formats.apdu import CommandApdu
from dpc_conformance.protocols.card_edge import CardEdge
from dpc_conformance.protocols.carried_objects import object_in
from dpc_conformance.protocols.redaction import body_without_secrets

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DER = b"\x30\x03\x02\x01\x07"
KEYS = {"EC": ec.generate_private_key(ec.SECP256R1()), "RSA": rsa.generate_private_key(65537, 2048)}
MULTIPART = (
    b"--x\r\nContent-Type: application/pkcs7-mime; smime-type=server-generated-key\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n%(key)s\r\n--x\r\nContent-Type: application/pkcs7-mime;"
    b" smime-type=certs-only\r\nContent-Transfer-Encoding: base64\r\n\r\n%(certificates)s\r\n--x--\r\n"
)


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (DER, "application/pkix-crl", DER),
        (base64.encodebytes(DER), "application/pkcs10", DER),
        (base64.b64encode(DER), "application/pkcs7-mime; smime-type=certs-only", DER),
        (base64.b64encode(DER), "application/pkcs7-mime; smime-type=server-generated-key", b""),
        (DER, "application/pkcs8", b""),
        (b"no base64!", "application/pkcs10", b""),
        (b"", "application/ocsp-response", b""),
        (DER, "text/html", b""),
        (
            MULTIPART % {b"key": base64.b64encode(b"\x30\x01\x01"), b"certificates": base64.b64encode(DER)},
            "multipart/mixed; boundary=x",
            DER,
        ),
    ],
)
def test_the_object_that_a_body_carries(body, content_type, expected):
    assert object_in(body, content_type) == expected


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_a_private_key_without_an_envelope_is_in_no_record(kind, form):
    der = KEYS[kind].private_bytes(Encoding.DER, form, NoEncryption())
    pem = KEYS[kind].private_bytes(Encoding.PEM, form, NoEncryption())
    for body in (base64.encodebytes(der), base64.b64encode(der), pem, b'{"key": "' + base64.b64encode(der) + b'"}'):
        shown = body_without_secrets(b"before\r\n" + body + b"\r\n--after", "multipart/mixed", Recorder())
        assert "(redacted)" in shown
        assert "before" in shown
        assert shown.rstrip().endswith("after")
        assert base64.b64encode(der)[8:40].decode() not in shown


def test_other_base64_stays():
    text = base64.b64encode(DER + bytes(60)).decode()
    assert body_without_secrets(text.encode(), "application/pkcs10", Recorder()) == text


class Talkative:
    """A card that answers everything with the same bytes, in two parts."""

    def __init__(self) -> None:
        self._first = True

    def transmit(self, command: bytes) -> bytes:
        more = b"\x61\x04" if command[1] == containers.GET_DATA else b"\x90\x00"
        return b"body" + more

    def reset(self) -> None:
        pass


@pytest.mark.parametrize(("tag", "shown"), [("5FC103", False), ("5FC108", False), ("5FC121", False), ("5FC102", True)])
def test_biometric_objects_are_in_no_transcript_even_without_a_pin(tag, shown):
    recorder = Recorder()
    edge = CardEdge(Talkative(), recorder, RunClock(NOW))
    data = ber.write(b"\x5c", bytes.fromhex(tag))
    answer = edge.send("GET DATA", CommandApdu(0, containers.GET_DATA, 0x3F, 0xFF, data, 256))
    assert answer.data == b"bodybody"
    said = [record.response for record in recorder.of(ApduExchange)]
    assert [b"body".hex().upper() in each for each in said] == [shown, shown]


def test_of_a_reading_only_what_may_be_kept_is_kept():
    def held(container):
        return ObjectAnswer(0x9000, container.name.encode() * 10)

    read = {each.tag: held(each) for each in containers.CONTAINERS}
    keys = (
        KeyAnswer(0x9A, 0x11, True, b"digest", 0x9000, b"signature"),
        KeyAnswer(0x9D, 0x11, True, b"p", 0x9000, b"z"),
    )
    line = card_read(CardReading(NOW, containers.PIV_AID, b"", read, after_pin=read, keys=keys))
    by_name = {each.name: each for each in line.objects}
    assert by_name["CHUID"].content == b"CHUID" * 10
    for container in (*containers.BIOMETRICS, containers.PRINTED_INFORMATION, containers.PAIRING_CODE):
        assert by_name[container.name].content == b""
        assert by_name[container.name].size == 10 * len(container.name)
    assert all(len(by_name[each.name].digest) == 64 for each in containers.BIOMETRICS)
    assert by_name["Printed Information"].digest == ""
    assert [(key.key_reference, key.response) for key in line.keys] == [("9A", b"signature"), ("9D", b"")]
