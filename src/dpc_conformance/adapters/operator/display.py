"""A device as a person tells of it: which of the known screens it shows, and what else is to be told of that screen."""

from dpc_conformance.adapters.operator.captions import Control, Sight, control_of, sights_of
from dpc_conformance.adapters.operator.pictures import as_png
from dpc_conformance.adapters.operator.session import Session
from dpc_conformance.evidence.questions import NONE, Kind
from dpc_conformance.evidence.records import ScreenShown
from dpc_conformance.roles.captions import IOS, Captions
from dpc_conformance.roles.errors import LeftToReview, RefusedAtTls
from dpc_conformance.roles.screens import Screen

NO_CONNECTION = "No page: the server ended the connection"
ASK = {"phone": "which screen the phone shows now", "workstation": "which page the workstation shows now"}
WHICH = {"code": "Type the code that it shows.", "words": "Type what the page says."}
PICTURE = "Take a picture of the QR code (a screenshot or a photo) and type its path."


class Display:
    """`device` is phone or workstation, `name` how records and the person call it, `holder` who signs in there.

    `captions` are those of a phone's platform.
    """

    def __init__(self, session: Session, device: str, name: str, holder: str, captions: Captions = IOS) -> None:
        self.session, self.device, self.name, self.captions = session, device, name, captions
        self._sights = sights_of(device, holder, captions.platform)
        self.screen = Screen("", "")
        self.pictures: dict[bytes, str] = {}
        """The files of the pictures that were taken of it, by what was read there."""
        self.code = ""

    def control(self, caption: str) -> Control:
        """What a scenario calls so. LookupError where the screen, as far as it is known, has no such control."""
        if self.screen.choices and caption not in self.screen.choices:
            raise LookupError(f"the screen {self.screen.title!r} has no {caption!r}, only {self.screen.choices}")
        return control_of(self.device, caption)

    def caption(self, control: Control) -> str:
        """What the product calls it."""
        return control.nl if self.session.language == "nl" else control.caption

    def after(self, verb: str, do: str, step: str = "", telling: tuple[str, ...] = (), **more: object) -> Screen:
        """Have the person do something, and tell which screen came.

        Where scenarios conclude from the title of that screen, `telling` has those that say something. Raises
        NotSupported, and LeftToReview also where another one came.
        """
        shown = [each.caption(self.session.language) for each in self._sights]
        ends = (NO_CONNECTION,) if self.device == "workstation" else ()
        free = self.device == "phone"
        choices = (*shown, *ends)
        seen = self.session.done(
            self.device, verb, self.who(do), ASK[self.device], Kind.CHOICE, step, choices=choices, free=free, **more
        )
        if seen == NO_CONNECTION:
            raise RefusedAtTls(self.name, "as the person at the workstation saw it")
        sight = self._sights[shown.index(seen)] if seen in shown else Sight(self.device, seen, seen, seen, seen)
        screen = self.show(self._told(sight, verb, step))
        if telling and screen.title not in telling:
            raise LeftToReview(f"{self.who(do)} Then it showed “{screen.title}”: was that a yes or a no?")
        return screen

    def show(self, screen: Screen) -> Screen:
        """Keep a screen as evidence, and as what the next control is looked for on."""
        self.screen = screen
        scene = self.session.scene
        text = scene.recorder.redact(screen.text)
        scene.recorder.record(ScreenShown(scene.clock.now(), self.name, screen.title, text, screen.choices))
        return screen

    def _told(self, sight: Sight, verb: str, step: str) -> Screen:
        text, pictures = sight.text or sight.title, tuple[bytes, ...]()
        if sight.needs in WHICH:
            text = self.session.done(self.device, verb, self.who(WHICH[sight.needs]), "what it says", Kind.LINE, step)
        if sight.needs == "code":
            self.code, text = text, f"Enter the code {text}"
        if sight.needs == "picture":
            file = self.session.done(self.device, verb, self.who(PICTURE), "the path", Kind.PICTURE, step)
            pictures = (as_png(file),) if file != NONE else ()
            self.pictures |= dict.fromkeys(pictures, file)
        status = sight.status if self.device == "workstation" else 0
        return Screen(sight.title, text, sight.choices, pictures, status)

    def who(self, do: str) -> str:
        """What to do, and with which phone where there are several."""
        return do if self.name in ("phone", "workstation") else f"With {self.name}: {do}"
