"""Wireless networks between whoever wants to join and the authentication server that decides."""
