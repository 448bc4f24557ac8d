"""The screens and controls that a person may see, in the product's language, and the documented steps."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

FILE = Path(__file__).parent / "screens.toml"
Language = Literal["en", "nl"]
ARTICLES = {
    "IOS-INT": "Microsoft Intune user help, enroll-intercede-ios, step {number} (own words)",
    "ENT-IOS": "Microsoft Intune user help, enroll-ios-device-entrust-datacard, step {number} (own words)",
    "ENT-AND": "Microsoft Intune user help, enroll-android-device-entrust-datacard, step {number} (own words)",
    "AND": "Microsoft Intune user help, enroll-android-device-intercede (own words, and own numbers)",
}


@dataclass(frozen=True)
class Sight:
    """A screen as a menu shows it (`shown`) and as the scenarios know it.

    `needs` is what has to be told besides: the `code` on it, a `picture` of it, its `words`; empty for nothing.
    `platform` is the one phone that shows it, ios or android; empty for both, and for what is no phone.
    """

    device: str
    title: str
    shown: str
    nl: str
    text: str = ""
    choices: tuple[str, ...] = ()
    status: int = 200
    needs: str = ""
    platform: str = ""

    def named(self, name: str) -> "Sight":
        """The same where a person of that name is signed in."""
        shown, nl, text = (each.replace("{name}", name) for each in (self.shown, self.nl, self.text))
        return replace(self, shown=shown, nl=nl, text=text)

    def caption(self, language: Language) -> str:
        """What the menu shows."""
        return self.nl if language == "nl" else self.shown


@dataclass(frozen=True)
class Control:
    """A button or link; `step` is the documented step in which it is used, empty where there is none.

    One that asks for a certificate is chosen to see what becomes of whoever has none: `card_taken_out`.
    """

    caption: str
    step: str
    nl: str
    card_taken_out: bool = False


def sights_of(device: str, name: str, platform: str = "ios") -> tuple[Sight, ...]:
    """What can be seen on a device, where a person of that name is signed in; `platform` is that of a phone."""
    found = (each for each in _sights() if each.device == device and each.platform in ("", platform))
    return tuple(each.named(name) for each in found)


def control_of(device: str, caption: str) -> Control:
    """A control by its English caption; one that nobody documents is called as it is."""
    return _controls().get((device, caption), Control(caption, "", caption))


def source_of(step: str) -> str:
    """What is documented about a step, and where; empty for none."""
    words = _content()["steps"].get(step, "")
    article = next((each for prefix, each in ARTICLES.items() if step.startswith(prefix)), "")
    number = step.rpartition("-")[2].lstrip("0").rstrip("abc")
    return f"{step}: {words} [{article.format(number=number)}]" if words else ""


@cache
def _content() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _sights() -> tuple[Sight, ...]:
    entries = [{"shown": each["title"], **each} for each in _content()["screen"]]
    return tuple(Sight(**{**each, "choices": tuple(each.get("choices", ()))}) for each in entries)


@cache
def _controls() -> Mapping[tuple[str, str], Control]:
    entries = _content()["control"]
    return {
        (each["device"], each["caption"]): Control(**{name: told for name, told in each.items() if name != "device"})
        for each in entries
    }
