"""Whoever can pull the plug of the issuer's machine."""

from typing import Protocol


class Power(Protocol):
    """Kills the issuer at a chosen moment, and starts it again over the records that it left."""

    def cut_before_the_answer(self) -> None:
        """The next certificate request is worked on to its end; then the process is gone before it can answer.

        Raises NotSupported where the product cannot be stopped at that moment.
        """

    def cut_before_the_record(self) -> None:
        """The next certificate is signed; then the process is gone before it has kept anything of it.

        Raises NotSupported.
        """

    def restore(self) -> None:
        """A new process starts; nothing but what was on disk is there."""
