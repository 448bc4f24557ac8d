"""Named choices where the sources contradict each other; the catalogue says what each means and which is suggested."""

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Options:
    """The option chosen for each conflict that changes how a certificate is judged, by its name in the catalogue."""

    rsa_4096: str = "sp-800-78"
    """RSA-4096 subject keys: a failure by `sp-800-78`, a warning by `common-policy`."""
    sha_512_signatures: str = "note"
    """Signatures with SHA-512, which SP 800-78-5 does not list: `note` lets them pass, `refuse` does not."""
    both_derived_policies: str = "refuse"
    """A certificate that asserts both .40 and .41: `refuse`, `warn` or `allow`."""
    ocsp_basic_constraints: str = "either"
    """Basic constraints of an OCSP responder: `required`, `prohibited`, or `either`, which warns when absent."""
    pivi_test_policies: str = "cite"
    """Whether the test policies 48.83 to 48.85 are those of PIV-I (`cite`) or of others (`fpkilint`)."""

    @classmethod
    def chosen(cls, choices: Mapping[str, str]) -> "Options":
        """The options among a target's `choices`, which may hold names of conflicts that do not matter here."""
        names = {one.name: one.name.replace("_", "-") for one in fields(cls)}
        return cls(**{field: choices[name] for field, name in names.items() if name in choices})

    def as_chosen(self) -> dict[str, str]:
        """The choices by the names of the conflicts, for a report that says which was used."""
        return {one.name.replace("_", "-"): getattr(self, one.name) for one in fields(self)}
