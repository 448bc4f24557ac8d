"""A plugin of a child of the self-check: in the first step of one defect it falls silent or dies."""

import os
import time

NAME, HOW = os.environ["LOST_DEFECT"], os.environ["LOST_HOW"]


def pytest_bdd_before_step(request):
    defect = request.getfixturevalue("defect")
    if defect and defect.name == NAME:
        if HOW == "dies":
            os._exit(9)
        time.sleep(3600)
