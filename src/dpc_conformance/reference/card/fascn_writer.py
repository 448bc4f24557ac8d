"""Writes the FASC-N of a new card (TIG SCEPACS v2.3 §2.1); the judge reads it with its own code."""

START, SEPARATOR, END = "11010", "10110", "11111"
DIGITS = (
    "00001",
    "10000",
    "01000",
    "11001",
    "00100",
    "10101",
    "01101",
    "11100",
    "00010",
    "10011",
)
"""Four bits, the lowest first, and odd parity."""


def fasc_n(agency: str, system: str, credential: str, person: str) -> bytes:
    """25 bytes from an agency code (4 digits), system code (4), credential number (6) and person identifier (10).

    Credential series and individual credential issue are 1; the person is a federal employee of that agency.
    """
    if [len(agency), len(system), len(credential), len(person)] != [4, 4, 6, 10]:
        raise ValueError("a FASC-N takes 4, 4, 6 and 10 digits")
    groups = [agency, system, credential, "1", "1", person + "1" + agency + "1"]
    characters = [START]
    for group in groups[:-1]:
        characters += [*(DIGITS[int(digit)] for digit in group), SEPARATOR]
    characters += [*(DIGITS[int(digit)] for digit in groups[-1]), END]
    check = [sum(int(character[bit]) for character in characters) % 2 for bit in range(4)]
    check.append((sum(check) + 1) % 2)
    bits = "".join(characters) + "".join(str(bit) for bit in check)
    return int(bits, 2).to_bytes(25, "big")
