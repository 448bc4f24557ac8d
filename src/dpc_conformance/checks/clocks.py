"""How far the clocks of two machines may be apart."""

from datetime import timedelta
from typing import Final

CLOCKS_DIFFER_BY: Final = timedelta(minutes=3)
"""What times of two machines that are right may differ by (Common Policy CP §5.5.5)."""
