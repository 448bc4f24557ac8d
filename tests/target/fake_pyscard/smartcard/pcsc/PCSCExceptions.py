"""The name that the adapter knows."""


class BaseSCardException(Exception):
    """No service."""
