"""A web page as a person meets it: title, text, links, forms by their labels, pictures."""

from collections.abc import Iterator
from dataclasses import dataclass, field

TICKS = frozenset({"radio", "checkbox"})


@dataclass(eq=False)
class Field:
    """An input of a form. `options` maps the words of a select's options to their values."""

    name: str
    kind: str
    value: str
    identifier: str = ""
    label: str = ""
    ticked: bool = False
    options: dict[str, str] = field(default_factory=dict)


@dataclass
class Button:
    """A submit button of a form."""

    caption: str
    name: str = ""
    value: str = ""


@dataclass
class Form:
    """A form; `action` as written, empty for the page itself; `classes` are the words of its class attribute."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    classes: frozenset[str] = frozenset()

    def data(self, pressed: Button) -> dict[str, str]:
        """What pressing the button sends."""
        sent = {f.name: f.value for f in self.fields if f.name and (f.kind not in TICKS or f.ticked)}
        if pressed.name:
            sent[pressed.name] = pressed.value
        return sent

    def value_of(self, name: str) -> str:
        """What stands in the field of that name. LookupError when there is none."""
        return self._field(name).value

    def fill_in(self, name: str, value: str) -> None:
        """What a script of the page does with the field of that name. LookupError when there is none."""
        self._field(name).value = value

    def _field(self, name: str) -> Field:
        for found in self.fields:
            if found.name == name:
                return found
        raise LookupError(f"the form has no field {name!r}")


@dataclass
class Link:
    """A link; `classes` are the words of its class attribute."""

    caption: str
    address: str
    classes: frozenset[str] = frozenset()


@dataclass
class Page:
    """What the parser found, in the order of the page."""

    title: str = ""
    text: str = ""
    links: list[Link] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def fields(self) -> Iterator[Field]:
        """Every field that a person can see."""
        return (f for form in self.forms for f in form.fields if f.kind != "hidden")

    def choices(self) -> tuple[str, ...]:
        """Captions of everything that can be followed, pressed or ticked."""
        captions = [link.caption for link in self.links]
        captions += [f.label for f in self.fields() if f.kind in TICKS]
        captions += [button.caption for form in self.forms for button in form.buttons]
        return tuple(caption for caption in captions if caption)

    def card_data_form(self) -> Form | None:
        """The form that asks for the data objects of the card: of class `card-data`, a field for each tag."""
        return next((form for form in self.forms if "card-data" in form.classes), None)

    def webauthn_form(self, caption: str) -> Form | None:
        """The form of class `webauthn` with that button: it asks for an authenticator."""
        asking = [form for form in self.forms if "webauthn" in form.classes]
        return next((form for form in asking if any(each.caption == caption for each in form.buttons)), None)

    def certificate_sign_in(self) -> Link | None:
        """The link that asks for the card: of class `certificate-sign-in`, else the one whose words say so."""
        marked = [link for link in self.links if "certificate-sign-in" in link.classes]
        words = [link for link in self.links if {"certificate", "card"} & set(link.caption.lower().split())]
        return next(iter(marked + words), None)
