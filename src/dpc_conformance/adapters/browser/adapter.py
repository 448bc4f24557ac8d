"""The adapter `workstation.browser`: who browses and signs in is Chromium, and no product under test."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from dpc_conformance.adapters.adapter import Adapter
from dpc_conformance.adapters.browser.computer import Office
from dpc_conformance.adapters.browser.phone_pictures import PhonePictures
from dpc_conformance.adapters.browser.workstation import BrowserWorkstation
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.workstation.workstation import Workstation
from dpc_conformance.target import Target, TargetError
from dpc_conformance.toml_file import fit


class BrowserSettings(BaseModel):
    """The table `roles.workstation`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    headed: bool = False
    """Whether the browser has windows, on a screen that nobody looks at, and asks for PIN and certificate itself."""


@dataclass(frozen=True)
class BrowserAtWork:
    """Puts the browser into the scene; the computer stays for the scenarios that follow."""

    office: Office = field(default_factory=Office)
    pictures: PhonePictures = field(default_factory=PhonePictures)

    @classmethod
    def read(cls, settings: Mapping[str, Any], target: Target) -> "BrowserAtWork":
        """Nothing is started yet. TargetError: target file, key, problem."""
        chosen = fit(settings, BrowserSettings, f"{target.file}: roles.workstation.", TargetError)
        return cls(Office(chosen.headed))

    def __call__(self, scene: Scene) -> None:
        """Change the scene."""
        if self.office.close not in scene.stage.on_close:
            scene.stage.on_close.append(self.office.close)
        names, trust, recorder, clock = scene.stage.names, scene.workstation_trust, scene.recorder, scene.clock
        computer = cache(lambda: self.office.computer(names, trust))

        def have_screens_drawn(phone: PhoneParts) -> None:
            phone.picture_of = lambda screen: self.pictures.of(screen, phone.captions, computer)

        scene.on_phone.append(have_screens_drawn)

        def made() -> BrowserWorkstation:
            other = Workstation(names, trust, recorder, clock)
            workstation = BrowserWorkstation(computer, other, recorder, clock)
            workstation.insert_card(scene.stock.take("good")[0])
            scene.on_close.append(workstation.close)
            return workstation

        scene.players["workstation"] = made


ADAPTER = Adapter(
    "workstation", "browser", "Chromium with the card in a PC/SC reader.", BrowserSettings, BrowserAtWork.read, True
)
