"""An audit finds what the judge finds, adds up, goes on after an interruption, and loses nothing with a worker."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from populations import AT, bundle, certificates, expected, parquet

from dpc_conformance.audit import parquet as parquet_source
from dpc_conformance.audit.audit import begin, go_on
from dpc_conformance.audit.cluster import judged_by_cluster
from dpc_conformance.audit.parts import Part
from dpc_conformance.audit.settings import Settings
from dpc_conformance.audit.slices import SourceError
from dpc_conformance.audit.sources import open_source
from dpc_conformance.audit.summary import DoesNotAddUp, Summary, merge_findings
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.tally import Tally
from dpc_conformance.cli import main
from dpc_conformance.faults.certificates.material import NOW


def results(out: Path) -> tuple[dict[str, Any], list[dict[str, str]]]:
    return json.loads((out / "summary.json").read_text()), pyarrow.parquet.read_table(
        out / "findings.parquet"
    ).to_pylist()


def settings(source: Path, out: Path) -> Settings:
    return Settings(open_source(source), out, CertificateContext(moment=NOW))


def test_it_finds_what_the_judge_finds_and_adds_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["audit", str(parquet(tmp_path / "in.parquet")), "--out", str(tmp_path), "--at", AT, "--jobs", "1"]) == 1
    )
    summary, rows = results(tmp_path)
    assert Counter(row["requirement"] for row in rows) == expected()
    counted = summary["certificates"]
    assert counted["in"] == len(certificates()) == counted["judged"] + counted["unparsable"] + counted["of_authorities"]
    assert counted["unparsable"] > 0
    for row in summary["requirements"]:
        named = sum(1 for one in rows if (one["profile"], one["requirement"]) == (row["profile"], row["requirement"]))
        assert row["fails"] == named == sum(row.get(verdict, 0) for verdict in ("FAIL", "WARN", "NOT_EFFECTIVE"))
        judged = summary["judged_by_profile"][row["profile"]]
        assert judged == row["holds"] + row["fails"] + row["cannot_tell"] + row["does_not_apply"]
    assert f"{len(certificates())} certificates = " in capsys.readouterr().out


def test_a_row_leads_back_to_the_certificate(tmp_path: Path) -> None:
    main(["audit", str(bundle(tmp_path / "in.pem")), "--out", str(tmp_path / "out"), "--at", AT, "--jobs", "1"])
    _, rows = results(tmp_path / "out")
    row = next(row for row in rows if row["requirement"] == "DPC-CERT-EKU-01")
    assert row["where"].startswith("octet ")
    assert len(row["sha256"]) == 64
    assert int(row["serial"], 16) > 0
    assert row["profile"] == "derived-authentication"
    assert (row["verdict"], row["place"]) == ("FAIL", "extKeyUsage")
    assert row["expected"] != row["actual"]


def test_an_interrupted_audit_goes_on_to_the_same_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_source, "SLICE_ROWS", 1)
    source = parquet(tmp_path / "in.parquet")
    whole, broken = settings(source, tmp_path / "whole"), settings(source, tmp_path / "broken")
    pieces = list(whole.source.slices())
    assert len(pieces) > 4
    for part in go_on(broken, pieces, begin(broken), 1, None):
        if part.number == 2:
            break
    (tmp_path / "broken" / "parts" / "00000003.host.1.tmp").write_bytes(b"half of a part")
    done = begin(broken)
    assert [part.number for part in done] == [0, 1, 2]
    later = list(go_on(broken, pieces, done, 1, None))
    assert [part.number for part in later] == list(range(3, len(pieces)))
    entire = list(go_on(whole, pieces, begin(whole), 1, None))
    summaries = [Summary(), Summary()]
    for summary, parts in zip(summaries, ([*done, *later], entire), strict=True):
        for part in parts:
            summary.add(part)
    assert summaries[0] == summaries[1]
    files = [merge_findings(one.out, range(len(pieces))) for one in (whole, broken)]
    assert pyarrow.parquet.read_table(files[0]) == pyarrow.parquet.read_table(files[1])
    assert list(go_on(broken, pieces, begin(broken), 1, None)) == []


def test_results_of_another_audit_are_not_continued(tmp_path: Path) -> None:
    begin(settings(parquet(tmp_path / "one.parquet"), tmp_path / "out"))
    with pytest.raises(SourceError, match="another source or with other options"):
        begin(settings(bundle(tmp_path / "two.pem"), tmp_path / "out"))
    assert main(["audit", str(tmp_path / "two.pem"), "--out", str(tmp_path / "out")]) == 4


def test_several_processes_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_source, "SLICE_ROWS", 1)
    main(["audit", str(parquet(tmp_path / "in.parquet")), "--out", str(tmp_path / "two"), "--at", AT, "--jobs", "2"])
    summary, rows = results(tmp_path / "two")
    assert summary["certificates"]["in"] == len(certificates())
    assert Counter(row["requirement"] for row in rows) == expected()


def test_a_stopped_command_says_so_and_the_same_call_goes_on(tmp_path: Path) -> None:
    """The command in a process of its own gets ^C when its first parts are there."""
    source = parquet(tmp_path / "in.parquet", 4000, 120)
    out = tmp_path / "out"
    call = [sys.executable, "-m", "dpc_conformance", "audit", str(source), "--out", str(out), "--at", AT, "--jobs", "1"]
    running = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    end = time.monotonic() + 60
    while not list(out.glob("parts/*.json")) and time.monotonic() < end and running.poll() is None:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130, errors
    assert "goes on" in errors
    done = len(list(out.glob("parts/*.json")))
    again = subprocess.run(call, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603
    assert again.returncode == 1
    assert f"Going on: {done} of " in again.stderr
    summary, rows = results(out)
    assert summary["certificates"]["in"] == len(certificates()) * 120
    assert Counter(row["requirement"] for row in rows) == Counter({key: n * 120 for key, n in expected().items()})


def test_a_cluster_loses_nothing_with_a_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers; one of them is killed while it judges; every certificate is there once nonetheless."""
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(parquet_source, "SLICE_ROWS", 1)
    told = settings(parquet(tmp_path / "in.parquet", 200, 20), tmp_path / "out")
    pieces = list(told.source.slices())
    options = {
        "n_workers": 2,
        "threads_per_worker": 1,
        "processes": True,
        "dashboard_address": None,
        "silence_logs": 50,
    }
    with distributed.LocalCluster(**options) as cluster:
        begin(told)
        victim = next(iter(cluster.workers.values()))
        parts: list[Part] = []
        for part in judged_by_cluster(told, pieces, cluster.scheduler_address):
            parts.append(part)
            if len(parts) == 2:
                os.kill(victim.pid, signal.SIGKILL)
    summary = Summary()
    for part in parts:
        summary.add(part)
    assert len(pieces) > 20
    assert sorted(part.number for part in parts) == list(range(len(pieces)))
    assert summary.read == len(certificates()) * 20
    merged = pyarrow.parquet.read_table(merge_findings(told.out, range(len(pieces))))
    assert Counter(merged.column("requirement").to_pylist()) == Counter({key: n * 20 for key, n in expected().items()})


def test_a_scheduler_that_does_not_answer_is_said_in_a_sentence(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    source = str(parquet(tmp_path / "in.parquet"))
    assert main(["audit", source, "--out", str(tmp_path / "o"), "--engine", "dask"]) == 4


def test_counts_that_do_not_add_up_stop_the_audit() -> None:
    with pytest.raises(DoesNotAddUp, match="part 3: 2 certificates read, 1 accounted for"):
        Summary().add(Part(3, 1, 2, Tally(unreadable=1), Counter()))


def test_a_missing_extra_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert main(["audit", str(tmp_path)]) == 4
    assert "dpc-conformance[audit]" in capsys.readouterr().err
