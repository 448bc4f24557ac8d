"""The registry of checks: one check for each requirement, a sentence for each check."""

import pytest

from dpc_conformance.checks import registry
from dpc_conformance.checks.finding import Finding, missing
from dpc_conformance.formats import oids


def test_a_second_check_of_a_requirement_is_an_error() -> None:
    registry.load_all()
    with pytest.raises(registry.DuplicateCheck, match="DPC-CERT-EKU-01"):

        @registry.check("DPC-CERT-EKU-01")
        def again(_: object) -> None:
            """Says the same again."""


def test_a_check_without_a_sentence_is_an_error() -> None:
    with pytest.raises(ValueError, match="sentence"):

        @registry.check("TEST-ONLY-01")
        def silent(_: object) -> None: ...


def test_every_check_has_one_sentence() -> None:
    registry.load_all()
    for one in registry.checks():
        assert one.sentence.endswith("."), one.requirement


def test_a_finding_carries_the_id_of_its_check() -> None:
    found = registry.Check(
        "TEST-ONLY-02", registry.Evidence.FLOW, lambda _: missing("a place", "a thing"), "Has a thing.", False
    ).judge(())
    assert found == Finding("TEST-ONLY-02", "error", "a place", "a thing", "nothing")


def test_a_refusal_is_declared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_REFUSALS", {})
    declared = registry.refusal("TEST-ONLY-03", {"revoked"}, "sign-in with a valid card")
    assert registry.refusal_for("TEST-ONLY-03") is declared
    with pytest.raises(registry.DuplicateCheck):
        registry.refusal("TEST-ONLY-03", {"expired"}, "another")


def test_policies_are_named_by_their_number_and_not_by_a_label() -> None:
    assert oids.POLICY_NAMES["2.16.840.1.101.3.2.1.3.40"] == "id-fpki-common-derived-pivAuth"
    assert oids.POLICY_NAMES["2.16.840.1.101.3.2.1.3.41"] == "id-fpki-common-derived-pivAuth-hardware"
    assert "contentSigning" in oids.POLICY_NAMES["2.16.840.1.101.3.2.1.3.39"]
