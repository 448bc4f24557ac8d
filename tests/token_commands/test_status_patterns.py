"""Status words as tables write them."""

import pytest

from dpc_conformance.fixtures.token_errors import NotInTheLanguage
from dpc_conformance.fixtures.token_status import StatusPattern, attempts_in


def meets(text, status, before=0, tries=None):
    tries = {"n": 5} if tries is None else tries
    words = StatusPattern.parse(text).expected(before, tries)
    return words is not None and words.meets(status, tries)


@pytest.mark.parametrize(
    ("text", "met", "missed"),
    [
        ("9000", [0x9000], [0x6982, 0x9001]),
        ("6Axx", [0x6A80, 0x6AFF], [0x6982, 0x9000]),
        ("6A80 or 6700", [0x6A80, 0x6700], [0x6A86]),
        ("63C0..63C9", [0x63C0, 0x63C9], [0x63CA, 0x63CE, 0x6300]),
        ("63C(n)", [0x63C5], [0x63C4, 0x9000, 0x6983]),
        ("63C(n-1)", [0x63C4], [0x63C5, 0x63C3]),
        ("6A80 or 63C(n-1)", [0x6A80, 0x63C4], [0x63C5]),
        ("an error", [0x6982, 0x63C4, 0x6F00], [0x9000, 0x6100, 0x6C10, 0x0000]),
        ("any", [0x9000, 0x6F00], []),
        ("not 6D00 or 6E00", [0x9000, 0x6700], [0x6D00, 0x6E00]),
    ],
)
def test_patterns(text, met, missed):
    assert all(meets(text, status) for status in met)
    assert not any(meets(text, status) for status in missed)


@pytest.mark.parametrize(
    "text",
    ["", "900", "90000", "6a80", "63C(n+1)", "63C(nn)", "63C()", "6982 and 6A80", "error", "9000,", "9000, 6A80"]
    + ["9000, open if 6A88", "open when 6A88", "not 63C(n)", "9000 after", "63C0..63CG"],
)
def test_what_nobody_defined_is_a_defect_of_the_suite(text):
    with pytest.raises(NotInTheLanguage):
        StatusPattern.parse(text)


def test_a_letter_is_learnt_once_and_then_counted_from():
    tries = {}
    assert meets("63C(p)", 0x63C4, tries=tries)
    assert tries == {"p": 4}
    assert meets("63C(p-1)", 0x63C3, tries=tries)
    assert not meets("63C(p)", 0x63C3, tries=tries)


def test_a_letter_that_could_not_be_learnt_meets_nothing():
    tries = {}
    assert not meets("63C(p)", 0x6982, tries=tries)
    assert not meets("63C(p-1)", 0x63C3, tries=tries)
    assert not meets("63C(p)", 0x63C3, tries=tries)


def test_a_counter_does_not_go_below_none():
    assert not meets("63C(n-1)", 0x63CF, tries={"n": 0})


def test_unknown_tries_at_first_meet_nothing():
    assert not meets("63C(n)", 0x63C0, tries={"n": None})


def test_a_difference_from_what_nobody_learnt_is_a_defect_of_the_suite():
    with pytest.raises(NotInTheLanguage, match="nothing said before what p is"):
        meets("63C(p-1)", 0x63C3, tries={})


@pytest.mark.parametrize(
    ("before", "status", "met"),
    [(0x6A80, 0x63C5, True), (0x6A80, 0x63C4, False), (0x63C4, 0x63C4, True), (0x63C4, 0x63C5, False)],
)
def test_what_depends_on_the_row_before(before, status, met):
    assert meets("63C(n) after 6A80, 63C(n-1) after 63Cx", status, before) is met


def test_after_something_else_nothing_is_met():
    assert not meets("63C(n) after 6A80, 63C(n-1) after 63Cx", 0x63C5, before=0x9000)


def test_what_leaves_a_requirement_open_is_no_pass():
    pattern = StatusPattern.parse("9000, open when 6A88 or 6A81")
    assert pattern.left_open.meets(0x6A88, {})
    assert not pattern.left_open.meets(0x9000, {})
    assert not pattern.expected(0, {}).meets(0x6A88, {})


def test_a_reader_sees_numbers():
    assert StatusPattern.parse("6A80 or 63C(n-1)").expected(0, {}).shown({"n": 5}) == "6A80 or 63C4"


@pytest.mark.parametrize(("status", "left"), [(0x63C3, 3), (0x63C0, 0), (0x6983, 0), (0x6300, None), (0x9000, None)])
def test_tries_in_a_status_word(status, left):
    assert attempts_in(status) == left
