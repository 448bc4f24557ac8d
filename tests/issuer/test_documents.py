"""The documents that the reference lays before a reviewer."""

import hashlib
import tomllib
from datetime import date
from pathlib import Path

import pytest

from dpc_conformance import HOME
from dpc_conformance.reference.issuer.documents import APPROVED, FOLDER, DocumentRegister, read_document


def test_every_document_is_the_one_that_was_approved():
    approved = tomllib.loads((HOME / FOLDER / APPROVED).read_text())
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (HOME / FOLDER).glob("*.md")}
    assert found == approved, "look at the change, and write the new digest into approved.toml"


def test_the_register_knows_title_date_and_approval_of_each():
    documents = DocumentRegister().documents()
    assert len(documents) > 5
    for document in documents:
        assert document.title
        assert document.version
        assert isinstance(document.dated, date)
        assert document.approved_by
        assert document.approved_on >= document.dated
        assert (HOME / document.location).is_file()


def test_a_document_without_a_head_is_an_error_that_names_it():
    with pytest.raises(ValueError, match="some.md: expected a head"):
        read_document(Path("some.md"), b"# Title\n", "")


def test_the_practice_on_record_is_the_one_that_is_configured(stage):
    [statement] = [each for each in DocumentRegister().documents() if each.practice]
    assert statement.practice == stage.issuer.maintenance_practice()
