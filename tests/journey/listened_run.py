"""`dpc`, whose workers carry a listener that writes down the secrets of the run (see secret_listener)."""

import sys
from functools import partial

from dpc_conformance import cli
from dpc_conformance.suite import conformance_run
from dpc_conformance.suite.worker import WorkerPlan

conformance_run.WorkerPlan = partial(WorkerPlan, plugins=(*WorkerPlan.plugins, "secret_listener"))
sys.exit(cli.main(sys.argv[1:]))
