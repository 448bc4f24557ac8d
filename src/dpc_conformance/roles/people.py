"""The person of the journey, as every role knows them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A cardholder. `account` is the key of the PIV identity account, `upn` the work account's name."""

    account: str
    given_name: str
    surname: str
    upn: str
    mail: str

    @property
    def common_name(self) -> str:
        """The name as it stands in certificates."""
        return f"{self.given_name} {self.surname}"
