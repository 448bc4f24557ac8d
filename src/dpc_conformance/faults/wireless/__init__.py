"""Seeded defects of authentication servers of wireless networks, and of the phone that joins them."""
