"""`dpc package` and `dpc report`: what they say, what they write, and how they end."""

import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from people import MAIL, NAME, PASSWORD, authority, made, signer

from dpc_conformance import cli
from dpc_conformance.evidence.folder import EvidenceFolder


@pytest.fixture
def said(capsys):
    """Runs `dpc` in this process: exit code, standard output, standard error."""

    def run(*arguments) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.main([str(each) for each in arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Path:
    """Files of the signer."""
    folder = tmp_path_factory.mktemp("keys")
    (folder / "signer.pem").write_bytes(signer().pem)
    (folder / "signer.key").write_bytes(signer().key_pem())
    (folder / "locked.key").write_bytes(signer().key_pem(PASSWORD))
    (folder / "signer.p12").write_bytes(signer().pkcs12())
    (folder / "password.txt").write_bytes(PASSWORD + b"\n")
    (folder / "roots.pem").write_bytes(authority().pem)
    (folder / "others.pem").write_bytes(made("Other Root", ca=True).pem)
    return folder


def test_a_package_is_made_signed_and_verified(said, reports, keys, tmp_path):
    file = tmp_path / "a.zip"
    signed = ("--sign-with", keys / "signer.pem", "--key", keys / "signer.key")
    code, out, _ = said("package", reports, "--to", file, *signed)
    assert code == 0
    assert "signed by CN=Example Labs" in out
    code, out, _ = said("package", "--verify", file, "--trust", keys / "roots.pem", "--at", "2026-06-01")
    assert (code, out.splitlines()[-1]) == (0, f"{file}: whole")
    code, out, _ = said("package", "--verify", file, "--trust", keys / "others.pem", "--at", "2026-06-01")
    assert code == 1
    assert "is not trusted" in out


@pytest.mark.parametrize(
    "options",
    [
        ("--sign-with", "signer.p12", "--password-file", "password.txt"),
        ("--sign-with", "signer.pem", "--key", "locked.key", "--password-file", "password.txt"),
    ],
)
def test_a_locked_key_takes_its_password_from_a_file(said, reports, keys, tmp_path, options):
    given = [each if each.startswith("--") else keys / each for each in options]
    code, out, err = said("package", reports, "--to", tmp_path / "a.zip", *given)
    assert (code, err) == (0, "")
    assert PASSWORD.decode() not in out


def test_it_says_what_personal_data_the_package_holds(said, reports, tmp_path):
    _, out, _ = said("package", reports, "--to", tmp_path / "a.zip")
    assert (
        "2 names, 3 e-mail addresses, 2 accounts, 1 UUIDs, 1 FASC-N, 1 numbers of identity documents became pseudonyms"
        in out
    )
    assert NAME not in out
    assert "named as they are, since they answer for it: O. Tester" in out
    _, out, _ = said("package", reports, "--to", tmp_path / "b.zip", "--with-personal-data")
    assert "the package holds 2 names" in out
    assert f"names: {NAME}" in out
    assert f"e-mail addresses: {MAIL}" in out


def test_a_changed_byte_is_one_sentence_and_exit_code_1(said, reports, tmp_path):
    file = tmp_path / "a.zip"
    said("package", reports, "--to", file)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    code, out, err = said("package", "--verify", file)
    assert (code, err) == (1, "")
    assert len([line for line in out.splitlines() if "was changed" in line or "packed again" in line]) == 1
    code, _, err = said("report", file, "--to", tmp_path / "drawn")
    assert code == 4
    assert "expected a package that is whole" in err
    assert not (tmp_path / "drawn").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("package", "{tmp}/nothing"), "expected the reports folder of a run"),
        (("package", "{reports}", "--trust", "x"), "--trust, --at: expected with --verify only"),
        (("package", "--verify", "{tmp}/nothing.zip"), "expected a package that can be read"),
        (("package", "--verify", "{keys}/roots.pem"), "it does not begin like a zip file"),
        (("package", "--verify", "{reports}", "--to", "x"), "--verify: expected no option of making a package"),
        (("package", "{reports}", "--key", "{keys}/signer.key"), "--sign-with: expected beside --key"),
        (("package", "{reports}", "--sign-with", "{keys}/no.pem"), "expected a file that can be read"),
        (("package", "{reports}", "--sign-with", "{keys}/signer.p12"), "expected --password-file"),
        (("package", "{reports}", "--sign-with", "{keys}/signer.pem"), "expected a PKCS#12 file"),
        (
            ("package", "{reports}", "--sign-with", "{keys}/roots.pem", "--key", "{keys}/signer.key"),
            "the key is not that of the certificate",
        ),
        (("package", "{reports}", "--to", "{tmp}/no/such/folder/a.zip"), "expected a file that can be written"),
        (("report", "{tmp}/nothing"), "expected the reports folder of a run, or a package"),
        (("report", "{keys}"), "with its journal.jsonl"),
        (("report", "{keys}/roots.pem"), "--to: expected a folder"),
        (("report", "{keys}/roots.pem", "--to", "{tmp}/x"), "it does not begin like a zip file"),
    ],
)
def test_bad_input_is_one_sentence(said, reports, keys, tmp_path, monkeypatch, arguments, sentence):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    filled = [each.format(tmp=tmp_path, reports=reports, keys=keys) for each in arguments]
    code, _, err = said(*filled)
    assert code == 4
    assert sentence in err
    assert len(err.strip().splitlines()) == 1
    assert PASSWORD.decode() not in err


def test_a_journal_that_says_nothing_is_bad_input(said, tmp_path):
    (tmp_path / "journal.jsonl").write_text("{}\n")
    for command in ("package", "report"):
        code, _, err = said(command, tmp_path)
        assert code == 4
        assert "no run-started event" in err


@pytest.fixture
def no_node(monkeypatch, tmp_path):
    """Neither Node nor Chromium: what only they draw is named and left out."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("dpc_conformance.reporting.node._bundled", lambda: None)


@pytest.mark.usefixtures("no_node")
def test_a_run_is_drawn_again_from_its_folder_and_from_its_package(said, reports, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    code, out, _ = said("report", reports, "--to", first)
    told = " ".join(out.split())
    assert code == 1
    assert "Node is not installed" in told
    assert "Chromium is not installed, so there is no statement.pdf" in told
    assert "The catalogue is not the run's" in told
    assert "The suite is not the run's" in told
    said("package", reports, "--to", tmp_path / "a.zip", "--with-personal-data")
    assert said("report", tmp_path / "a.zip", "--to", second)[0] == 1
    for name in ("statement.json", "junit.xml", "findings.sarif"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    page = (second / "statement.html").read_text()
    assert "nobody vouches for it" in page
    assert "The catalogue is not the run" in page


@pytest.mark.usefixtures("no_node")
def test_drawing_again_gives_the_same_files(said, reports, tmp_path):
    said("report", reports, "--to", tmp_path / "drawn")
    before = {each.name: each.read_bytes() for each in (tmp_path / "drawn").iterdir() if each.is_file()}
    assert said("report", tmp_path / "drawn")[0] == 1
    assert {each.name: each.read_bytes() for each in (tmp_path / "drawn").iterdir() if each.is_file()} == before
    assert json.loads(before["statement.json"])["conclusion"] == "not conformant"


@pytest.mark.usefixtures("no_node")
def test_evidence_that_is_damaged_is_told(said, reports, tmp_path):
    said("report", reports, "--to", tmp_path / "drawn")
    [file] = EvidenceFolder(tmp_path / "drawn" / "evidence").scenarios.iterdir()
    file.write_bytes(file.read_bytes()[:-40])
    _, out, _ = said("report", tmp_path / "drawn")
    assert "ends before the scenario does" in " ".join(out.split())


def test_a_stop_leaves_no_package(reports, tmp_path):
    program = (
        "import sys, time\n"
        "from dpc_conformance import cli\n"
        "from dpc_conformance.commands import package\n"
        "def slow(folder, sign): print('packing', flush=True); time.sleep(60)\n"
        "package.package_of = slow\n"
        "sys.exit(cli.main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", program, "package", str(reports), "--to", str(tmp_path / "a.zip")]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    assert started.stdout.readline() == "packing\n"
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=60)
    assert started.returncode == 130
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []
