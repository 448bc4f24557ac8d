"""OpenSC's tools find a PIV Card and read what is on it."""

import re

from cryptography import x509

from dpc_conformance.adapters.vpcd_plug import ATR
from dpc_conformance.formats import containers


def fasc_n(card):
    """The card's FASC-N, from its CHUID as it was personalised."""
    stored = card.application.objects.stored[containers.CHUID.tag]
    return stored[stored.index(b"\x30\x19") + 2 :][:25]


def test_opensc_tool_recognises_a_piv_card(in_reader, client):
    said = client.ask("opensc-tool", "--reader", in_reader.reader, "--atr", "--name").splitlines()
    assert said == [ATR.hex(":"), "Personal Identity Verification Card"]


def test_piv_tool_takes_the_fasc_n_for_the_serial_number(in_reader, client):
    said = client.ask("piv-tool", "--reader", in_reader.reader, "--serial")
    printed = "".join(line[:48] for line in said.splitlines())  # the rest of a line is the same in ASCII
    assert bytes.fromhex(printed) == fasc_n(in_reader.card)


def test_pkcs15_tool_lists_four_keys_and_four_certificates(in_reader, client):
    said = client.ask("pkcs15-tool", "--reader", in_reader.reader, "--dump")
    kind = "RSA" if in_reader.rsa else "EC"
    assert re.findall(r"^Private (\w+) Key \[(.*)\]", said, re.M) == [
        (kind, "PIV AUTH key"),
        (kind, "SIGN key"),
        (kind, "KEY MAN key"),
        ("EC", "CARD AUTH key"),
    ]
    assert re.findall(r"^X.509 Certificate \[Certificate for (.*)\]", said, re.M) == [
        "PIV Authentication",
        "Digital Signature",
        "Key Management",
        "Card Authentication",
    ]
    assert f"[{in_reader.cast.cardholder.common_name}]" in said


def test_pkcs15_tool_reads_the_certificates(in_reader, client):
    for number, reference in enumerate((0x9A, 0x9C, 0x9D, 0x9E), start=1):
        said = client.ask("pkcs15-tool", "--reader", in_reader.reader, "--read-certificate", f"{number:02}")
        read = x509.load_pem_x509_certificate(said[said.index("-----BEGIN") :].encode())
        assert read == x509.load_pem_x509_certificate(in_reader.certificate(reference))
