"""The names that the adapter knows."""


class SmartcardException(Exception):
    """Of everything."""


class NoCardException(SmartcardException):
    """An empty reader."""


class CardConnectionException(SmartcardException):
    """A card that was pulled."""
