"""What only somebody with a device can do is asked of a person."""

import json

from scripted_person import QUESTION, ScriptedPerson

TARGET = """\
name = "A phone in somebody's hand"

[claims]
platforms = ["ios", "android"]
issuer_type = "intercede"

[roles.phone]
adapter = "operator"
"""
OUT_OF_ITS_BOX = "features/journey/13_android_enrolment.feature::test_a_phone_out_of_its_box_is_brought_to_the_signin"
SEEN = {
    "Before the scenario": ["ready"],
    "Take a phone with Android 8 or newer in hand": ["done"],
    "Switch on a phone that is new or was reset.": ["Welcome"],
    "Choose the language": ["Google's terms, with ACCEPT & CONTINUE"],
    "Tap “ACCEPT & CONTINUE”.": ["Chrome's terms, with ACCEPT & CONTINUE", "The sign-in, with Sign-in options"],
}


class Setter(ScriptedPerson):
    """Sets an Android phone up; whatever else is asked is answered by a dark screen."""

    def __init__(self) -> None:
        super().__init__(product=None)
        self.steps: list[str] = []

    def answer(self, shown: str) -> str:
        step, _, do = QUESTION.search(shown).groups()[1:4]
        for words, seen in SEEN.items():
            if do.startswith(words):
                self.steps.append(step or "")
                return seen.pop(0) if len(seen) > 1 else seen[0]
        return "a dark screen"


def test_a_person_sets_the_phone_up_from_its_box(tmp_path) -> None:
    target, out = tmp_path / "product.toml", tmp_path / "out"
    target.write_text(TARGET)
    person = Setter()
    assert person.run("--target", str(target), "--reports", str(out), OUT_OF_ITS_BOX) == 2
    statement = json.loads((out / "statement.json").read_text())
    [scenario] = [each for each in statement["scenarios"] if each["id"] == OUT_OF_ITS_BOX]
    assert scenario["outcome"] == "passed"
    assert [step for step in person.steps if step] == ["AND-01", "AND-03", "AND-04", "AND-04"]
    walked = {each["id"]: each["state"] for each in statement["story"]}
    assert (walked["AND-04"], walked["AND-05"], walked["AND-06"]) == ("walked", "walked", "not walked")
