"""The catalogue is whole, sound and quick to tell what is misspelled."""

import re
from pathlib import Path

import pytest

from dpc_conformance.catalogue.catalogue import FOLDER, Catalogue, load_catalogue
from dpc_conformance.catalogue.requirement import CatalogueError, requirement_from

ENTRY = {
    "source": "FIPS 201-3 §6",
    "level": "MUST",
    "text": "Something holds.",
    "applies_to": "issuer-issuance-flow",
    "testable_by": "issuer protocol flow",
    "check": "look",
    "negative_example": "it does not",
    "edition": "both",
    "verification": "read-in-cited-edition",
}


def test_the_catalogue_holds_all_requirements():
    catalogue = load_catalogue()
    assert len(catalogue) == 493
    assert len({each.id for each in catalogue}) == 493
    assert load_catalogue() is catalogue


def test_requirements_stand_in_the_file_of_their_group():
    groups = {path.stem for path in FOLDER.glob("*.toml")}
    assert {each.group for each in load_catalogue()} == groups
    assert len(groups) == 18


def test_every_requirement_says_what_to_look_at_and_what_must_be_caught():
    for each in load_catalogue():
        assert re.fullmatch(r"(DPC|PIV)(-[A-Z0-9]+)+-\d\d", each.id)
        assert all((each.source, each.text, each.check, each.negative_example))


def test_numbers_by_field_have_not_moved():
    catalogue = load_catalogue()
    assert sum(each.level == "MUST" for each in catalogue) == 446
    assert sum(each.edition == "r1" for each in catalogue) == 93
    assert sum(not each.may_decide for each in catalogue) == 25 + 9 + 3
    assert sum(bool(each.also_applies_to) for each in catalogue) == 224


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("DPC-ISS-PKIAUHT-01", "DPC-ISS-PKIAUTH-01"),
        ("dpc-cert-eku-01", "DPC-CERT-EKU-01"),
        ("DPC-CERT-EKU-1", "DPC-CERT-EKU-01"),
        ("something else", None),
    ],
)
def test_a_misspelled_id_finds_the_nearest(wrong, right):
    assert load_catalogue().nearest(wrong) == right


def test_an_unknown_id_is_an_error_that_names_the_place_and_the_nearest():
    with pytest.raises(CatalogueError, match=r"scopes: DPC-ISS-BIO-1 is not .*; did you mean DPC-ISS-BIO-01\?"):
        load_catalogue().expect("DPC-ISS-BIO-1", "scopes")


def test_a_leading_part_of_an_id_selects_whole_parts_only():
    assert load_catalogue().select(["DPC-CERT-KU"], "here") == {"DPC-CERT-KU-01", "DPC-CERT-KU-02"}
    with pytest.raises(CatalogueError):
        load_catalogue().select(["DPC-CERT-K"], "here")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"level": "SHALL"}, "level is 'SHALL'; expected MUST | SHOULD | MAY"),
        ({"text": ""}, "text is ''; expected text"),
        ({"colour": "red"}, "colour is not a field"),
        ({"applies_to": "phone"}, "applies_to is 'phone'"),
        ({"also_testable_by": "APDU"}, "also_testable_by is 'APDU'; expected a list"),
        ({"also_testable_by": ["apdu"]}, "also_testable_by is 'apdu'"),
        ({"source": 5}, "source is 5; expected text"),
    ],
)
def test_a_wrong_field_is_named_with_what_was_expected(change, sentence):
    with pytest.raises(CatalogueError, match=re.escape(f"a.toml: DPC-ISS-X-01: {sentence}")):
        requirement_from("DPC-ISS-X-01", {**ENTRY, **change}, "a.toml")


def test_a_missing_field_is_named():
    with pytest.raises(CatalogueError, match="DPC-ISS-X-01: level is missing"):
        requirement_from("DPC-ISS-X-01", {name: value for name, value in ENTRY.items() if name != "level"}, "a.toml")


def test_a_wrong_id_is_refused():
    with pytest.raises(CatalogueError, match="expected an id such as"):
        requirement_from("DPC-ISS-X", ENTRY, "a.toml")


def test_an_id_may_stand_in_the_catalogue_once():
    one = requirement_from("DPC-ISS-X-01", ENTRY, "a.toml")
    with pytest.raises(CatalogueError, match="twice"):
        Catalogue([one, one])


def test_a_requirement_in_the_wrong_file_is_refused(tmp_path: Path):
    lines = [f'{name} = "{value}"' for name, value in ENTRY.items()]
    (tmp_path / "DPC-CERT.toml").write_text("\n".join(["[DPC-ISS-X-01]", *lines]))
    with pytest.raises(CatalogueError, match="belongs into DPC-ISS.toml"):
        load_catalogue(tmp_path)


def test_a_file_that_is_not_toml_is_named(tmp_path: Path):
    (tmp_path / "DPC-ISS.toml").write_text("[DPC")
    with pytest.raises(CatalogueError, match="DPC-ISS.toml: expected TOML"):
        load_catalogue(tmp_path)
