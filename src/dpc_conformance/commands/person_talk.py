"""A question of a scenario in the terminal: the documented step, the product's captions, and what is answered."""

from base64 import b64decode
from pathlib import Path

import click

from dpc_conformance.clock import machine_now
from dpc_conformance.commands.asking import BACK, HELP, NoMoreAnswers, line
from dpc_conformance.commands.person_answers import PARSERS, expect_without_secret, read_screenshot, secret_in
from dpc_conformance.evidence.questions import FILES, Answer, How, Kind, Question, digests_of, paths_in
from dpc_conformance.suite.question_desk import Place
from dpc_conformance.suite.run_files import RunFiles

HOW_TO_ANSWER = (
    f"{HELP} tells the source of the step, back (or {BACK}) asks the last answer again, skip leaves the scenario, "
    "review leaves it to a later look, attach adds a screenshot, pause stops and loses nothing."
)
PROMPT = "answer: "
WRITE_DOWN = {
    Kind.CHOICE: "a number or the words",
    Kind.LINE: "one line",
    Kind.PICTURE: "a path, or none",
    Kind.CERTIFICATES: "paths with commas between, or none",
    Kind.MAILS: "paths with commas between, or none",
    Kind.DECISIONS: "decisions with semicolons between, or none",
}


class Terminal:
    """Asks whoever sits there. Called by the desk of a run."""

    def __init__(self, files: RunFiles) -> None:
        """`files` has the folder for pictures that are shown."""
        self._files = files
        self._scenario = self._step = ""
        self._attached: list[str] = []

    def __call__(self, question: Question, place: Place) -> Answer:
        """The answer. Raises KeyboardInterrupt for a pause and where the answers end; OSError."""
        self._attached = []
        self._show(question, place)
        try:
            while True:
                if (answer := self._taken(line(PROMPT), question, place)) is not None:
                    return answer
        except (click.Abort, NoMoreAnswers):
            raise KeyboardInterrupt from None

    def _show(self, question: Question, place: Place) -> None:
        running = place.running
        if running.scenario != self._scenario:
            if not self._scenario:
                click.echo(HOW_TO_ANSWER)
            self._scenario, self._step = running.scenario, ""
            click.echo(f"\nScenario {place.scenario} of {place.scenarios}: {running.feature}: {running.name}")
        if place.step != self._step:
            self._step = place.step
            click.echo(f"\n{place.step}")
        if place.note:
            click.echo(f"Asked again: {place.note}.")
        step = f"{question.step}, " if question.step else ""
        click.echo(f"\n[question {place.number}] {step}{question.role.replace('_', ' ')}")
        click.echo(f"  {question.do}")
        if question.secret:
            click.echo(f"  Type there: {question.secret}")
        if question.picture:
            click.echo(f"  The picture: {self._written(question)}")
        click.echo(f"  Tell {question.ask} ({WRITE_DOWN[question.kind]}{', or other words' if question.free else ''}):")
        for number, choice in enumerate(question.choices, 1):
            click.echo(f"  {number:4}  {choice}")

    def _taken(self, typed: str, question: Question, place: Place) -> Answer | None:
        """The answer; None where nothing is answered yet."""
        match typed.lower():
            case "":
                return None
            case "?":
                click.echo(question.source or "No document tells of this step.")
                click.echo(HOW_TO_ANSWER)
            case "pause":
                raise KeyboardInterrupt
            case "<" | "back":
                if question.pausable and place.number > 1:
                    return Answer(machine_now(), How.BACK)
                click.echo(
                    "There is no way back here." if question.pausable else "No scenario of this run can go back."
                )
            case "skip":
                return self._reasoned(How.SKIPPED, "why: ", place)
            case "review":
                return self._reasoned(How.LEFT, "what has to be decided: ", place)
            case "attach":
                self._attach()
            case _:
                return self._given(typed, question, place)
        return None

    def _given(self, typed: str, question: Question, place: Place) -> Answer | None:
        try:
            expect_without_secret(typed, place.secrets)
            value = PARSERS[question.kind](typed, question)
        except ValueError as problem:
            click.echo(str(problem))
            return None
        digests: tuple[str, ...] = ()
        if question.kind in FILES:
            digests = digests_of(paths_in(value))
        if question.kind is Kind.PICTURE:
            place.secrets |= {secret_in(path) for path in paths_in(value)} - {""}
        return Answer(machine_now(), How.GIVEN, value, tuple(self._attached), digests)

    def _reasoned(self, how: How, prompt: str, place: Place) -> Answer | None:
        reason = line(prompt)
        try:
            expect_without_secret(reason, place.secrets)
        except ValueError as problem:
            click.echo(str(problem))
            return None
        if not reason:
            click.echo("expected a reason, which stands in the report")
            return None
        return Answer(machine_now(), how, reason, tuple(self._attached))

    def _attach(self) -> None:
        typed = line("path of the screenshot: ")
        try:
            self._attached.append(read_screenshot(typed))
            click.echo("attached")
        except ValueError as problem:
            click.echo(str(problem))

    def _written(self, question: Question) -> Path:
        self._files.pictures.mkdir(exist_ok=True)
        file = self._files.pictures / f"{question.digest}.png"
        file.write_bytes(b64decode(question.picture))
        return file
