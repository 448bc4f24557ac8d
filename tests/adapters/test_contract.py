"""`dpc adapter check`: a good adapter keeps every clause, each way to break one is found."""

from datetime import UTC, datetime

import pytest

from dpc_conformance.adapters.registered import adapter_of, registered
from dpc_conformance.casting import Stage
from dpc_conformance.casting_players import INTERFACES
from dpc_conformance.cli import main
from dpc_conformance.contract.clause import Standing
from dpc_conformance.contract.contract import clauses_of, keeps_contract
from dpc_conformance.contract.verbs import verb_clauses, verbs_of
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.target import load_target

AT = datetime(2026, 11, 23, tzinfo=UTC)


def standings(file, standing: Standing) -> dict[str, str]:
    found = clauses_of(adapter_of("relying_party", "theirs"), load_target(file), AT)
    return {each.subject: each.sentence for each in found if each.standing is standing}


def test_a_good_adapter_keeps_every_clause(theirs) -> None:
    file = theirs()
    assert standings(file, Standing.BROKEN) == standings(file, Standing.LACKING) == {}
    kept = standings(file, Standing.KEPT)
    assert {"relying_party.address", "relying_party.audit", "settings.password", "close", "relying_party"} <= set(kept)
    assert keeps_contract(adapter_of("relying_party", "theirs"), load_target(file), AT)


def test_a_verb_that_it_lacks_is_named_and_breaks_nothing(theirs) -> None:
    file = theirs('lacks = ["audit"]\n')
    assert standings(file, Standing.LACKING) == {"relying_party.audit": "relying party cannot audit"}
    assert standings(file, Standing.BROKEN) == {}


@pytest.mark.parametrize(
    ("misbehaves", "subject", "sentence"),
    [
        ("wrong type", "relying_party.address", "expected str"),
        ("tells the password", "relying_party", "shows a secret"),
        ("leaves a socket open", "close", "unclosed <socket"),
        ("keeps the password from the recorder", "recorder", "was not told secret 1"),
    ],
)
def test_each_way_to_break_the_contract_is_found(theirs, misbehaves, subject, sentence) -> None:
    broken = standings(theirs(f'password = "hush hush"\nmisbehaves = ["{misbehaves}"]\n'), Standing.BROKEN)
    assert set(broken) == {subject}
    assert sentence in broken[subject]
    assert "hush" not in str(broken)


def test_ours_keep_it_as_far_as_can_be_seen_without_a_target() -> None:
    clauses = [clause for each in registered() for clause in clauses_of(each.load(), None, AT)]
    assert {each.standing for each in clauses} == {Standing.KEPT, Standing.NOT_SEEN}


def test_the_reference_keeps_the_clauses_on_verbs() -> None:
    stage = Stage(load_target(), AT, "contract")
    try:
        with stage.scene(Recorder(), "contract") as cast:
            for role, interface in INTERFACES.items():
                clauses = list(verb_clauses(role, interface, getattr(cast, role), cast))
                assert {each.subject: each.sentence for each in clauses if each.standing is Standing.BROKEN} == {}
                assert len(clauses) >= len(verbs_of(interface))
    finally:
        stage.close()


def test_the_command_tells_each_clause_and_ends_with_1_where_one_is_broken(theirs, capsys) -> None:
    assert main(["adapter", "check", "theirs", "--target", str(theirs())]) == 0
    assert "0 broken" in capsys.readouterr().out
    assert main(["adapter", "check", "theirs", "--target", str(theirs('misbehaves = ["wrong type"]\n'))]) == 1
    said = capsys.readouterr().out
    assert "BROKEN" in said
    assert "relying_party.address" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["pscs"], "pscs: expected the name of an adapter; did you mean pcsc?"),
        (["card.image", "--target", "{file}"], "expected roles.card to name image"),
    ],
)
def test_a_wrong_name_is_bad_input(theirs, capsys, arguments, sentence) -> None:
    file = str(theirs())
    assert main(["adapter", "check", *(each.format(file=file) for each in arguments)]) == 4
    assert sentence in capsys.readouterr().err


def test_the_list_has_every_role_and_adapter(theirs, capsys) -> None:
    theirs()
    assert main(["adapter", "list"]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("reference", "pcsc", "image", "theirs", "their-adapters", "relying_party"))
