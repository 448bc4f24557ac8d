"""What is told about a process that crashed: the trace of the interpreter, in one line."""

from pathlib import Path

from dpc_conformance.suite.last_words import crash

TRACE = """features/a.feature .Fatal Python error: Segmentation fault

Thread 0x00007fb948afd6c0 (most recent call first):
  File "/somewhere/issuer/store.py", line 96 in write
  File "/usr/lib/python3.11/threading.py", line 982 in run

Current thread 0x00007fb949aff6c0 (most recent call first):
  File "/somewhere/issuer/audit.py", line 43 in records
  File "/somewhere/issuer/service.py", line 18 in audit

Thread 0x00007fb94b071b80 (most recent call first):
  File "/somewhere/issuer/store.py", line 108 in close

Extension modules: _cffi_backend (total: 1)
"""


def told(folder: Path, text: str) -> str:
    log = folder / "child.log"
    log.write_text(text)
    return crash(log)


def test_a_crash_is_told_with_its_calls_and_where_the_other_threads_were(tmp_path: Path) -> None:
    at_line_begin = TRACE.replace("features/a.feature .", "")
    expected = (
        "Segmentation fault in records (audit.py:43), called by audit (service.py:18);"
        " other threads were in write (store.py:96), close (store.py:108)"
    )
    assert told(tmp_path, at_line_begin) == expected


def test_a_crash_is_found_behind_what_pytest_had_printed_on_that_line(tmp_path: Path) -> None:
    assert told(tmp_path, TRACE).startswith("Segmentation fault in records")


def test_an_error_without_a_trace_is_told_by_its_name(tmp_path: Path) -> None:
    assert told(tmp_path, "Fatal Python error: Aborted\n") == "Aborted"


def test_who_did_not_crash_has_nothing_to_tell(tmp_path: Path) -> None:
    assert told(tmp_path, "3 passed\n") == ""
