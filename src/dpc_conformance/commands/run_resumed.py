"""A run that goes on: what the user chose for it is kept in its folder, and read again by `dpc run --resume`."""

import json
from dataclasses import replace
from hashlib import scrypt
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from dpc_conformance import __version__
from dpc_conformance.commands import run_options
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.run_folder import changes_of_target, gathered_in
from dpc_conformance.reporting.whole_file import write_whole
from dpc_conformance.suite.chosen_features import Chosen
from dpc_conformance.suite.conformance_run import RunOptions
from dpc_conformance.suite.run_files import RunFiles
from dpc_conformance.target import Target


class _Choices(BaseModel):
    model_config = ConfigDict(frozen=True)

    limit: float
    keyword: str
    markers: str
    requirements: tuple[str, ...]
    named_requirements: tuple[str, ...]
    paths: tuple[str, ...]
    only_sanity: tuple[Path, ...]
    named: tuple[str, ...]
    scenarios: tuple[str, ...]
    workstation: str | None = None
    settings: dict[str, str]
    """By role a hash of its settings, where it has any."""


def keep_choices(options: RunOptions) -> None:
    """Write what the user chose into the folder of the run. Raises OSError."""
    chosen = options.chosen
    kept = _Choices(
        limit=options.limit,
        keyword=options.keyword,
        markers=options.markers,
        requirements=tuple(sorted(options.requirements)),
        named_requirements=options.named_requirements,
        paths=chosen.paths,
        only_sanity=chosen.only_sanity,
        named=chosen.named,
        scenarios=options.scenarios,
        workstation=options.workstation,
        settings=_hashes(options.target),
    )
    write_whole(options.files.choices, kept.model_dump_json())


def options_of(run: Path, named: Path | None) -> RunOptions:
    """What a run was to do, so that it can go on; `named` is where its target is now, None for where it was.

    BadInput where it was no run with a person, or target or suite are not what they were: answers would be mixed.
    """
    files = RunFiles(run.absolute())
    if not files.choices.exists():
        raise BadInput(f"--resume {run}: expected the folder of a run in which a person was asked")
    try:
        kept = _Choices.model_validate_json(files.choices.read_text("utf-8"))
    except (OSError, ValidationError):
        raise BadInput(f"--resume {run}: {files.choices.name} is not as the run wrote it") from None
    started = gathered_in(run).started
    if started.suite_version != __version__:
        raise BadInput(f"--resume {run}: it was begun with version {started.suite_version}, this is {__version__}")
    file = named or files.kept_target
    target = run_options.target_of(file, started.scope, started.edition, started.allowed, kept.workstation)
    now = _hashes(target)
    others = [f"settings of {role}" for role in target.roles if now.get(role) != kept.settings.get(role)]
    if changes := [*changes_of_target(started, target), *others]:
        raise BadInput(f"--resume {run}: the target has changed since: {', '.join(changes)}")
    run_options.expect_reachable(target)
    options = RunOptions(
        target=target,
        files=files,
        chosen=Chosen(kept.paths, kept.only_sanity, kept.named),
        seed=started.seed,
        limit=kept.limit,
        clock=started.clock,
        keyword=kept.keyword,
        markers=kept.markers,
        target_file=file.absolute() if file else None,
        requirements=frozenset(kept.requirements),
        named_requirements=kept.named_requirements,
        scenarios=kept.scenarios,
        workstation=kept.workstation,
    )
    return replace(options, resumed=True)


def _hashes(target: Target) -> dict[str, str]:
    """A slow hash for each role with settings: they may hold a secret, and this file lies among the reports."""
    settings = {role: choice.settings for role, choice in target.roles.items() if choice.settings}
    texts = {role: json.dumps(values, sort_keys=True, default=str) for role, values in settings.items()}
    return {role: scrypt(text.encode(), salt=role.encode(), n=2**14, r=8, p=1).hex() for role, text in texts.items()}
