"""The fixture `judge`: one judge for each scenario."""

import pytest

from dpc_conformance.suite.judge import Judge
from dpc_conformance.suite.moment import START, write
from dpc_conformance.suite.progress import PROGRESS

JUDGE = pytest.StashKey[Judge]()


@pytest.fixture
def judge(request: pytest.FixtureRequest) -> Judge:
    """The judge of this scenario.

    It asks the fixtures `facts` and `certificate_context`, both callables, when it needs them; whoever knows the
    scenario's clock sets its `now`.
    """
    progress = request.node.stash.get(PROGRESS, None)
    if progress is None:
        pytest.fail("only scenarios have a judge", pytrace=False)
    start = request.config.stash[START]
    made = Judge(
        write=lambda event: write(request.config, event),
        scenario=progress.facts,
        now=lambda: start,
        step=lambda: progress.recorder.redact(progress.step),
    )
    made.redact = lambda text: request.getfixturevalue("recorder").redact(text)
    made.note, made.noted = progress.note, progress.noted
    made.facts = lambda: request.getfixturevalue("facts")()
    made.context = lambda: request.getfixturevalue("certificate_context")()
    request.node.stash[JUDGE] = made
    return made
