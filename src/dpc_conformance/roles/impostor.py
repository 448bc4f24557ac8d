"""A stranger's server in the place of a server of the story."""

from typing import Protocol


class Impostor(Protocol):
    """Answers under another's name with a certificate that no client of the story has a reason to trust."""

    def received(self) -> tuple[str, ...]:
        """Method and path of every request that reached it."""

    def order_to(self, module: str) -> str:
        """An order to the hardware module with that serial number to make a key, as the stranger would sign it.

        Raises NotSupported where nobody knows how the product's issuer commands modules.
        """
