"""Draws the Allure report: installs the pinned generator once, makes one HTML file, takes its analytics out."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from dpc_conformance.reporting.allure_states import categories
from dpc_conformance.reporting.node import Node, find_node
from dpc_conformance.reporting.whole_file import write_whole

RECIPE = Path(__file__).with_name("allure_cli")
"""package.json and package-lock.json of the generator."""
LOST = "the HTML report with steps and attachments was not drawn (statement.html and JUnit are there)"
REMEDY = "pip install 'dpc-conformance[report]' brings a Node of its own; then run again"
ANALYTICS = re.compile(
    r"<script[^>]*\bsrc=\"[^\"]*googletagmanager[^\"]*\"[^>]*>\s*</script>\s*(<script>.*?</script>)?", re.S
)


class NoReport(Exception):
    """The report was not drawn; the message is one sentence: what is missing, what is lost, how to get it."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"{missing}: {LOST}; {REMEDY}.")


def write_environment(results: Path, facts: Mapping[str, str]) -> None:
    """What the report shows as its environment: target, version, seed, clock and so on (Java properties, escaped)."""
    results.mkdir(parents=True, exist_ok=True)
    lines = [f"{_escaped(name)} = {_escaped(value)}" for name, value in facts.items()]
    (results / "environment.properties").write_text("\n".join(lines) + "\n", encoding="ascii")


def draw_report(results: Path, report: Path, name: str, history: Path | None = None) -> Path:
    """One HTML file at `report` from the results; opens from file://. Raises NoReport.

    The run is added to the file `history`, and earlier runs in it are shown beside; a run that is not drawn adds
    nothing.
    """
    node = find_node()
    if isinstance(node, str):
        raise NoReport(node)
    program = _installed(node)
    with tempfile.TemporaryDirectory(prefix="dpc-report-") as folder:
        settings, past = Path(folder) / "allurerc.json", Path(folder) / "history.jsonl"
        if history and history.exists():
            shutil.copyfile(history, past)
        settings.write_text(json.dumps(_settings(name, Path(folder) / "out", past if history else None)), "utf-8")
        command = [str(node.node), str(program), "generate", "--config", str(settings), "--cwd", folder, str(results)]
        _run(command, node, limit=300, doing="the report generator did not finish")
        pages = sorted((Path(folder) / "out").rglob("index.html"))
        if not pages:
            raise NoReport("the report generator wrote nothing")
        html = pages[0].read_text(encoding="utf-8")
        if history and past.exists():
            write_whole(history, past.read_text("utf-8"))
    report.parent.mkdir(parents=True, exist_ok=True)
    write_whole(report, without_analytics(html))
    return report


def without_analytics(html: str) -> str:
    """The page without the script that Allure 3 puts in to report its readers to a third party."""
    return ANALYTICS.sub("", html)


def cache_folder() -> Path:
    """Where the generator is kept between runs: the user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "dpc-conformance"


def _settings(name: str, output: Path, history: Path | None) -> dict[str, object]:
    options = {
        "singleFile": True,
        "reportLanguage": "en",
        "reportName": name,
        "groupBy": ["epic", "feature", "story"],
        "stepTreeExpansion": "expand_failed_only",
    }
    return {
        "name": name,
        "output": str(output),
        "hideLabels": ["host", "thread", "language", "framework", "suite"],
        "plugins": {"awesome": {"options": options}},
        "categories": {"rules": categories()},
        **({"historyPath": str(history), "appendHistory": True} if history else {}),
    }


def _installed(node: Node) -> Path:
    version = json.loads((RECIPE / "package.json").read_text("utf-8"))["dependencies"]["allure"]
    home = cache_folder() / f"allure-{version}"
    program = home / "node_modules" / "allure" / "cli.js"
    if program.exists():
        return program
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoReport(f"the report generator has no folder to live in ({error})") from None
    with tempfile.TemporaryDirectory(prefix="allure-", dir=home.parent) as folder:
        staging = Path(folder) / "install"
        shutil.copytree(RECIPE, staging)
        command = [str(node.npm), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(staging)]
        _run(command, node, limit=600, doing=f"the report generator (npm package allure {version}) was not installed")
        try:
            staging.rename(home)
        except OSError:  # another run was quicker
            if not program.exists():
                raise
    return program


def _run(command: list[str], node: Node, limit: int, doing: str) -> None:
    try:
        answer = subprocess.run(
            command, env=node.environment, capture_output=True, text=True, timeout=limit, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoReport(f"{doing} ({error})") from None
    if answer.returncode != 0:
        said = [
            line for line in (answer.stderr + answer.stdout).splitlines() if line.strip() and "npm warn" not in line
        ]
        raise NoReport(f"{doing} ({said[0].strip() if said else f'exit code {answer.returncode}'})")


def _escaped(text: str) -> str:
    kept = text.replace("\\", "\\\\").replace("\n", " ")
    for mark in ":=#!":
        kept = kept.replace(mark, f"\\{mark}")
    return "".join(each if each.isascii() else f"\\u{ord(each):04x}" for each in kept)
