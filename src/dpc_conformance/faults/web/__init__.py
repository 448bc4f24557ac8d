"""Seeded defects of web servers that take derived credentials: wrong settings, and verifiers that err."""
