"""What a table comes to, and what it shows."""

import pytest

from dpc_conformance.checks.finding import CannotTell, DoesNotApply
from dpc_conformance.evidence.records import ApduExchange
from dpc_conformance.fixtures.token_errors import NotReady
from dpc_conformance.fixtures.token_judgement import as_html, judge_table
from dpc_conformance.fixtures.token_table import read_table, run_table

HEADER = ["command", "APDU", "status word"]
TAG, OTHER = "DPC-APDU-VERIFY-02", "DPC-APDU-VERIFY-03"


class Judge:
    def __init__(self):
        self.made = []

    def expect(self, requirement, holds, where, expected, actual=""):
        self.made.append((requirement, holds, where, expected, actual))

    def show(self, *_):
        pass

    def answer(self, requirement, answer):
        self.made.append((requirement, type(answer), str(answer)))


def judged(hand, lines, tags=(TAG,), header=HEADER):
    judge, rows = Judge(), read_table([header, *lines], tags)
    answered = run_table(hand, rows)
    judge_table(judge, tags, rows, answered)
    return judge.made, answered


def test_a_requirement_holds_when_every_row_does(hand):
    made, _ = judged(hand, [["query", "00 20 00 80", "9000"], ["again", "00 20 00 80", "9000"]])
    assert [(tag, holds) for tag, holds, *_ in made] == [(TAG, True)]


def test_one_departure_is_one_failed_evaluation_that_names_it(hand, card):
    card.answers["00200080"] = ["9000", "6F00", "9000"]
    [(tag, holds, where, expected, actual)], _ = judged(hand, [[name, "00 20 00 80", "9000"] for name in "abc"])
    assert (tag, holds, where, expected) == (TAG, False, "b", "9000")
    assert actual.startswith("6F00")


def test_several_departures_are_told_together_and_later_rows_are_still_sent(hand, card):
    card.answers["00200080"] = ["6F00", "9000", "6700"]
    [(_, holds, where, _, actual)], answered = judged(hand, [[name, "00 20 00 80", "9000"] for name in "abc"])
    assert (holds, where, len(answered)) == (False, "a; c", 3)
    assert "a: 6F00" in actual
    assert "c: 6700" in actual


def test_an_answer_without_a_status_word_departs_even_from_any(hand, card):
    card.answers["00200080"] = [""]
    [(_, holds, *_, actual)], _ = judged(hand, [["query", "00 20 00 80", "any"]])
    assert not holds
    assert "no status word" in actual


def test_rows_may_be_about_one_requirement_only(hand, card):
    card.answers["00200080"] = ["9000", "6F00"]
    lines = [["a", "00 20 00 80", "9000", TAG], ["b", "00 20 00 80", "9000", OTHER]]
    made, _ = judged(hand, lines, (TAG, OTHER), [*HEADER, "requirement"])
    assert [(tag, holds) for tag, holds, *_ in made] == [(TAG, True), (OTHER, False)]


def test_what_the_token_has_not_does_not_apply(hand, card):
    card.answers["00CB"] = ["6A82"]
    made, answered = judged(hand, [["a", "{sign 9C}", "9000", "9C"]], header=[*HEADER, "where the token has"])
    assert not answered
    assert [(tag, kind) for tag, kind, _ in made] == [(TAG, DoesNotApply)]


def test_what_is_left_open_is_neither_passed_nor_failed_and_nothing_is_built_on_it(hand, card):
    card.answers["00240081"] = ["6A88"]
    lines = [
        ["change", "00 24 00 81 10 {PUK} {new PUK}", "9000, open when 6A88"],
        ["use", "00 2C 00 80 10 {new PUK} {secret}", "9000"],
    ]
    made, answered = judged(hand, lines)
    assert [(tag, kind) for tag, kind, _ in made] == [(TAG, CannotTell)]
    assert len(answered) == 1


@pytest.mark.parametrize(("answer", "holds"), [("9000", True), ("01029000", False)])
def test_data_where_nothing_may_be_departs(hand, card, answer, holds):
    card.answers["00200080"] = [answer]
    [(_, held, *_)], _ = judged(hand, [["a", "00 20 00 80", "9000", "nothing"]], header=[*HEADER, "answer"])
    assert held is holds


def test_the_last_try_of_the_unblocking_key_is_not_spent(hand, card):
    card.answers["002C0080"] = ["63C1"]
    lines = [[name, "00 2C 00 80 10 {wrong PUK} {new secret}", "63C(p)"] for name in "ab"]
    with pytest.raises(NotReady, match="last try"):
        judged(hand, lines)
    assert len([each for each in card.sent if each.startswith("002C")]) == 1


def test_no_secret_reaches_records_findings_or_the_table(hand, card):
    secrets = [hand.codes.secret, hand.codes.new_secret, hand.codes.wrong_secret, hand.codes.puk, hand.codes.wrong_puk]
    # A token that echoes what it is sent.
    card.answers["0024"] = [hand.codes.secret.hex() + "6F00"]
    lines = [
        ["VERIFY", "00 20 00 80 08 {secret}", "6982"],
        ["VERIFY", "00 20 00 80 08 {wrong secret}", "6982"],
        ["CHANGE", "00 24 00 80 10 {secret} {new secret}", "9000"],
        ["RESET", "00 2C 00 80 10 {PUK} {new secret}", "6982"],
        ["RESET", "00 2C 00 80 10 {wrong PUK} {new secret}", "6982"],
    ]
    made, answered = judged(hand, lines)
    shown = " ".join(map(str, [*made, as_html(answered), *hand.cast.recorder.of(ApduExchange)])).upper()
    for secret in secrets:
        assert secret.hex().upper() not in shown
        assert secret.rstrip(b"\xff").decode("latin-1").upper() not in shown
    assert "(REDACTED)" in shown


def test_the_table_shows_departures(hand, card):
    card.answers["00200080"] = ["6F00"]
    _, answered = judged(hand, [["query <1>", "00 20 00 80", "9000"]])
    page = as_html(answered)
    assert "departs" in page
    assert "query &lt;1&gt;" in page
