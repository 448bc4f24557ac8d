"""CMS objects with indefinite lengths, as openssl streams them, are read as if they had definite ones."""

import pytest

from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.indefinite import definite
from dpc_conformance.formats.signed_data import SignedData


@pytest.fixture
def signed(openssl_sign):
    """The same content signed, in DER and streamed."""
    return lambda *more: openssl_sign(b"content", *more)


def test_what_openssl_streams_is_read(signed):
    streamed = signed("-stream")
    assert streamed[1] == 0x80
    with pytest.raises(Malformed):
        SignedData.from_bytes(streamed)
    read = SignedData.from_bytes(definite(streamed))
    assert read.content == b"content"
    assert (len(read.signers), len(read.certificates)) == (1, 1)
    assert read.certificates == SignedData.from_bytes(signed()).certificates


def test_der_stays_as_it_is(signed):
    data = signed()
    assert definite(data) == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x30\x80",
        b"\x30\x80\x00",
        b"\x04\x80\x00\x00",
        b"\x30\x80\x02\x01\x00",
        b"\x30\x80\x00\x00\x00",
        b"\x30\x80" * 200 + b"\x00\x00" * 200,
        b"\x30\x03\x02\x05\x00",
    ],
)
def test_what_has_no_end_is_malformed(data):
    with pytest.raises(Malformed):
        definite(data)
