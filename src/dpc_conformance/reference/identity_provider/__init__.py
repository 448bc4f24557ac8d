"""The reference identity provider: device sign-in by code, with the card's certificate at the workstation."""
