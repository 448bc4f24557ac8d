"""What is wrong with a kit in a target is one sentence."""

import shutil
from datetime import timedelta

import pytest

from dpc_conformance.adapters import card_kit
from dpc_conformance.adapters.registered import adapter_of
from dpc_conformance.adapters.registry import adapters_of
from dpc_conformance.clock import machine_now
from dpc_conformance.contract.clause import Standing
from dpc_conformance.contract.contract import clauses_of
from dpc_conformance.target import TargetError, load_target


def said(target) -> str:
    with pytest.raises(TargetError) as refused:
        adapters_of(load_target(target))
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_folder_without_a_kit(target, lab) -> None:
    target.write_text(target.read_text().replace(str(lab.folder), "nowhere"))
    assert "roles.card.folder: " in said(target)
    assert "nowhere/kit.toml: expected a file that can be read" in said(target)


def test_a_card_that_was_damaged(target, lab) -> None:
    copy = target.parent / "kit"
    shutil.copytree(lab.folder, copy)
    target.write_text(target.read_text().replace(str(lab.folder), "kit"))
    (copy / "cards" / "revoked" / "8 - CHUID Object").unlink()
    assert "8 - CHUID Object: expected a file of the kit" in said(target)


def test_a_kit_that_has_ended(target, monkeypatch) -> None:
    monkeypatch.setattr(card_kit, "machine_now", lambda: machine_now() + timedelta(days=361))
    assert "expected a kit that has not ended; make a new one" in said(target)


def test_the_kit_keeps_the_contract_of_adapters(target) -> None:
    found = clauses_of(adapter_of("card", "kit"), load_target(target), machine_now())
    assert {each.subject: each.sentence for each in found if each.standing is Standing.BROKEN} == {}


def test_the_kit_is_no_product(target) -> None:
    assert load_target(target).products == frozenset()
