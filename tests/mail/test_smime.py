"""S/MIME messages are written and read octet by octet; what is none is said to be none."""

import email
import email.policy
import subprocess
from datetime import UTC, datetime

import pytest

from dpc_conformance.formats.smime import SIGNATURE, EncryptedMail, NotSMime, SignedMail
from dpc_conformance.protocols.smime import Heading, encrypted_mail, signed_mail, text_entity, text_of

HEADING = Heading(
    "grace@dpc.example", ["a@b.example", "c@d.example"], "Größe", datetime(2020, 6, 1, 12, tzinfo=UTC), "0badcafe"
)
TEXTS = ["", "one line\n", "Grüße\n\n.dot\n--=_0badcafe\ntrailing  \n" + "x" * 300 + "\n", "no end of line"]


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_signed_is_found_as_it_was(text):
    entity = text_entity(text)
    message = signed_mail(HEADING, entity, b"\x30\x00" * 100, "sha-256")
    read = SignedMail.from_bytes(message)
    assert (read.content, read.signature) == (entity.as_bytes(), b"\x30\x00" * 100)
    assert (read.sender, read.micalg) == ("grace@dpc.example", "sha-256")
    assert (read.protocol, read.signature_type) == (SIGNATURE, SIGNATURE)
    assert text_of(read.content).strip("\n") == text.strip("\n")
    assert b"\n" not in message.replace(b"\r\n", b"")


def test_the_standard_library_reads_what_we_write():
    message = email.message_from_bytes(
        signed_mail(HEADING, text_entity("Hello\n"), b"\x30\x03\x02\x01\x00", "sha-256"), policy=email.policy.default
    )
    assert message.defects == []
    assert (message["Subject"], message["To"]) == ("Größe", "a@b.example, c@d.example")
    assert message["Date"].datetime == HEADING.date
    text, signature = message.iter_parts()
    assert text.get_content() == "Hello\r\n"
    assert (signature.get_filename(), signature.get_content()) == ("smime.p7s", b"\x30\x03\x02\x01\x00")


def test_openssl_reads_what_we_write(openssl_sign):
    entity = text_entity(TEXTS[2])
    signature = openssl_sign(entity.as_bytes())
    verify = ["openssl", "cms", "-verify", "-inform", "SMIME", "-noverify"]
    message = signed_mail(HEADING, entity, signature, "sha-256")
    assert subprocess.run(verify, input=message, capture_output=True, check=True).stdout == entity.as_bytes()
    changed = message.replace(b"trailing", b"Trailing")
    assert subprocess.run(verify, input=changed, capture_output=True, check=False).returncode != 0


def test_an_encrypted_message_is_read():
    read = EncryptedMail.from_bytes(encrypted_mail(HEADING, b"\x30\x80" * 500, "authEnveloped-data"))
    assert (read.sender, read.kind, read.cms) == ("grace@dpc.example", "authenveloped-data", b"\x30\x80" * 500)


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"Subject: x\r\n\r\nplain\r\n",
        b"Content-Type: multipart/signed\r\n\r\nno boundary\r\n",
        b'Content-Type: multipart/signed; boundary="b"\r\n\r\n--b\r\n\r\none part\r\n--b--\r\n',
        b'Content-Type: multipart/signed; boundary="b"\r\n\r\n--b\r\n\r\nx\r\n--b\r\n\r\n\r\n--b--\r\n',
        signed_mail(HEADING, text_entity("x"), b"\x30\x00", "sha-256").replace(b"\r\n", b"\n"),
    ],
)
def test_what_is_no_signed_mail_is_told_apart(message):
    with pytest.raises(NotSMime):
        SignedMail.from_bytes(message)
    with pytest.raises(NotSMime):
        EncryptedMail.from_bytes(message)
