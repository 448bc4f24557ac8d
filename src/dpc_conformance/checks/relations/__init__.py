"""Rules on a certificate beside others: its issuer, the card that derived, the rest of the population."""
