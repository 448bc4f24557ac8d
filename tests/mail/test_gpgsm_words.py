"""What gpgsm says, taken apart without it: lines as version 2.2 printed them."""

import pytest

from dpc_conformance.reference.correspondent.gpgsm_words import (
    certificate_reason,
    listed_under,
    recipient_reason,
    signature_reason,
)
from dpc_conformance.reference.programs.command import Answer

GOOD = ("GOODSIG 9C79 /CN=Grace Goode", "VALIDSIG 9C79 2026-11-20 20261120T000000 20291118T235959 0 0 301 8 00")
LISTING = b"""/x/pubring.kbx
--------------
           ID: 0x702A279B
      Subject: CN=Grace Goode,OU=Department of Examples,O=U.S. Government,C=US
          aka: <grace.goode@dpc.example>
          aka: (3:uri45:urn:uuid:78ab2de1-19e6-4dd1-98c1-a2be487d8eb4)
    notBefore: 2026-11-20 00:00:00
     keyUsage: digitalSignature
  extKeyUsage: clientAuth (suggested)
               1.3.6.1.4.1.311.20.2.2 (suggested)
     policies: 2.16.840.1.101.3.2.1.3.40
     subjInfo: [none]
"""


def answer(*lines, words="", code=0):
    return Answer(code, "".join(f"[GNUPG:] {line}\n" for line in ("NEWSIG", *lines)).encode(), words)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (answer(*GOOD, "TRUST_FULLY 0 shell"), ""),
        (answer(*GOOD, "TRUST_ULTIMATE 0 shell"), ""),
        (answer(*GOOD, "TRUST_FULLY 0 shell", code=2), "signature"),
        (answer("EXPKEYSIG 9C79 /CN=Grace Goode", GOOD[1], "TRUST_FULLY 0 shell"), "expired"),
        (answer("ERROR verify.keyusage 125", *GOOD, "TRUST_FULLY 0 shell"), "purpose"),
        (answer(*GOOD, "TRUST_NEVER 94", code=2), "revoked"),
        (answer(*GOOD, "TRUST_UNDEFINED 95", code=2), "status-unavailable"),
        (answer(*GOOD, "TRUST_UNDEFINED 102", code=2), "not-yet-valid"),
        (answer(*GOOD, "TRUST_NEVER 56", code=2), "path"),
        (answer(*GOOD, "TRUST_UNDEFINED", code=2), "path"),
        (answer("BADSIG 9C79 /CN=x", words="message digest attribute does not match computed one"), "content-changed"),
        (answer("BADSIG 9C79 /CN=x", words="invalid signature: Bad signature"), "signature"),
        (answer(*GOOD), "signature"),
        (answer(), "signature"),
    ],
)
def test_a_signature_is_accepted_for_one_answer_only(said, reason):
    assert signature_reason(said) == reason


def test_a_listing_is_read_over_several_lines():
    listing = Answer(0, LISTING, "")
    assert listed_under("extKeyUsage", listing) == ["clientAuth (suggested)", "1.3.6.1.4.1.311.20.2.2 (suggested)"]
    assert listed_under("aka", listing)[0] == "<grace.goode@dpc.example>"
    assert listed_under("keyUsage", listing) == ["digitalSignature"]
    assert listed_under("nothing", listing) == []


@pytest.mark.parametrize(
    ("purposes", "names", "reason"),
    [
        (["emailProtection (suggested)"], ["<grace@dpc.example>"], ""),
        ([], ["<Grace@DPC.example>"], ""),
        (["2.5.29.37.0 (suggested)"], ["<grace@dpc.example>"], ""),
        (["clientAuth (suggested)"], ["<grace@dpc.example>"], "purpose"),
        (["emailProtection"], ["<other@dpc.example>"], "mail-address"),
        (["emailProtection"], [], "mail-address"),
    ],
)
def test_a_certificate_is_for_mail_of_its_address(purposes, names, reason):
    assert certificate_reason(purposes, names, "grace@dpc.example") == reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [("INV_RECP 3 X", "purpose"), ("INV_RECP 4 X", "revoked"), ("INV_RECP 0 X", "path"), ("FAILURE encrypt 1", "path")],
)
def test_why_a_recipient_was_not_taken(line, reason):
    assert recipient_reason(answer(line, code=1)) == reason
