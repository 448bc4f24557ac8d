"""Keeps the garbage collector's rounds short: what stood before the first scenario is not looked at again."""

import gc


def pytest_collection_finish() -> None:
    """Modules, catalogue and scenarios stay to the end of the run anyway."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Let the interpreter clear everything away as always."""
    gc.unfreeze()
