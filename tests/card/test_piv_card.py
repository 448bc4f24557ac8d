"""The client at the card edge: names in the transcript, redaction, long answers, and cards that misbehave."""

import pytest

from dpc_conformance.evidence.records import ApduExchange
from dpc_conformance.formats import containers
from dpc_conformance.protocols.piv_card import CardError, ContainerNotFound, PivCard, SecurityStatusNotSatisfied
from dpc_conformance.roles.errors import CardRemoved, WrongPin

PIN = "246801"


class Scripted:
    """A card that gives prepared answers, the last one for ever."""

    def __init__(self, *answers):
        self.answers, self.commands = list(answers), []

    def transmit(self, command):
        self.commands.append(command.hex().upper())
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return bytes.fromhex(answer)

    def reset(self):
        pass


def scripted(recorder, clock, *answers):
    card = Scripted(*answers)
    return PivCard(card, recorder, clock), card


def test_the_transcript_reads_like_the_story(piv, recorder):
    piv.verify_pin(PIN)
    piv.read(containers.DISCOVERY.tag)
    piv.sign_raw(0x9A, bytes(32))
    assert [(each.name, each.status, each.meaning) for each in recorder.of(ApduExchange)] == [
        ("SELECT PIV", 0x9000, "success"),
        ("GET DATA Discovery Object", 0x9000, "success"),
        ("VERIFY (redacted)", 0x9000, "success"),
        ("GET DATA Discovery Object", 0x9000, "success"),
        ("GENERAL AUTHENTICATE 9A", 0x9000, "success"),
    ]


def test_no_pin_reaches_the_transcript_or_an_exception(piv, recorder):
    with pytest.raises(WrongPin) as wrong:
        piv.verify_pin("135790")
    with pytest.raises(CardError) as malformed:
        piv.verify_pin("13579x")
    everything = f"{recorder.timeline()} {wrong.value!r} {wrong.value} {malformed.value!r} {malformed.value}"
    for pin in ("135790", "13579x"):
        assert pin not in everything
        assert pin.encode().hex().upper() not in everything


def test_what_stands_behind_the_pin_stays_out_of_the_transcript(piv, recorder):
    piv.verify_pin(PIN)
    assert piv.read(containers.FINGERPRINTS.tag)
    read = [each for each in recorder.of(ApduExchange) if "Fingerprints" in each.name or "RESPONSE" in each.name]
    assert {each.response.split()[0] for each in read} == {"(redacted)"}


def test_refusals_carry_the_command_and_the_status_word(piv):
    with pytest.raises(SecurityStatusNotSatisfied, match="GET DATA Fingerprints: 6982 security status not satisfied"):
        piv.read(containers.FINGERPRINTS.tag)
    with pytest.raises(ContainerNotFound, match="GET DATA Iris images: 6A82 object or application not found"):
        piv.read(containers.IRIS.tag)
    with pytest.raises(CardError, match="SELECT derived PIV: 6A82"):
        piv.select(containers.DERIVED_PIV_AID)


@pytest.mark.parametrize("extended", [False, True])
def test_long_objects_arrive_whole(card, recorder, clock, extended):
    piv = PivCard(card, recorder, clock, extended_length=extended)
    piv.select()
    piv.verify_pin(PIN)
    content = piv.read(containers.FACIAL_IMAGE.tag)
    assert content[:1] == b"\xbc"
    assert content.endswith(b"\xfe\x00")
    parts = [each for each in recorder.of(ApduExchange) if each.name == "GET RESPONSE"]
    assert bool(parts) is not extended


def test_a_card_that_names_the_right_le_is_asked_again(recorder, clock):
    piv, card = scripted(recorder, clock, "6C03", "5301AA9000")
    assert piv.read(b"\x5f\xc1\x02") == b"\xaa"
    assert [command[-2:] for command in card.commands] == ["00", "03"]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (["90"], "no status word"),
        (["AABB6100"], "without end"),
        (["6100"], "without end"),
        (["5305AA9000"], "not a data object"),
        (["7E009000"], "expected tag 53, got 7E"),
        (["9000"], "not a data object"),
    ],
)
def test_an_answer_without_sense_is_a_card_error(recorder, clock, answers, message):
    piv, _ = scripted(recorder, clock, *answers)
    with pytest.raises(CardError, match=message):
        piv.read(b"\x5f\xc1\x02")


@pytest.mark.parametrize("answer", ["9000", "7C009000", "53009000", "7C0282FF9000"])
def test_a_signature_without_sense_is_a_card_error(recorder, clock, answer):
    piv, _ = scripted(recorder, clock, answer)
    with pytest.raises(CardError, match="not a dynamic authentication template"):
        piv.sign_raw(0x9A, bytes(32))


def test_an_empty_certificate_container_is_not_found(recorder, clock):
    piv, _ = scripted(recorder, clock, "53009000")
    with pytest.raises(ContainerNotFound):
        piv.certificate(0x9A)


def test_a_broken_discovery_object_means_the_application_pin(recorder, clock):
    piv, card = scripted(recorder, clock, "7E025F2F9000", "9000")
    piv.verify_pin(PIN)
    assert card.commands[-1].startswith("00200080")


def test_a_card_that_was_taken_out_says_so(recorder, clock):
    piv, _ = scripted(recorder, clock, CardRemoved())
    with pytest.raises(CardRemoved):
        piv.select()


def test_a_block_that_fits_no_algorithm_is_a_mistake_of_the_caller(piv):
    with pytest.raises(ValueError, match="20 bytes"):
        piv.sign_raw(0x9A, bytes(20))
