"""The file of retired certificates, against octets written by hand from SP 800-73-5 part 1 §3.3.3."""

import pytest

from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.off_card_key_history import OffCardKeyHistoryFile


def written(*entries):
    body = bytes.fromhex("".join(entries))
    return bytes([0x30, len(body)]) + body


def test_references_and_certificates():
    made = written("3007 040182 3002 0500", "3007 040195 3002 0500")
    file = OffCardKeyHistoryFile.from_bytes(made)
    assert file.entries == ((0x82, bytes.fromhex("30020500")), (0x95, bytes.fromhex("30020500")))
    assert file.certificate(0x95) == bytes.fromhex("30020500")
    assert file.certificate(0x83) is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "ends"),
        (written(), "0 keys"),
        (written("3007 040182 3002 0500")[:-1], "past"),
        (written("3007 040182 3002 0500") + b"\0", "octets after|ends"),
        (written("3008 04028201 3002 0500"), "one octet"),
        (written("3007 020182 3002 0500"), "OCTET STRING"),
        (written("3005 040182 0500"), "certificate"),
        (written("0500"), "NULL"),
        (bytes.fromhex("308109 3007 040182 3002 0500".replace(" ", "")), "more octets than needed"),
    ],
)
def test_what_is_no_such_file(data, said):
    with pytest.raises(DerError, match=said):
        OffCardKeyHistoryFile.from_bytes(data)


def test_more_than_twenty_keys():
    body = bytes.fromhex("300704018230020500") * 21
    with pytest.raises(DerError, match="21 keys"):
        OffCardKeyHistoryFile.from_bytes(bytes([0x30, 0x81, len(body)]) + body)


def test_a_file_without_end_is_refused_unread():
    with pytest.raises(DerError, match="too many"):
        OffCardKeyHistoryFile.from_bytes(bytes(200_000))
