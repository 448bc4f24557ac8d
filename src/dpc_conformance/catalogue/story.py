"""Steps and rules of the documented story: what a scenario mirrors where no requirement stands behind it."""

STORY_STEPS = frozenset(
    [f"IOS-INT-{number:02d}" for number in range(1, 16) if number != 8]
    + ["IOS-INT-08a", "IOS-INT-08b"]
    + [f"AND-{number:02d}" for number in range(1, 17)]
    + [f"AND-INT-{number:02d}" for number in range(1, 11) if number != 2]
    + ["AND-INT-02a", "AND-INT-02b"]
    + [f"ENT-IOS-{number:02d}" for number in range(1, 21) if number not in (8, 15)]
    + [f"ENT-IOS-{step}" for step in ("08a", "08b", "15a", "15b", "15c")]
    + [f"ENT-AND-{number:02d}" for number in range(1, 16) if number not in (2, 9)]
    + [f"ENT-AND-{step}" for step in ("02a", "02b", "09a", "09b", "09c")]
    + [f"ADM-{number:02d}" for number in range(1, 14)]
    + [f"LIFE-{number:02d}" for number in range(1, 16)]
    + [f"NEXT-{number:02d}" for number in range(1, 4)]
)
"""The ids, in our numbering, after docs of the issuer and the device manager: ADM is what the administrator sets up,
IOS-INT the enrolment on iOS, AND how a phone with Android Enterprise becomes managed and AND-INT the enrolment there,
both at Intercede's issuer; ENT-IOS and ENT-AND the enrolment at Entrust's; NEXT what the article calls the next steps,
LIFE renewal, change and removal.
"""
