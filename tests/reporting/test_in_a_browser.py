"""The conformance statement in a real browser: nothing is refused by its own policy, and it prints."""

import shutil
import subprocess

import pytest

from dpc_conformance.reporting import pdf
from dpc_conformance.reporting.page.page import statement_html
from dpc_conformance.reporting.pdf import NoPdf, print_pdf
from dpc_conformance.reporting.statement import build_statement

ONE = "PIV-SRC-STATUS-01"


@pytest.fixture
def page(run, tmp_path):
    """A page with a failure on it."""
    run.pass_all_but(ONE)
    run.evaluate(ONE, "FAIL", message="<b>", where="w", expected="e", actual="a")
    file = tmp_path / "statement.html"
    file.write_text(statement_html(build_statement(run.journal())), encoding="utf-8")
    return file


@pytest.fixture
def chromium():
    """The browser's program."""
    program = shutil.which("chromium")
    if not program:
        pytest.skip("chromium is not installed")
    return program


def test_the_page_applies_its_style_and_asks_for_nothing(page, chromium, tmp_path):
    command = [chromium, *pdf.QUIET, "--no-sandbox", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
    command += ["--enable-logging=stderr", "--v=0", page.as_uri()]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert "Not conformant" in ended.stdout
    assert "Refused to" not in ended.stderr
    assert "Content Security Policy" not in ended.stderr


def test_a_page_that_breaks_its_own_policy_would_be_seen(page, chromium, tmp_path):
    page.write_text(page.read_text("utf-8").replace("<style>", "<style>/* changed */"), "utf-8")
    command = [chromium, *pdf.QUIET, "--no-sandbox", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
    command += ["--enable-logging=stderr", "--v=0", page.as_uri()]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert "Content Security Policy" in ended.stderr


def test_it_prints(page, chromium, tmp_path):
    print_pdf(page, tmp_path / "statement.pdf")
    assert (tmp_path / "statement.pdf").read_bytes().startswith(b"%PDF-")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["statement.html", "statement.pdf"]


def test_without_chromium_one_sentence_says_what_there_is_instead(page, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoPdf, match="Chromium is not installed, so there is no statement.pdf; statement.html prints"):
        print_pdf(page, tmp_path / "statement.pdf")


@pytest.mark.parametrize("program", ["#!/bin/sh\nexit 1\n", "#!/bin/sh\necho half > /dev/null\n", "no program"])
def test_a_browser_that_does_not_print_leaves_nothing(page, tmp_path, monkeypatch, program):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "chromium").write_text(program)
    (programs / "chromium").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    with pytest.raises(NoPdf, match="Chromium did not print the statement"):
        print_pdf(page, tmp_path / "statement.pdf")
    assert not list(tmp_path.glob("*.pdf*"))


def test_a_browser_that_hangs_is_ended(page, tmp_path, monkeypatch):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "chromium").write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    (programs / "chromium").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(pdf, "TIME_LIMIT", 0.2)
    with pytest.raises(NoPdf, match="did not print the statement"):
        print_pdf(page, tmp_path / "statement.pdf")
