"""Writes the seed corpus of the fuzz target: a few goldens and mutants that differ in form, made by this project.

python tests/fuzz/make_seeds.py
"""

from pathlib import Path
from typing import Final

from dpc_conformance.faults.mutants import goldens, mutants

SEEDS: Final = Path(__file__).parent / "seeds"
SIGNS_OF_FORM: Final = ("GeneralizedTime", "octets after", "BMPString", "twice", "unique")


def main() -> None:
    """Write the seeds, under names that say where they come from."""
    SEEDS.mkdir(exist_ok=True)
    cases = {case.description: case for case in goldens() + mutants()}
    wanted = [case for name, case in cases.items() if name.startswith(("P-256 key, P-256 CA, soft", "all that is"))]
    for sign in SIGNS_OF_FORM:
        wanted += [case for name, case in cases.items() if sign in name][:1]
    for number, case in enumerate(wanted):
        (SEEDS / f"{number:02}.der").write_bytes(case.make())


if __name__ == "__main__":
    main()
