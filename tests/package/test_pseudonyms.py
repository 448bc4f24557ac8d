"""Pseudonyms: the same value by the same one, however it is written; what is no value stays."""

import base64
from uuid import UUID

import pytest
from people import ACCOUNT, FASC_N, MAIL, NAME, PERSON_UUID, authority, cardholder

from dpc_conformance.reporting.package.object_kinds import recognise
from dpc_conformance.reporting.package.personal_data import Kind, PersonalData, is_a_persons
from dpc_conformance.reporting.package.pseudonyms import Pseudonyms, vocabulary_of

VOCABULARY = vocabulary_of(["The card was lost, the token is ordinary"])


def data(*more: str) -> PersonalData:
    found = PersonalData()
    found.object(recognise(cardholder().der))
    found.text("no-reply@issuer.example")
    for name in more:
        found.add(Kind.NAME, name)
    return found


@pytest.fixture
def pseudonyms() -> Pseudonyms:
    return Pseudonyms(data("Terry Token"), VOCABULARY)


def test_a_certificate_gives_away_name_address_account_uuid_and_fasc_n():
    values = data().values
    assert list(values[Kind.NAME]) == [NAME]
    assert list(values[Kind.MAIL]) == [MAIL, "no-reply@issuer.example"]
    assert list(values[Kind.ACCOUNT]) == [ACCOUNT]
    assert list(values[Kind.UUID]) == [str(PERSON_UUID)]
    assert list(values[Kind.FASC_N]) == [FASC_N.hex().upper()]


def test_a_ca_is_nobody():
    assert not is_a_persons(authority().certificate)
    found = PersonalData()
    found.object(recognise(authority().der))
    assert not any(found.values.values())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f"Signed in as {NAME}.", "Signed in as Name1 Name2."),
        ("Hello Wilhelmina!", "Hello Name1!"),
        ("QUARLES, WILHELMINA", "Name2 Name1"),
        ("wilhelmina quarles", "Name1 Name2"),
        ("CN=Quarles\\, Wilhelmina", "CN=Name2 Name1"),
        ("?name=Wilhelmina+Quarles&x", "?name=Name1 Name2&x"),
        ("?name=Wilhelmina%20Quarles", "?name=Name1 Name2"),
        (f"mail to {MAIL}, now", "mail to address-1@pseudonym.invalid, now"),
        (MAIL.upper(), "address-1@pseudonym.invalid"),
        (f"?mail={MAIL.replace('@', '%40')}", "?mail=address-1@pseudonym.invalid"),
        (f"account {ACCOUNT}.", "account account-1."),
        (f"urn:uuid:{PERSON_UUID}", f"urn:uuid:{UUID(int=1)}"),
        (str(PERSON_UUID).upper(), str(UUID(int=1))),
        (PERSON_UUID.hex.upper(), UUID(int=1).hex),
        (f"fasc-n:{FASC_N.hex()}", "fasc-n:" + "1".zfill(50)),
        (f"otherName 0419{FASC_N.hex()}", "otherName " + "1".zfill(50)),
        ("Terry Token lost the token", "Name3 Name4 lost the token"),
        ("Token", "Token"),
        ("the quarlesite of a wilhelminaish", "the quarlesite of a wilhelminaish"),
        ("7cQuarles9", "7cQuarles9"),
        ("issuer.dpc.example/enrol", "issuer.dpc.example/enrol"),
        ("", ""),
    ],
)
def test_values_are_found_however_they_are_written(pseudonyms, written, shown):
    assert pseudonyms.text(written) == shown


def test_words_of_the_suite_that_are_names_are_told(pseudonyms):
    assert pseudonyms.ordinary == ["token"]


@pytest.mark.parametrize(
    "written",
    [
        base64.b64encode(cardholder().der).decode(),
        base64.encodebytes(cardholder().der).decode(),
        base64.urlsafe_b64encode(cardholder().der).decode().rstrip("="),
        cardholder().pem.decode(),
        "/enrol/" + base64.b64encode(f'{{"name": "{NAME}"}}'.encode()).decode(),
        "eyJhbGciOiJFUzI1NiJ9." + base64.urlsafe_b64encode(f'{{"sub": "{ACCOUNT}"}}'.encode()).decode().rstrip("="),
    ],
    ids=["one line", "lines", "for addresses", "PEM", "end of a path", "JWT"],
)
def test_base64_that_holds_a_value_is_replaced_by_its_hash(pseudonyms, written):
    shown = pseudonyms.text(f"before {written} after")
    assert "base64 that holds personal data, SHA-256" in shown
    assert shown.startswith("before ")
    assert written.strip()[-40:-4] not in shown


def test_base64_of_others_stays(pseudonyms):
    for written in (base64.b64encode(authority().der).decode(), authority().pem.decode(), "ab" * 40):
        assert pseudonyms.text(written) == written


@pytest.mark.parametrize(
    ("content", "held"),
    [
        (cardholder().der, True),
        (authority().der, False),
        (b"\x1e\x12" + NAME.encode("utf-16-be"), True),
        (b"\x00" + PERSON_UUID.bytes + b"\x00", True),
        (b"\x00" * 300 + FASC_N, True),
        (ACCOUNT.encode(), True),
        (b"\x0c\x07Quarles\x0c", True),
        (b"\x0c\x07Quarles0Y", True),
        (b"\x0c\x31Terry Token1\x0b", True),
        (b"Token", False),
        (b"somebody@else.example", True),
        (b"", False),
        (bytes(range(256)), False),
    ],
)
def test_bytes_that_hold_a_value(pseudonyms, content, held):
    assert pseudonyms.holds(content) is held


@pytest.mark.parametrize("coding", ["utf-8", "latin-1", "utf-16-be"])
def test_letters_beyond_ascii_are_found_in_every_coding(coding):
    found = Pseudonyms(data("Jörg Müßig"), VOCABULARY)
    assert found.holds(b"\x0c\x0b" + "Jörg Müßig".encode(coding) + b"0Y")
    assert found.holds("Müßig".encode(coding))
    assert found.text("Herr Müßig, MÜSSIG") == "Herr Name4, MÜSSIG"


def test_the_order_in_which_values_were_met_gives_the_numbers():
    first, second = data("Ada Lovelace"), PersonalData()
    second.add(Kind.NAME, "Ada Lovelace")
    second.object(recognise(cardholder().der))
    assert Pseudonyms(first, VOCABULARY).text("Ada") == "Name3"
    assert Pseudonyms(second, VOCABULARY).text("Ada") == "Name1"


def test_without_values_nothing_is_replaced():
    nothing = Pseudonyms(PersonalData(), VOCABULARY)
    assert nothing.text(f"{NAME} {ACCOUNT}") == f"{NAME} {ACCOUNT}"
    assert nothing.holds(cardholder().der)  # it has an e-mail address and a UUID all the same
