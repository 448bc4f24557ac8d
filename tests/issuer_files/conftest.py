"""Files as an issuer's tester has them: what a run of the reference left, and certificates with a defect."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dpc_conformance.cli import main
from dpc_conformance.faults.certificates.material import evidence

FEATURES = [f"features/credential/{each}.feature" for each in ("derived_authentication", "crl", "ocsp_response")]
AROUND = {
    "trust_anchors": "anchors",
    "issuer": "authorities",
    "intermediates": "authorities",
    "crls": "crls",
    "card_certificate": "card_certificates",
    "card_certificates": "card_certificates",
}
"""What stood around a judged object, by the key of a target under which it goes."""
CHECKED_WITH = {"anchors": "--trust", "authorities": "--issuer", "crls": "--crl", "card_certificates": "--card"}
TARGET = """name = "Files"
scope = "certificates"
[claims]
{claims}
[roles.issuer]
adapter = "files"
"""


@dataclass
class Files:
    """A folder with files, and the lines of a target that name them."""

    folder: Path
    lines: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    claims: str = ""

    def one(self, key: str, der: bytes) -> None:
        name = f"{key}.der"
        (self.folder / name).write_bytes(der)
        self.lines[key] = f'"{name}"'

    def more(self, key: str, der: bytes) -> None:
        name = f"{key}-{len(self.lists.setdefault(key, []))}.der"
        if der not in [(self.folder / each).read_bytes() for each in self.lists[key]]:
            (self.folder / name).write_bytes(der)
            self.lists[key].append(name)

    def target(self) -> Path:
        written = {**self.lines, **{key: json.dumps(names) for key, names in self.lists.items()}}
        text = TARGET.format(claims=self.claims) + "".join(f"{key} = {value}\n" for key, value in written.items())
        (self.folder / "files.toml").write_text(text)
        return self.folder / "files.toml"

    def checked(self, key: str, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, str]:
        """What `dpc check` says about one of the files: the verdict by requirement."""
        around = [
            word for name, files in self.lists.items() for each in files
            for word in (CHECKED_WITH[name], str(self.folder / each))
        ]  # fmt: skip
        capsys.readouterr()
        main(["check", str(self.folder / f"{key}.der"), "--format", "json", *around, *words])
        [judged] = json.loads(capsys.readouterr().out)["objects"]
        return {row["requirement"]: row["verdict"] for row in judged["requirements"]}


@pytest.fixture(scope="session")
def reference_run(tmp_path_factory) -> Path:
    """The evidence of a run of the reference."""
    reports = tmp_path_factory.mktemp("reference")
    main(["run", "--reports", str(reports), *FEATURES])
    return reports / "evidence"


@pytest.fixture
def exported(reference_run, tmp_path) -> Files:
    """What the reference issued, in files."""
    files = Files(tmp_path, {"person": '"Grace Goode"', "affiliate": "false", "key_in": '"software"'})
    objects = reference_run / "objects"
    keys = {"derived authentication certificate": "authentication", "CRL": "crl", "OCSP response": "ocsp_response"}
    for scenario in sorted((reference_run / "scenarios").glob("credential-*.jsonl")):
        for line in map(json.loads, scenario.read_text().splitlines()):
            if line["record"] != "object-judged":
                continue
            files.one(keys[line["name"]], (objects / line["content"]["file"]).read_bytes())
            files.lines["at"] = line["at"]
            for name, found in line["around"].items():
                for each in found if name in AROUND else ():
                    files.more(AROUND[name], (objects / each["file"]).read_bytes())
    return files


@pytest.fixture
def with_defect(tmp_path) -> Callable[[bytes], Files]:
    """A certificate of the mutants, in files with all that stands around it."""

    def write(certificate: bytes) -> Files:
        files, told = Files(tmp_path), evidence()
        files.one("authentication", certificate)
        files.lines["at"] = told["moment"].isoformat()
        for name, key in AROUND.items():
            found: Any = told.get(name, ())
            for der in (found,) if isinstance(found, bytes) else found:
                files.more(key, der)
        return files

    return write


@pytest.fixture
def run(tmp_path) -> Callable[..., dict[str, Any]]:
    """Runs everything with a target: its statement."""

    def ran(target: Path, *words: str) -> dict[str, Any]:
        main(["run", "--target", str(target), "--reports", str(tmp_path / "reports"), *words])
        found: dict[str, Any] = json.loads((tmp_path / "reports" / "statement.json").read_text())
        return found

    return ran
