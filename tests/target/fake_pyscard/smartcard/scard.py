"""The constant that the adapter knows."""

SCARD_UNPOWER_CARD = 2
