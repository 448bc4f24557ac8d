"""A target file, good and bad."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dpc_conformance import HOME
from dpc_conformance.target import REFERENCE_TARGET, TargetError, load_target

REVIEW = """
[[review]]
requirement = "{requirement}"
decision = "{decision}"
statement = "s"
who = "w"
document = "d"
date = 2026-01-01
"""
ATTESTATION = '[[attestation]]\nrequirement="{0}"\nstatement="s"\nwho="w"\ndocument="d"\ndate=2026-01-01\n'


def test_the_reference_is_the_target_when_none_is_named():
    target = load_target()
    assert target.file == REFERENCE_TARGET
    assert target.all_reference
    assert (target.scope.name, target.edition) == ("enrolment+use", "2014")
    assert set(target.roles) > {"card", "phone", "issuer"}


def test_the_documents_of_the_reference_reviews_can_be_opened():
    target = load_target()
    documents = [each.document for each in (*target.reviews, *target.attestations)]
    assert documents
    assert all((HOME / document).is_file() for document in documents)


def test_the_journal_gets_what_verdicts_depend_on_and_no_settings(tmp_path: Path):
    file = tmp_path / "product.toml"
    file.write_text('name = "P"\n[roles.issuer]\nadapter = "http"\npassword = "hush"\n')
    target = load_target(file)
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    started = target.started(moment, "1", "seed", moment)
    assert not started.reproducible
    assert started.roles["issuer"] == "http"
    assert started.target_file == "product.toml"
    assert "hush" not in repr(started) + repr(target)


def test_the_command_line_chooses_instead():
    target = load_target().choosing(scope="card", edition="r1-fpd")
    assert (target.scope.name, target.edition) == ("card", "r1-fpd")
    for wrong in ({"scope": "cards"}, {"edition": "2015"}):
        with pytest.raises(TargetError, match=f"--{next(iter(wrong))}: .*expected one of"):
            load_target().choosing(**wrong)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x", "expected TOML"),
        ('scope = "card"', "name: expected this key, which is missing"),
        ('nam = "x"\nname = "x"', "nam: expected a known key; did you mean name?"),
        ("name = 3", "name: expected a valid string, not 3"),
        ('name = "x"\nscope = "enrolmnt"', "scope: 'enrolmnt' is not a scope"),
        ('name = "x"\nedition = "2015"', "edition: expected one of 2014, r1-ipd, r1-fpd, not '2015'"),
        ('name = "x"\n[claims]\nassurance_levels = ["aal4"]', "claims.assurance_levels.1: expected 'aal2' or 'aal3'"),
        ('name = "x"\n[claims]\npki_onyl = true', "claims.pki_onyl: expected a known key; did you mean pki_only?"),
        ('name = ""', "name: expected a text that is not empty, not ''"),
        ('name = "x"\n[product]\nverzion = "1"', "product.verzion: expected a known key; did you mean version?"),
        ('name = "x"\n[claims]\nkey_algorithms = ["P256"]', "not 'P256'; did you mean P-256?"),
        ('name = "x"\n[claims]\nkey_places = "software"', "claims.key_places: expected a list, not 'software'"),
        ('name = "x"\n[claims]\nplatforms = []', "claims.platforms: expected at least one value, not []"),
        ('name = "x"\n[roles]\ncard = 3', "roles.card: expected the name of an adapter or a table, not 3"),
        ('name = "x"\n[roles]\nphones = "reference"', "roles.phones: expected a role; did you mean phone?"),
        ('name = "x"\n[roles.phone]\nurl = "y"', 'roles.phone.adapter: expected "reference" or'),
        ('name = "x"\n[conflicts]\nrsa = "y"', "conflicts: rsa is not a conflict; expected one of"),
        ('name = "x"\nreviews = ["none.toml"]', "none.toml: expected a file that can be read"),
    ],
)
def test_a_wrong_target_gets_one_sentence_with_file_key_and_expectation(tmp_path: Path, text, sentence):
    file = tmp_path / "product.toml"
    file.write_text(text)
    with pytest.raises(TargetError, match=re.escape(sentence)) as raised:
        load_target(file)
    assert str(raised.value).startswith(str(tmp_path))
    assert "\n" not in str(raised.value)


def test_a_target_that_is_not_there():
    with pytest.raises(TargetError, match="nowhere.toml: expected a file that can be read"):
        load_target(Path("nowhere.toml"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (REVIEW.format(requirement="DPC-ISS-BIO-1", decision="holds"), "did you mean DPC-ISS-BIO-01?"),
        (REVIEW.format(requirement="DPC-ISS-BIO-01", decision="perhaps"), "review.1.decision: expected 'holds' or"),
        (REVIEW.format(requirement="DPC-ISS-BIO-01", decision="holds") * 2, "DPC-ISS-BIO-01 has a second review"),
        (
            ATTESTATION.format("DPC-CERT-EKU-01"),
            "DPC-CERT-EKU-01 cannot be attested; expected evidence by cert inspect",
        ),
        ('[[waiver]]\nrequirement = "DPC-ISS-BIO-01"\nreason = "r"', "waiver.1.version: expected this key"),
    ],
)
def test_a_wrong_review_file_is_named(tmp_path: Path, text, sentence):
    (tmp_path / "reviews.toml").write_text(text)
    file = tmp_path / "product.toml"
    file.write_text('name = "x"\nreviews = ["reviews.toml"]')
    with pytest.raises(TargetError, match=re.escape(sentence)) as raised:
        load_target(file)
    assert "reviews.toml" in str(raised.value)
