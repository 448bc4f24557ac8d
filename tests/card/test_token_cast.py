"""`Stage.token`: the cast of a token scenario, its defects and its secrets."""

from datetime import UTC, datetime

import pytest

from dpc_conformance.casting import Stage
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats import containers
from dpc_conformance.target import load_target

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
SELECT = {
    "derived": "00A404000BA00000030800002000010000",
    "piv": "00A404000BA00000030800001000010000",
}
READ_DISCOVERY = "00CB3FFF035C017E00"


@pytest.fixture(scope="module", params=["2014", "r1-ipd", "r1-fpd"])
def staged(request):
    opened = Stage(load_target().choosing(edition=request.param), START, "token cast")
    yield request.param, opened
    opened.close()


def test_the_edition_decides_which_aid_the_token_has(staged):
    edition, stage = staged
    own, other = ("piv", "derived") if edition == "r1-fpd" else ("derived", "piv")
    with stage.token(Recorder(), "a scenario") as cast:
        assert cast.token.card.transmit(bytes.fromhex(SELECT[own]))[-2:].hex() == "9000"
        assert cast.token.card.transmit(bytes.fromhex(SELECT[other]))[-2:].hex() == "6a82"
        assert bytes.fromhex(SELECT[own])[5:16] == cast.token.aid


def test_defects_reach_every_token_of_their_scenario_and_no_other(staged):
    _, stage = staged

    def seed(scene):
        scene.on_token.append(lambda token: token.application.objects.remove(containers.DISCOVERY))

    def statuses(swaps):
        with stage.token(Recorder(), "a scenario", swaps) as cast:
            found = []
            for token in (cast.token, cast.token.another()):
                token.card.transmit(bytes([0, 0xA4, 4, 0, len(token.aid)]) + token.aid)
                found.append(token.card.transmit(bytes.fromhex(READ_DISCOVERY))[-2:].hex())
            return found

    assert statuses([seed]) == ["6a82", "6a82"]
    assert statuses([]) == ["9000", "9000"]


def test_each_scenario_gets_a_token_with_its_own_secrets(staged):
    _, stage = staged
    secrets = []
    for name in ("one", "two"):
        with stage.token(Recorder(), name) as cast:
            secrets += [cast.token.secrets, cast.token.another().secrets]
    assert len({each.administration_key for each in secrets}) == 4
    with stage.token(Recorder(), "one") as cast:
        assert cast.token.secrets == secrets[0], "a scenario can be repeated"


def test_the_recorder_knows_the_secrets_before_anything_happens(staged):
    _, stage = staged
    recorder = Recorder()
    with stage.token(recorder, "a scenario") as cast:
        known = cast.token.secrets
    for raw in (known.activation_secret.encode(), known.unblocking_key, known.administration_key):
        assert raw.hex().upper() not in recorder.redact(f"00200080 {raw.hex().upper()}")
    assert known.activation_secret not in recorder.redact(f"typed {known.activation_secret}")


def test_the_status_services_answer_when_the_judge_asks(staged):
    _, stage = staged
    with stage.token(Recorder(), "a scenario") as cast:
        certificates = cast.trust.intermediates
        assert cast.trust.crls_of(certificates)
