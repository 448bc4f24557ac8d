"""Conformance suite for Derived PIV Credentials.

In a checkout, `features`, `steps` and `fixtures` stand at the top of the repository; in a wheel they
are inside this package. Either way Python sees `dpc_conformance.steps` and `dpc_conformance.fixtures`.
"""

from pathlib import Path

__version__ = "0.1.0"

HOME = Path(__file__).parent
if not (HOME / "features").is_dir():
    HOME = HOME.parents[1]
    __path__.append(str(HOME))
