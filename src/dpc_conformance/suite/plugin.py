"""The plugin to load with `-p dpc_conformance.suite.plugin`: its own parts, then every module of fixtures and steps."""

import importlib
import pkgutil

import pytest

from dpc_conformance.suite.parts import PARTS


def _modules_of(package_name: str) -> list[str]:
    package = importlib.import_module(package_name)
    found = pkgutil.walk_packages(package.__path__, f"{package_name}.")
    return sorted(module.name for module in found if not module.ispkg)


pytest_plugins = [*PARTS, *_modules_of("dpc_conformance.fixtures"), *_modules_of("dpc_conformance.steps")]
# All at once, because some of these modules import each other before pytest comes to load them.
pytest.register_assert_rewrite(*pytest_plugins)
