"""A plugin of a child of the self-check: in the first step of one defect it falls silent, dies or crashes."""

import os
import signal
import time

NAME, HOW = os.environ["LOST_DEFECT"], os.environ["LOST_HOW"]


def pytest_bdd_before_step(request):
    defect = request.getfixturevalue("defect")
    if defect and defect.name == NAME:
        if HOW == "dies":
            os._exit(9)
        if HOW == "crashes":
            touch_memory_of_nobody()
        sleep_for_ever()


def sleep_for_ever():
    time.sleep(3600)


def touch_memory_of_nobody():
    os.kill(os.getpid(), signal.SIGSEGV)
