"""A person with the real product, by a script: reads the terminal, does what it says, and types what came of it."""

import re
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pexpect
from PIL import Image
from real_product import RealProduct

from dpc_conformance.formats.qr_symbols import qr_symbols
from dpc_conformance.roles.errors import RefusedAtTls
from dpc_conformance.roles.screens import Screen

PROMPT = "answer: "
QUESTION = re.compile(r"\[question (\d+)\] (?:(\S+), )?([a-z ]+)\n  (.+?)\n(.*)", re.DOTALL)
LIMIT = 120
KILL = "kill"
"""In place of an answer: the run dies."""
ACTIONS = ("sign-in", "accept-obligations", "request", "redeem", "issue", "revoke")


class ScriptedPerson:
    """`product` is what the person has in hand."""

    def __init__(self, product: RealProduct) -> None:
        self.product = product
        self.questions: list[str] = []
        self.said = ""
        self._page = Screen("", "")
        self._last: tuple[str, str] = ("", "")

    def run(self, *arguments: str, stop: Callable[["ScriptedPerson"], str] = lambda _: "") -> int:
        """`dpc run` in a terminal until it ends; `stop` may name a word to type in place of the next answer."""
        child = pexpect.spawn(
            sys.executable,
            ["-m", "dpc_conformance", "run", *arguments],
            encoding="utf-8",
            timeout=LIMIT,
            dimensions=(50, 400),
        )
        child.setecho(False)
        child.delaybeforesend = None
        self.said = ""
        while child.expect([PROMPT, pexpect.EOF]) == 0:
            shown = child.before.replace("\r\n", "\n")
            self.said += shown
            word = stop(self)
            if word == KILL:
                child.kill(signal.SIGKILL)
                child.expect(pexpect.EOF)
                break
            child.sendline(word or self.answer(shown))
        self.said += child.before.replace("\r\n", "\n")
        child.close()
        return child.exitstatus if child.exitstatus is not None else -1

    def answer(self, shown: str) -> str:
        """What is typed at a question; one that is asked again gets what was seen before, for nothing is done twice."""
        found = QUESTION.search(shown)
        assert found is not None, shown
        role, do, more = found.groups()[2:]
        self.questions.append(do)
        if do == self._last[0] and "Before the scenario" not in do:
            return self._last[1]
        self._last = do, self._done(do, role, more)
        return self._last[1]

    def _done(self, do: str, role: str, more: str) -> str:
        cast, product = self.product.cast, self.product
        phone = cast.phone
        if do.startswith("Before the scenario"):
            product.begin()
            return "ready"
        if passed := re.match(r"Let (?:(\d+) minutes?)? ?(?:(\d+) seconds?)? ?pass", do):
            minutes, seconds = (int(each or 0) for each in passed.groups())
            cast.clock.advance(timedelta(minutes=minutes, seconds=seconds))
            return "it has passed"
        if do.startswith("What does the notification"):
            shown = phone.notifications()
            return shown[-1].text if shown else "none"
        if do.startswith("Assign a policy"):
            cast.device_manager.target(cast.cardholder)
            return "done"
        if do.startswith("Which decisions"):
            seen = [each for each in cast.issuer.audit() if each.action in ACTIONS]
            return "; ".join(f"{each.action} {each.outcome} {each.reason}".strip() for each in seen) or "none"
        if "does the phone hold" in do:
            return product.export([each.certificate for each in phone.credentials()])
        if "show in the account" in do:
            return product.export([each.certificate for each in cast.issuer.credentials_of(cast.cardholder)])
        if do.startswith("Which e-mails"):
            return product.save_mails()
        if do.startswith("Type the code"):
            return phone.user_code()
        if do.startswith("Take a picture"):
            return str(product.save("QR code.png", self._page.pictures[0]))
        if do.startswith("Type what the page says"):
            return self._page.text.splitlines()[0]
        if role == "phone":
            return on_phone(self._on_phone(do, more))
        return self._at_workstation(do)

    def _on_phone(self, do: str, more: str) -> Screen:
        phone = self.product.cast.phone
        if tapped := re.match(r"Tap “(.+)”\.", do):
            return phone.choose(tapped[1])
        if secret := re.search(r"Type there: (.+)\n", more):
            return phone.set_activation_secret(secret[1])
        if do.startswith("Hold the phone's camera at the QR code on the workstation"):
            return phone.scan(self._page.pictures[0])
        if picture := re.search(r"The picture: (.+)\n", more):
            return phone.scan(Path(picture[1]).read_bytes())
        verbs = {
            "Open Company Portal": phone.open_company_portal,
            "Return to Company Portal": phone.continue_enrolment,
            "Tap the notification": phone.tap_notification,
            "Wait for Company Portal": phone.finish,
        }
        [verb] = [verb for words, verb in verbs.items() if do.startswith(words)]
        return verb()

    def _at_workstation(self, do: str) -> str:
        cast = self.product.cast
        try:
            if opened := re.match(r"In a new browser session, open (.+)\.$", do):
                self._page = cast.workstation.browse(opened[1])
            elif do.startswith("Sign in with the cardholder's card"):
                self._page = cast.workstation.sign_in_with_card(cast.pin)
            else:
                for value, field in re.findall(r"Type (\S+) into “(.+?)”\.", do):
                    cast.workstation.type_into(field, value)
                self._page = cast.workstation.choose(re.search(r"Choose “(.+)”\.", do)[1])
        except RefusedAtTls:
            return "No page: the server ended the connection"
        return at_workstation(self._page, cast.cardholder.common_name)


def codes_in(folder: Path) -> list[str]:
    """What the QR codes in the person's pictures say."""
    return [qr_symbols(Image.open(file))[0].text for file in folder.glob("*QR code.png")]


def on_phone(screen: Screen) -> str:
    """The words of the menu for a screen of the product."""
    if screen.title == "Sign in":
        return "Sign in, with a code"
    if screen.title == "Scan QR code":
        return "Scan QR code, with the button Use Camera" if screen.choices else "The open scanner"
    return screen.title


def at_workstation(page: Screen, name: str) -> str:
    """The words of the menu for a page of the product."""
    if page.status >= 400:
        return "A page that refuses"
    if page.pictures:
        return "QR code"
    by_choice = {
        "Next": "Enter code",
        "Continue": "Are you trying to sign in to Company Portal?",
        "Sign in with a certificate or smart card": "Sign in with a certificate or smart card",
        "Sign in with your smart card": "The kiosk's start page",
        "Activate with a mobile credential": "The kiosk asks which profile to issue",
        "Request my ID": f"The kiosk's home page, signed in as {name}",
    }
    found = [words for choice, words in by_choice.items() if choice in page.choices]
    return found[0] if found else "You have signed in on your device"
