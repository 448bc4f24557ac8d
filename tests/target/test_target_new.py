"""`dpc target new`: questions with defaults, help and a way back; nothing typed is lost, nothing is overwritten."""

import io
import json
import tomllib

import pytest

from dpc_conformance.cli import main
from dpc_conformance.commands.target_questions import questions
from dpc_conformance.target import load_target


@pytest.fixture
def new(tmp_path, monkeypatch):
    """Answers the questions line by line; the rest takes the defaults where `rest` says so."""

    def answered(*lines: str, rest: bool = True) -> int:
        typed = "".join(f"{line}\n" for line in lines) + ("\n" * 100 if rest else "")
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return main(["target", "new", str(tmp_path / "product.toml")])

    return answered


@pytest.fixture
def file(tmp_path):
    return tmp_path / "product.toml"


def up_to(key: str, **answers: str) -> list[str]:
    """Empty answers to everything before a question, but for the name."""
    keys = [each.key for each in questions(answers)]
    return ["A product", *[answers.get(each, "") for each in keys[1 : keys.index(key)]]]


def test_the_defaults_make_a_target_that_loads(new, file, capsys) -> None:
    assert new("A product") == 0
    target = load_target(file)
    assert (target.name, target.scope.name, target.edition.value) == ("A product", "enrolment", "2014")
    assert target.all_reference
    assert target.claims == type(target.claims)()
    assert "`dpc target check" in capsys.readouterr().out
    assert not file.with_name("product.toml.draft").exists()


def test_each_claim_stands_under_a_line_that_says_what_it_means(new, file) -> None:
    new("A product")
    lines = file.read_text().splitlines()
    assert lines[lines.index("suspension = false") - 1] == "# Suspends credentials and ends the suspension again."


def test_what_it_makes_of_piv_i_cards_is_asked(new, file) -> None:
    assert new(*up_to("claims.piv_i_cards"), "own-policy") == 0
    assert load_target(file).claims.piv_i_cards == "own-policy"


def test_product_roles_and_claims_are_written_as_answered(new, file) -> None:
    lines = ["A token", "1.2", "77", "lab", "R. Jansen", "removable-token", "2014", "token"]
    settings = ["pcsc", "authorities", "crls", "1.2.3, 1.2.4", "Bench", "secrets.toml", "", "", "", "", "yes"]
    assert new(*lines, *settings, "ios", "", "aal2, aal3") == 0
    content = tomllib.loads(file.read_text())
    assert content["product"] == {"version": "1.2", "build": "77", "environment": "lab", "operator": "R. Jansen"}
    assert content["roles"]["token"] == {
        "adapter": "pcsc",
        "trust": "authorities",
        "crls": "crls",
        "policies": ["1.2.3", "1.2.4"],
        "reader": "Bench",
        "secrets_file": "secrets.toml",
        "expendable": True,
    }
    assert content["claims"]["platforms"] == ["ios"]
    assert content["claims"]["assurance_levels"] == ["aal2", "aal3"]
    assert load_target(file).roles["token"].adapter == "pcsc"


def test_a_claim_that_hangs_on_another_is_asked_only_after_it() -> None:
    def claims(**answers: str) -> set[str]:
        return {each.key for each in questions({f"claims.{name}": value for name, value in answers.items()})}

    assert "claims.key_history" not in claims(certificates="authentication")
    assert "claims.key_escrow" in claims(certificates="authentication, key-management")
    assert "claims.key_history" in claims(certificates="authentication, key-management", key_escrow="yes")
    assert "claims.contactless_token" in claims(removable_token="yes")
    assert "claims.simulation" not in claims()


def test_help_wrong_answers_and_the_way_back(new, file, capsys) -> None:
    assert new("?", "", "A producd", "<", "A product", "", "", "", "", "enrollment", "card") == 0
    said = capsys.readouterr().out
    assert "How reports call what is tested." in said
    assert "expected a name" in said
    assert (
        "enrollment: expected one of enrolment, use, certificates, card, removable-token, full; did you mean enrolment?"
        in said
    )
    assert (load_target(file).name, load_target(file).scope.name) == ("A product", "card")


def test_a_contradiction_leads_back_to_its_claim(new, file, capsys) -> None:
    before = up_to("claims.enrolment_protocols")
    after = len(questions({})) - len(before) - 1
    assert new(*before, "scep", *[""] * after, "est, scep", "est", rest=False) == 0
    said = capsys.readouterr().out
    assert said.count("That cannot be: claims.enrolment_protocols: SCEP encrypts to the key") == 2
    assert load_target(file).claims.enrolment_protocols == {"est"}


def test_nothing_typed_is_lost_when_the_answers_end(new, file, capsys) -> None:
    assert new("A product", "1.2", rest=False) == 4
    said = capsys.readouterr()
    assert "the answers end before product.build" in said.err
    assert len(said.err.splitlines()) == 1
    assert not file.exists()
    draft = file.with_name("product.toml.draft")
    assert json.loads(draft.read_text()) == {"name": "A product", "product.version": "1.2"}
    assert new() == 0
    assert load_target(file).product["version"] == "1.2"
    assert not draft.exists()


def test_an_interrupt_keeps_what_was_answered(new, file, monkeypatch, capsys) -> None:
    def interrupted() -> str:
        raise KeyboardInterrupt

    typed = io.StringIO("")
    lines = iter(["A product\n", "1.2\n"])
    typed.readline = lambda: next(lines, None) or interrupted()
    monkeypatch.setattr("sys.stdin", typed)
    assert main(["target", "new", str(file)]) == 130
    assert "the same command goes on from there" in capsys.readouterr().out
    assert new() == 0
    assert load_target(file).name == "A product"


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda file: file.write_text("x"), "expected a file that does not exist yet; this command overwrites nothing"),
        (lambda file: file.with_name("product.toml.draft").write_text("x"), "expected a draft that `dpc target new`"),
    ],
)
def test_what_is_there_already_is_left_alone(new, file, capsys, prepare, sentence) -> None:
    prepare(file)
    assert new("A product") == 4
    assert sentence in capsys.readouterr().err
    assert not file.exists() or file.read_text() == "x"


def test_a_folder_that_does_not_exist_is_named(tmp_path, capsys) -> None:
    assert main(["target", "new", str(tmp_path / "no" / "product.toml")]) == 4
    assert "expected a folder that exists" in capsys.readouterr().err
