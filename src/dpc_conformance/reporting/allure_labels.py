"""By what Allure knows a scenario again, and where it files it."""

from collections.abc import Iterator
from hashlib import md5
from pathlib import Path

from dpc_conformance.evidence.events import ScenarioStarted
from dpc_conformance.reporting.allure_states import LABEL
from dpc_conformance.reporting.story import STORY_TAG
from dpc_conformance.reporting.walks import Walk


def identity(started: ScenarioStarted) -> dict[str, str]:
    """By what a scenario is known from run to run: the same in a checkout and from the wheel."""
    case = _md5(f"{started.file}: {started.outline or started.name}")
    return {"testCaseId": case, "historyId": _md5(case, *started.row.values())}


def folder_title(file: str) -> str:
    """The title of a feature's folder: the epic where a scenario names none."""
    return Path(file).parent.name.replace("_", " ").capitalize()


def labels_of(walk: Walk) -> Iterator[tuple[str, str]]:
    """Allure's behaviours: epic is the folder (or @epic:...), feature the Feature, story the Rule or its steps."""
    started = walk.started
    keyed = dict(tag.split(":", 1) for tag in started.tags if ":" in tag)
    story = started.rule or ", ".join(tag for tag in started.tags if STORY_TAG.fullmatch(tag))
    yield "epic", keyed.get("epic", folder_title(started.file))
    yield "feature", started.feature
    yield from [("story", story)] if story else []
    yield "suite", started.feature
    yield from [("severity", keyed["severity"])] if "severity" in keyed else []
    yield from (("tag", tag) for tag in started.tags if ":" not in tag)
    yield "outcome", walk.outcome
    yield LABEL, walk.verdict.value


def _md5(*parts: str) -> str:
    """What Allure's own adapters name results by; no secret hangs on it."""
    made = md5(usedforsecurity=False)
    for part in parts:
        made.update(part.encode())
    return made.hexdigest()
