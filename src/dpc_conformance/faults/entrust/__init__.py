"""Seeded defects of what only an issuer like Entrust's has."""
