"""The recorder is shared by servers, clients and the test; each has its own thread."""

import sys
import threading

import pytest

from dpc_conformance.evidence.recorder import REDACTED, Recorder


@pytest.fixture
def hasty_threads():
    """Threads are switched as often as Python can, so that a race shows itself."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_secrets_may_be_added_while_others_redact(hasty_threads):
    recorder, broke, done = Recorder(), [], threading.Event()

    def redact():
        try:
            while not done.is_set():
                recorder.redact("nothing to hide")
                recorder.has_secret("nothing to hide")
        except RuntimeError as error:  # "set changed size during iteration"
            broke.append(error)

    readers = [threading.Thread(target=redact) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(2000):
        recorder.keep_secret(f"secret {number}.")
    done.set()
    for reader in readers:
        reader.join()
    assert not broke
    assert recorder.redact("a secret 1999. and a secret 19.") == f"a {REDACTED} and a {REDACTED}"


def test_the_longest_secret_goes_first():
    recorder = Recorder()
    for secret in ("1234", "123456", ""):
        recorder.keep_secret(secret)
    assert recorder.redact("PIN 123456, not 1234") == f"PIN {REDACTED}, not {REDACTED}"
    assert recorder.has_secret("x1234x")
    assert not recorder.has_secret("")
