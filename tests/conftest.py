"""Options and inputs that every test of the suite itself may use."""

import os
from pathlib import Path

import pytest


def pytest_addoption(parser):
    parser.addoption("--require-all", action="store_true", help="make every skip a failure, as CI does")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and item.config.getoption("--require-all"):
        report.outcome = "failed"
        report.longrepr = f"skipped although --require-all was given: {call.excinfo.value}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """A whole file that skips itself while it is collected counts as well."""
    report = yield
    if report.skipped and collector.config.getoption("--require-all"):
        _, _, reason = report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped although --require-all was given: {reason}"
    return report


@pytest.fixture(scope="session")
def icam_cards():
    """The folder of GSA ICAM test cards that the environment variable DPC_ICAM_CARDS names."""
    folder = os.environ.get("DPC_ICAM_CARDS")
    if not folder:
        pytest.skip("DPC_ICAM_CARDS does not name a folder of GSA ICAM test cards")
    return Path(folder)
