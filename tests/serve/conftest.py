"""One system for all tests that only look at it."""

import pytest

from dpc_conformance.casting_served import serve_system


@pytest.fixture(scope="session")
def system():
    """A system that keeps nothing."""
    with serve_system(None, None, {}, ()) as served:
        yield served
