"""`python -m dpc_conformance` is `dpc`."""

import sys

from dpc_conformance.cli import main

sys.exit(main())
